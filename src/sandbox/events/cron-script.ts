import { vendorOfBinary } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { CodeFiles } from "../git-objects.ts";

/** What a cron meets when it runs. */
export interface CronSurroundings {
  readonly branch: string;
  readonly type: string;
  /** The scripts that it may call. */
  readonly files: CodeFiles;
}

/** A command of the CLI that a cron comes to. */
export interface CommandRun {
  /** Whose CLI it is. */
  readonly of: Vendor;
  readonly name: string;
  readonly arguments: readonly string[];
}

/**
 * The commands of the CLI that a cron comes to, as dash would: under an `if` whose test holds, and in scripts of the
 * repository that it calls. Of tests, it understands those of one variable with `=` or `!=`; whatever else stands there,
 * `[[` above all, fails as it does in dash. Other commands are passed over.
 */
export function commandsRunBy(
  script: string,
  surroundings: CronSurroundings,
): readonly CommandRun[] {
  const found: CommandRun[] = [];
  // For each `if` around a line: whether what stands there now is run.
  const open: boolean[] = [];
  for (const line of linesOf(script)) {
    const test = /^if (.+)$/u.exec(line)?.[1];
    if (test !== undefined) open.push(holds(test, surroundings));
    else if (line === "else") open.push(open.pop() === false);
    else if (line === "fi") open.pop();
    else if (!open.includes(false)) found.push(...run(line, surroundings));
  }
  return found;
}

/** One command a line, without comments, `then` and the carriage returns of Windows. */
function linesOf(script: string): readonly string[] {
  return script
    .split(/\r?\n|;|&&/u)
    .map((line) => line.replace(/(?:^|\s)#.*$/u, "").trim())
    .map((line) => line.replace(/^then\b\s*/u, ""))
    .filter((line) => line !== "");
}

const variables =
  /^\[ "?\$\{?PLATFORM_(BRANCH|ENVIRONMENT_TYPE)\}?"? (!?=) ["']?([^"' ]+)["']? \]$/u;

function holds(test: string, { branch, type }: CronSurroundings): boolean {
  const [, variable, operator, literal] = variables.exec(test) ?? [];
  if (variable === undefined) return false;
  const isEqual = (variable === "BRANCH" ? branch : type) === literal;
  return operator === "=" ? isEqual : !isEqual;
}

function run(line: string, surroundings: CronSurroundings): readonly CommandRun[] {
  const [word = "", first = "", ...rest] = line.split(/\s+/u);
  const of = vendorOfBinary(word.split("/").at(-1) ?? "");
  if (of !== undefined) return [{ of, name: first, arguments: rest }];
  const path = (word === "sh" || word === "bash" ? first : word).replace(/^\.\//u, "");
  const { [path]: called, ...others } = surroundings.files;
  return called === undefined ? [] : commandsRunBy(called, { ...surroundings, files: others });
}
