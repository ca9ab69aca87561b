import type { Command, Word } from "unbash";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { programName } from "../parse/simple-command.ts";
import type { Observations } from "./observations.ts";
import type { Likelihood } from "./outcome.ts";
import type { Scope } from "./scope.ts";

/** Notes a command that runs what the reading can't look into: it may call the CLI, or install it. */
export function noteUnfollowed(
  words: readonly Word[],
  { node: { pos: start, end } }: { readonly node: Command },
  path: Likelihood,
  scope: Scope,
  observed: Observations,
): void {
  const [first, ...rest] = words;
  if (first === undefined) return;
  const at = { start, end };
  if (/^(?:["']?\$|`)/u.test(first.text) && first.parts !== undefined)
    observed.stopped({ says: `runs ${first.text}`, what: "text" }, at, path, scope);
  if (/^\{[\w]*\}$/u.test(first.value))
    observed.stopped({ says: "runs what only the run finds", what: "text" }, at, path, scope);
  const other = otherLanguage(programName(first), rest);
  if (other !== undefined)
    observed.stopped({ says: `runs ${other}`, what: "program" }, at, path, scope);
}

/** What a command runs that is written in another language, as people would type it: "python3 build.py". */
function otherLanguage(name: string, rest: readonly Word[]): string | undefined {
  const [first] = rest.filter(({ value }) => !value.startsWith("-"));
  if (starters.has(name)) return first === undefined ? name : `${name} ${first.value}`;
  if (!languages.test(name)) return undefined;
  const code = rest.find(({ value }) => startsCli.test(value));
  if (code !== undefined) return `${name} with a program that mentions the CLI`;
  const isFile =
    /^[\w./-]*[./][\w./-]*$/u.test(first?.value ?? "") &&
    !/^-[a-z]*[cer]$/u.test(rest[0]?.value ?? "");
  return isFile && /^(?:node|ruby|perl|python[\d.]*)$/u.test(name)
    ? `${name} ${first?.value}`
    : undefined;
}

/** Programs that start others, which they find in a folder or in a list. */
const starters = new Set(["run-parts", "at", "batch"]);

/** Programs of other languages, which run a script that they are given by its path or as a text. */
const languages = /^(?:node|ruby|perl|python[\d.]*|php[\d.]*|[gmn]?awk)$/u;

/** A program of another language that has the shell start the CLI. */
const startsCli = new RegExp(
  `(?:system|exec|popen|spawn|subprocess|passthru|\`)[\\s\\S]*\\b${patternOfAny(allVendors.map(({ binary }) => binary))}\\b(?![.:]sh)`,
  "u",
);
