import type { CliCall } from "../cli-call.ts";
import type { GuardTarget } from "../guard.ts";
import type { Excerpt, Flaw } from "./compare.ts";
import type { Likelihood } from "./outcome.ts";
import type { World } from "./world.ts";

/** Hooks and crons run in dash; bash where a script asks for it. */
export type Shell = "dash" | "bash";

/** A call of the CLI, as it was come across in one environment. */
export interface Sighting {
  readonly call: CliCall;
  /** The path of the called script it stands in; empty for the script that is read. */
  readonly file: string;
  readonly shell: Shell;
  /** How sure it is to be run there. */
  readonly likelihood: Likelihood;
  /** Where the script names the environment's branch or type, by what it was last compared with. */
  readonly literals: Readonly<Partial<Record<GuardTarget["kind"], Excerpt>>>;
  readonly way: Way;
}

/** What stood on the way to a place. */
export interface Way {
  /** What couldn't be judged. */
  readonly doubt?: string;
  /** The tests that can't say what was meant, in the order in which they were come across. */
  readonly flaws: readonly Flaw[];
  /** The last test of the environment's branch or type. */
  readonly test?: Excerpt;
}

/** The beginning of a script. */
export const openWay: Way = { flaws: [] };

/** What one walk through a script found. */
export interface Walked {
  readonly sightings: readonly Sighting[];
  /** Branches the script asks for. */
  readonly branches: ReadonlySet<string>;
  /** The scripts of the repository that it calls, by their paths, and the shell that runs them. */
  readonly called: ReadonlyMap<string, Shell>;
  /** Those that it calls and whose text isn't known. */
  readonly unread: ReadonlySet<string>;
  /** What of the environment the script's way depends on: in all that are alike in it, the walk is the same. */
  readonly asked: ReadonlySet<keyof World>;
}

/** The call as it stands in a script that has its own text further on. */
export function shift(call: CliCall, by: number): CliCall {
  return {
    ...call,
    arguments: call.arguments.map(({ text, start, end }) => ({
      text,
      start: start + by,
      end: end + by,
    })),
    start: call.start + by,
    end: call.end + by,
    nameEnd: call.nameEnd + by,
  };
}

/** The flaw as it stands in a file, in a text that starts further on. */
export function shiftFlaw(flaw: Flaw, by: number, file: string): Flaw {
  const { repair } = flaw;
  return {
    ...flaw,
    in: file,
    start: flaw.start + by,
    end: flaw.end + by,
    ...(repair === undefined
      ? {}
      : { repair: { ...repair, in: file, start: repair.start + by, end: repair.end + by } }),
  };
}
