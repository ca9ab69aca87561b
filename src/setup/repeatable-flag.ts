import type { StepId } from "./session.ts";

/** Which step a flag answers, and with what. */
export type StepAnswer =
  | {
      readonly step: StepId;
      /** What the flag answers by being given; without it, what stands behind the flag is the answer. */
      readonly as?: string;
      /** The command to go on has the flag only if it was given, not for what was answered when asked. */
      readonly repeats?: "what was given";
    }
  /** A step of each task of a cron: TASK=ANSWER. */
  | { readonly stepOfEachTask: "schedule" };

/** A flag of a command, for the command to go on. */
export interface RepeatableFlag {
  /** As it is typed: "--project". */
  readonly flag: string;
  readonly answers?: StepAnswer;
  /** The words it was given with; paths are absolute. Empty when it wasn't given. */
  readonly given: readonly string[];
}
