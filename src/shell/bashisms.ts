import type { Command, SyntaxNode } from "unbash";
import { foreign } from "./dialect.ts";
import { parseScript } from "./parse.ts";
import { eachCommand, eachNode } from "./tree.ts";
import type { Replacement } from "./wrap.ts";

/** Something that bash has and dash doesn't; the offsets are those of the script. */
export interface Bashism {
  /** As it is written, in short: `source`, `[[`, `<<<`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
  /** The same in POSIX form, where it says exactly the same. */
  readonly repair?: Replacement;
}

/**
 * What a script that dash runs has from bash, in source order: dash takes it for an error, or for something else
 * (POSIX, "Shell Command Language"). What runs in a bash of its own is left alone.
 */
export function bashisms(script: string): readonly Bashism[] {
  const tree = parseScript(script);
  const found: Bashism[] = [];
  eachNode(tree, (node) => {
    const what = node.type === "TestCommand" ? "[[" : (foreign(node, script) ?? inWord(node));
    // A test is told once, whatever else in it is foreign.
    if (what === undefined || (what !== "[[" && what.startsWith("[["))) return;
    const { pos: start, end } = node;
    const repair = node.type === "Function" ? namedFunction(script, start) : undefined;
    found.push({ what, start, end, ...(repair === undefined ? {} : { repair }) });
  });
  eachCommand(tree, (command) => {
    const { name } = command;
    if (name === undefined || !builtins.has(name.text)) return;
    const { pos: start, end } = name;
    const repair = name.text === "source" ? sourced(command) : undefined;
    found.push({ what: name.text, start, end, ...(repair === undefined ? {} : { repair }) });
  });
  return found.sort((a, b) => a.start - b.start);
}

const builtins = new Set(
  "source let declare typeset shopt pushd popd mapfile readarray disown".split(" "),
);

/** What bash expands in a word, and dash leaves as it is or refuses. */
function inWord(node: SyntaxNode): string | undefined {
  if (node.type === "BraceExpansion") return node.text;
  if (node.type !== "ParameterExpansion") return undefined;
  const { operation, prefix, index, text } = node;
  const known = operation === undefined || ["Default", "Remove"].includes(operation.type);
  return known && prefix !== "!" && index === undefined ? undefined : text;
}

/** `. path` looks where `source path` does, unless the path has no slash: then dash looks on the PATH only. */
function sourced({ name, args }: Command): Replacement | undefined {
  const [file] = args;
  if (name === undefined || file === undefined || !/^["']?[\w.$/{}-]*\//u.test(file.text)) return;
  return { start: name.pos, end: name.end, text: "." };
}

/** `function name { … }` as `name() { … }`. */
function namedFunction(script: string, start: number): Replacement | undefined {
  const head = /^function\s+(\w+)\s*(?:\(\s*\))?/u.exec(script.slice(start));
  const [text, name] = head ?? [];
  return text === undefined
    ? undefined
    : {
        start,
        end: start + text.length,
        text: `${name}()${script[start + text.length] === " " ? "" : " "}`,
      };
}
