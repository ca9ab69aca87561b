import { bashismsIn, whereDashStops } from "../shell/dash.ts";
import { type CliCommand, readScript } from "../shell/script.ts";

/** A call of the platform's CLI in a script; offsets are those of the script that it stands in, in UTF-16 units. */
export interface CliCall {
  /** The path of the called script that it stands in; undefined in the script itself. */
  readonly script: string | undefined;
  /** The command's full name: `backup:create`; empty when none is given. */
  readonly command: string;
  /** The options as written: `--no-wait`, `-yW`. */
  readonly flags: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Where it runs, as far as the tests before it say. */
  readonly runs: WhereRun;
}

/** On every environment, on none, on those of these branches or types only; "unknown" where that can't be told. */
export type WhereRun =
  | { readonly where: "everywhere" | "nowhere" | "unknown" }
  | {
      readonly where: "only";
      readonly branches: readonly string[];
      readonly types: readonly string[];
    };

/** What a script says about the CLI. */
export interface ScriptFacts {
  readonly calls: readonly CliCall[];
  /** Whether all of it was followed, with every script that it calls; where it wasn't, there may be more calls. */
  readonly whole: boolean;
  /** The scripts that it calls and whose text isn't known. */
  readonly unread: readonly string[];
  /** Why it can't be followed; undefined when it can. */
  readonly problem: string | undefined;
}

/** Something in a script that dash doesn't take as bash does; offsets are those of the script. */
export interface ScriptFinding {
  /** As it is written, in short: `[[`, `<<<`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Follows a script as dash runs it in each environment that it can tell apart, and gives the calls of the CLI in it.
 * Never throws.
 *
 * @param scripts the texts of the scripts that it may call, by their paths from the app's directory
 */
export function readShell(
  text: string,
  scripts: Readonly<Record<string, string>> = {},
): ScriptFacts {
  const { commands, called, unread, gaps, problem } = readScript(
    text,
    new Map(Object.entries(scripts)),
  );
  const inScripts = [...called].flatMap(([path, reading]) =>
    reading.commands.map((command) => published(command, path)),
  );
  return {
    calls: [...commands.map((command) => published(command, undefined)), ...inScripts],
    whole: problem === undefined && unread.length === 0 && gaps.length === 0,
    unread,
    problem,
  };
}

function published({ name, flags, start, end, guard }: CliCommand, script: string | undefined) {
  return { script, command: name, flags, start, end, runs: whereRun(guard) };
}

function whereRun(guard: CliCommand["guard"]): WhereRun {
  switch (guard.kind) {
    case "unguarded":
      return { where: "everywhere" };
    case "never":
      return { where: "nowhere" };
    case "unknown":
      return { where: "unknown" };
    case "guarded": {
      const targets = [guard, ...guard.others].map(({ by }) => by);
      return {
        where: "only",
        branches: targets.flatMap((by) => (by.kind === "branch" ? by.branch : [])),
        types: targets.flatMap((by) => (by.kind === "type" ? by.type : [])),
      };
    }
  }
}

/** What a script has from bash that dash takes for an error, or for something else, in the order of its places. */
export function bashisms(text: string): readonly ScriptFinding[] {
  return bashismsIn(text).map(({ what, start, end }) => ({ what, start, end }));
}

/** Where dash stops reading a script because of its syntax; undefined when it gets to its end. */
export function syntaxError(text: string): ScriptFinding | undefined {
  const found = whereDashStops(text);
  return found && { what: found.says, start: found.start, end: found.end };
}
