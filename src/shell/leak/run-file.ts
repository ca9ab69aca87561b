import type { Word } from "unbash";
import { pathInApp } from "../evaluate/app-path.ts";
import { programName } from "../parse/simple-command.ts";

/** A script of the repository that a command runs. */
export interface RunFile {
  readonly text: string;
  /** Whether the shell itself reads it, with its own variables and functions. */
  readonly isSourced: boolean;
  /** Whether its commands are traced, as with `bash -x`. */
  readonly traces: boolean;
  /** What it is given. */
  readonly words: readonly Word[];
}

/**
 * The script of the repository that a command runs: `. lib.sh`, `bash -x bin/a.sh word`, `./a.sh`.
 *
 * @param files the scripts that are known, by their paths from the app's directory, in which the command is run
 */
export function runFile(
  [first, ...rest]: readonly Word[],
  files: ReadonlyMap<string, string> | undefined,
): RunFile | undefined {
  if (first === undefined || files === undefined) return undefined;
  const isSourced = first.value === "." || first.value === "source";
  const isShell = /^(?:ba|da)?sh$/u.test(programName(first));
  const at = isShell ? rest.findIndex(({ value }) => !/^[-+]/u.test(value)) : isSourced ? 0 : -1;
  const options = rest.slice(0, Math.max(at, 0)).map(({ value }) => value);
  if (isShell && (at === -1 || options.some((option) => /^-[a-z]*c/u.test(option))))
    return undefined;
  const named = isShell || isSourced ? rest[at] : first;
  const path = named && pathInApp(named, "");
  const text = path === undefined ? undefined : files.get(path);
  if (text === undefined) return undefined;
  const traces = options.some((option) => /^-[a-z]*x/u.test(option));
  return { text, isSourced, traces, words: rest.slice(at + 1) };
}
