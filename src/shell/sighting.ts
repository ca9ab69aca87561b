import type { CliCall } from "./cli-call.ts";
import type { Flaw } from "./compare.ts";
import type { GuardTarget } from "./guard.ts";
import type { Likelihood } from "./outcome.ts";

/** A stretch of the script, with what stands there. */
export interface Excerpt {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A call of the CLI, as it was come across in one environment. */
export interface Sighting {
  readonly call: CliCall;
  readonly shell: "dash" | "bash";
  /** How sure it is to be run there. */
  readonly likelihood: Likelihood;
  /** Where the script names the environment's branch or type, by what it was last compared with. */
  readonly literals: Readonly<Partial<Record<GuardTarget["kind"], Excerpt>>>;
  /** What on the way there couldn't be judged. */
  readonly doubt?: string;
  /** The test on the way there that can't say what was meant. */
  readonly flaw?: Flaw;
}

/** What one walk through a script found. */
export interface Walked {
  readonly sightings: readonly Sighting[];
  /** Branches the script asks for. */
  readonly branches: ReadonlySet<string>;
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

export function shiftFlaw(flaw: Flaw, by: number): Flaw {
  const { repair } = flaw;
  return {
    ...flaw,
    start: flaw.start + by,
    end: flaw.end + by,
    ...(repair === undefined
      ? {}
      : { repair: { ...repair, start: repair.start + by, end: repair.end + by } }),
  };
}
