import type { Command } from "unbash";
import { parseScript } from "../parse/parse.ts";
import { programName, withoutWrappers } from "../parse/simple-command.ts";
import { eachNode } from "../parse/tree.ts";

/** A download whose result is run; offsets are those of the script. */
export interface Download {
  readonly start: number;
  readonly end: number;
  /** The program, as written. */
  readonly name: string;
  /** Where the name of the program ends, and an option may be inserted. */
  readonly nameEnd: number;
}

/** What runs a program that is piped into it, and the options with which it takes one from elsewhere. */
const interpreters: ReadonlyMap<string, RegExp> = new Map([
  ["bash", /^-[a-z]*c/u],
  ["sh", /^-[a-z]*c/u],
  ["dash", /^-[a-z]*c/u],
  ["php", /^-[rfBRF]/u],
  ["python", /^-[cm]/u],
  ["python3", /^-[cm]/u],
  ["node", /^-(?:e|p|-eval|-print)/u],
  ["ruby", /^-[ne]/u],
]);

/** Where curl is piped into what runs it, and doesn't fail when the server answers with an error. */
export function uncheckedDownloads(script: string): readonly Download[] {
  const found: Download[] = [];
  eachNode(parseScript(script), (node) => {
    if (node.type !== "Pipeline") return;
    const [first, second] = node.commands;
    if (first?.type !== "Command" || second?.type !== "Command") return;
    const curl = withoutWrappers(first).words[0];
    const runner = withoutWrappers(second).words[0];
    if (curl === undefined || programName(curl) !== "curl" || failsOnError(first)) return;
    if (runner === undefined || !interpreters.has(programName(runner)) || readsNoProgram(second))
      return;
    found.push({ start: node.pos, end: node.end, name: curl.value, nameEnd: curl.end });
  });
  return found;
}

/** Whether curl ends with an error when the server does: `-f` or one of its long forms. */
export function failsOnError({ args }: Command): boolean {
  return args.some(({ text }) => /^-[a-zA-Z]*f/u.test(text) || /^--fail(?:-\w+)*$/u.test(text));
}

/** Whether an interpreter gets its program elsewhere, so that what is piped into it is data. */
function readsNoProgram(command: Command): boolean {
  const [interpreter, ...rest] = withoutWrappers(command).words.map(({ value }) => value);
  const [first] = rest;
  if (interpreter === undefined || first === undefined) return false;
  const name = interpreter.replace(/^.*\//u, "");
  return !first.startsWith("-") || rest.some((word) => interpreters.get(name)?.test(word) === true);
}
