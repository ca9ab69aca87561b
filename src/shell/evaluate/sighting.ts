import type { CliInvocation } from "../cli-call.ts";
import type { GuardTarget } from "../guard.ts";
import type { Excerpt, Flaw, Stretch } from "./compare.ts";
import type { Conditions } from "./conditions.ts";
import type { Likelihood } from "./outcome.ts";
import type { World } from "./world.ts";

/** Hooks and crons run in dash; bash where a script asks for it. */
export type Shell = "dash" | "bash";

/** A call of the CLI, as it was come across in one environment. */
export interface Sighting {
  readonly call: CliInvocation;
  /** The path of the called script it stands in; empty for the script that is read. */
  readonly file: string;
  readonly shell: Shell;
  /** How sure it is to be run there. */
  readonly likelihood: Likelihood;
  /** Where the script names the environment's branch or type, by what it was last compared with. */
  readonly literals: Readonly<Partial<Record<GuardTarget["kind"], Excerpt>>>;
  readonly way: Way;
  /** The `"$@"` that it came out of, as `gapKey` names a place; left out where it is written at its own. */
  readonly through?: string;
  /** Whether it stands in a file that the script writes itself, or is called out of one. */
  readonly isWritten: boolean;
}

/** What stood on the way to a place. */
export interface Way {
  /** What couldn't be judged. */
  readonly doubt?: string;
  /** The tests that can't say what was meant, in the order in which they were come across. */
  readonly flaws: readonly Flaw[];
  /** The last test of the environment's branch or type. */
  readonly test?: Excerpt;
  /** What it depends on, beside the environment, whether the place is reached; left out where that is nothing. */
  readonly conditions?: Conditions;
  /** Of that, what is meant to keep the place from being reached at times, as it is written: a test, a command before `||`. */
  readonly chance?: string;
}

/** The beginning of a script. */
export const openWay: Way = { flaws: [] };

/** A place at which the reading stops, because what is run there can't be known. */
export interface ReadingGap extends Stretch {
  /** A clause: "runs make". */
  readonly says: string;
  /**
   * Whether it is a program that runs what the project tells it in a file of its own, one of another language that
   * names the CLI's commands or installers, a text that isn't known, a file of which a text is known, but that isn't
   * there any more, or a text of which the parser leaves out commands that the shell may run ("cut").
   */
  readonly what: "caller" | "cut" | "gone" | "program" | "text";
}

/** Tells the places of gaps apart. */
export function gapKey({ in: file, start }: Pick<ReadingGap, "in" | "start">): string {
  return `${start} ${file}`;
}

/** What one walk through a script found. */
export interface WalkResult {
  /** By what tells calls apart. */
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** Branches the script asks for. */
  readonly branches: ReadonlySet<string>;
  /** The scripts of the repository that it calls, by their paths, and the shell that runs them. */
  readonly called: ReadonlyMap<string, Shell>;
  /** Those that it calls and whose text isn't known. */
  readonly unread: ReadonlySet<string>;
  /** The lines that the tasks run that it calls, by how these are called. */
  readonly tasks: ReadonlyMap<string, readonly string[]>;
  /** What it runs that can't be looked into. */
  readonly gaps: readonly ReadingGap[];
  /** What is said of a file that it writes itself and runs, when it isn't known what is in it there. */
  readonly unknownFile?: string;
  /** What of the environment the script's way depends on: in all that are alike in it, the walk is the same. */
  readonly asked: ReadonlySet<keyof World>;
}

/** Tells calls apart: one place may call the CLI with different words, as in a loop. */
export function sightingKey({ start, arguments: args }: CliInvocation, file: string): string {
  return JSON.stringify([start, file, ...args.map(({ text }) => text)]);
}

/** Where a text stands that is read: its start in the file, or the one place of all that is in it. */
interface Standing {
  readonly base: number;
  readonly file: string;
  readonly place?: { readonly start: number; readonly end: number };
}

/** The call as it stands in a script that has its own text further on. */
export function shift(
  call: CliInvocation,
  { base, place }: Pick<Standing, "base" | "place">,
): CliInvocation {
  const from = (at: number) => place?.start ?? base + at;
  const to = (at: number) => place?.end ?? base + at;
  return {
    ...call,
    arguments: call.arguments.map(({ text, start, end }) => ({
      text,
      start: from(start),
      end: to(end),
    })),
    start: from(call.start),
    end: to(call.end),
    nameEnd: to(call.nameEnd),
  };
}

/** The flaw as it stands in a file, in a text that starts further on; what isn't written there can't be put right. */
export function shiftFlaw({ repair, ...flaw }: Flaw, { base, file, place }: Standing): Flaw {
  if (place !== undefined) return { ...flaw, in: file, ...place };
  return {
    ...flaw,
    in: file,
    start: flaw.start + base,
    end: flaw.end + base,
    ...(repair === undefined
      ? {}
      : { repair: { ...repair, in: file, start: repair.start + base, end: repair.end + base } }),
  };
}
