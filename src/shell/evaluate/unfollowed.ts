import type { Command, Redirection, Word } from "unbash";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { programName } from "../parse/simple-command.ts";
import { isOfOthers, pathInApp } from "./app-path.ts";
import { languages, programFile, traceOfCli } from "./other-language.ts";
import type { Likelihood } from "./outcome.ts";
import type { Runner } from "./runner.ts";
import type { Scope } from "./scope.ts";
import { guardKind } from "./world.ts";

/** Notes a command that runs what the reading can't look into: it may call the CLI, or install it. */
export function noteUnfollowed(
  words: readonly Word[],
  { node: { pos: start, end, redirects } }: { readonly node: Command },
  path: Likelihood,
  scope: Scope,
  { observed, repository }: Pick<Runner, "observed" | "repository">,
): void {
  const [first, ...rest] = words;
  if (first === undefined) return;
  const at = { start, end };
  if (isOnlyInVariable(first, scope))
    observed.stopped({ says: `runs ${first.text}`, what: "text" }, at, path, scope);
  if (/^\{[\w]*\}$/u.test(first.value))
    observed.stopped({ says: "runs what only the run finds", what: "text" }, at, path, scope);
  const file = programFile(words);
  const trace = file === undefined ? undefined : traceInFile(file, scope, repository);
  const given = file === undefined ? traceInInput(programName(first), redirects) : undefined;
  const other = otherLanguage(programName(first), rest);
  if (file !== undefined && trace !== undefined)
    observed.stopped(
      { says: `runs ${first.value} ${file.value}, which ${trace}`, what: "caller" },
      at,
      path,
      scope,
    );
  else if (given !== undefined)
    observed.stopped(
      { says: `gives ${first.value} a program, which ${given}`, what: "caller" },
      at,
      path,
      scope,
    );
  else if (other !== undefined)
    observed.stopped({ says: `runs ${other}`, what: "program" }, at, path, scope);
}

/** Whether which program runs is in a variable that isn't known. No program has the name of a branch. */
function isOnlyInVariable(first: Word, { state }: Scope): boolean {
  if (!/^(?:["']?\$|`)/u.test(first.text) || first.parts === undefined) return false;
  const variable = /^"?\$\{?(\w+)\}?"?$/u.exec(first.text)?.[1];
  if (variable !== undefined && guardKind(variable) !== undefined) return false;
  return pathInApp(first, state.folder) === undefined && !isOfOthers(first.value);
}

/** What a program of the repository has to do with the CLI; undefined without that, and where its text isn't known. */
function traceInFile(file: Word, { state }: Scope, repository: Runner["repository"]) {
  const path = pathInApp(file, state.folder);
  const text = path === undefined ? undefined : repository.text(path);
  return text === undefined ? undefined : traceOfCli(text);
}

/** The same of a program that stands in a here-document, as in `python3 - <<E`. */
function traceInInput(name: string, redirects: readonly Redirection[]): string | undefined {
  if (!languages.test(name) || name.endsWith("awk")) return undefined;
  return redirects
    .map((each) => (each.type === "HereDoc" ? traceOfCli(each.body.text) : undefined))
    .find((trace) => trace !== undefined);
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

/** A program of another language that has the shell start the CLI. */
const startsCli = new RegExp(
  `(?:system|exec|popen|spawn|subprocess|passthru|\`)[\\s\\S]*\\b${patternOfAny(allVendors.map(({ binary }) => binary))}\\b(?![.:]sh)`,
  "u",
);
