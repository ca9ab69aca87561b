import type { Word } from "unbash";
import { allVendors } from "../../vendors/registry.ts";
import { fixedText } from "../evaluate/word.ts";
import { parseScript } from "../parse/parse.ts";
import { withoutWrappers } from "../parse/simple-command.ts";
import { eachCommand } from "../parse/tree.ts";

/**
 * What a script puts where programs are looked for, or under the name of the CLI, as a clause: "puts a file there that is
 * called platform". Whether it is the CLI isn't looked into.
 */
export function placedPrograms(script: string): readonly string[] {
  const texts = new Map<string, string>();
  const found: string[] = [];
  eachCommand(parseScript(script), (command) => {
    for (const each of command.name === undefined ? command.prefix : [])
      if (each.type === "Assignment" && each.value.type === "Word")
        texts.set(each.name, fixedText(each.value) ?? each.value.text);
    const [program, ...rest] = withoutWrappers(command).words;
    const known = ({ value }: Word) =>
      value.replace(/\$\{?(\w+)\}?/gu, (written, name: string) => texts.get(name) ?? written);
    const says = placedBy(program?.value ?? "", rest.map(known));
    if (says !== undefined) found.push(says);
  });
  return found;
}

function placedBy(program: string, words: readonly string[]): string | undefined {
  const operands = words.filter((word) => !word.startsWith("-"));
  if (program === "curl" || program === "wget") {
    const option = words.findIndex((word) => /^-\w*[oO]$|^--output(?:-document)?$/u.test(word));
    return option === -1 ? undefined : calledLikeCli(words[option + 1] ?? "");
  }
  if (program === "tar") {
    const folder = words[words.indexOf("-C") + 1] ?? "";
    const isInBin = words.includes("-C") && binFolder.test(folder);
    return operands.map(calledLikeCli).find(Boolean) ?? (isInBin ? unpacked(folder) : undefined);
  }
  if (!placing.has(program)) return undefined;
  const [target, source] = operands.toReversed();
  if (target === undefined) return undefined;
  // A link without a name of its own has that of what it leads to.
  if (source === undefined) return program === "ln" ? calledLikeCli(target) : undefined;
  const isInBin = binFolder.test(target);
  // What is in a folder, and what only the run tells, may be the CLI.
  const isOpen = /[$`]/u.test(source) || words.some((word) => /^-[a-zA-Z]*[aRr]/u.test(word));
  if (isInBin && isOpen) return `puts ${source} into ${target}`;
  return calledLikeCli(target) ?? (isInBin ? calledLikeCli(source) : undefined);
}

function calledLikeCli(path: string): string | undefined {
  const name = path.split("/").at(-1);
  const binary = allVendors.map((vendor) => vendor.binary).find((each) => each === name);
  return binary === undefined ? undefined : `puts a file there that is called ${binary}`;
}

function unpacked(folder: string): string {
  return `unpacks an archive into ${folder}`;
}

const binFolder = /(?:^|\/)bin\/?$/u;
const placing = new Set(["cp", "mv", "ln", "install"]);
