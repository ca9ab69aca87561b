import type { FlagUse } from "../../setup/flag-uses.ts";
import type { StepAnswer } from "../../setup/repeatable-flag.ts";
import type { FlagJudge } from "./judges.ts";

/**
 * What a flag of the command line is: one entry of a table from which the parser, `--help`, the command to go on, the
 * completion and the manual page are read.
 *
 * `commandTable` (`table.ts`) has the flags of every command by their names in camel case, in the order of `--help`, and
 * `sharedFlags` those that every command takes. Of each flag, `flagName` gives what is typed (`--no-wait`), `usageOf` how
 * `--help` writes it (`--project <id>`), `takes` what stands behind it, and `valuesOf` what a completion can offer.
 */
export interface Flag {
  /** What it is for, in a few words, as `--help` says it. */
  readonly words: string;
  readonly group: Group;
  readonly takes: Takes;
  /** The step of a conversation that it answers beforehand. */
  readonly answers?: StepAnswer;
  /** What a flag of setup is for, where not every setup uses it. */
  readonly use?: FlagUse;
  /** A secret is handed over with it, on standard input; none is ever its value. */
  readonly secret?: true;
}

/** The flags of a command, by their names in camel case; a negation by the name of what it switches off. */
export type Flags = Readonly<Record<string, Flag>>;

/** The headings of `--help`, in their order. */
export const groups = {
  project: "Which project and app",
  many: "Many projects",
  work: "What is done",
  account: "The machine user and its token",
  sandbox: "What is served",
  count: "What counts",
  output: "What is written where",
  run: "How it runs",
  every: "Of every command",
} as const;

type Group = keyof typeof groups;

/**
 * What stands behind a flag; `shown` is how `--help` calls it. Where a text has no `judge`, its command reads more out of it
 * than that, and refuses what it can't read, before it does anything.
 */
export type Takes =
  /** Nothing: it is given or not. */
  | { readonly kind: "nothing" }
  /** Nothing: it switches off what is done without it, as `--no-wait` does. */
  | { readonly kind: "negation" }
  | { readonly kind: "text"; readonly shown: string; readonly judge?: FlagJudge }
  /** The flag may be given more than once. */
  | { readonly kind: "texts"; readonly shown: string; readonly judge: FlagJudge }
  | { readonly kind: "choice"; readonly shown: string; readonly values: readonly string[] }
  /** Several values with commas between them. */
  | {
      readonly kind: "list";
      readonly shown: string;
      readonly values: Values;
      readonly judge?: FlagJudge;
    }
  | WholeNumber
  | { readonly kind: "file" | "folder"; readonly shown: string };

/** A whole number from 0 to `most`. */
export interface WholeNumber {
  readonly kind: "number";
  readonly shown: string;
  /** What it is: "a port". */
  readonly what: string;
  readonly most: number;
  /** What else there is to say of it: "; 0 takes any port that is free". */
  readonly also?: string;
}

/** Values that are known beforehand; those that it takes time to load, only when they are asked for. */
type Values = readonly string[] | (() => Promise<readonly string[]>);

type ValueOf<T extends Takes> = T extends { readonly kind: "nothing" | "negation" }
  ? boolean
  : T extends { readonly kind: "texts" }
    ? readonly string[]
    : T extends WholeNumber
      ? number | undefined
      : T extends { readonly kind: "choice"; readonly values: readonly (infer V)[] }
        ? V | undefined
        : string | undefined;

/** The flags of a command line: a switch that wasn't given is off, what else wasn't given is undefined or empty. */
export type FlagValues<F extends Flags> = { readonly [K in keyof F]: ValueOf<F[K]["takes"]> };

/** What is typed for a flag: "--no-wait". @param name in camel case */
export function flagName(name: string, { takes }: Pick<Flag, "takes">): string {
  const words = name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return takes.kind === "negation" ? `--no-${words}` : `--${words}`;
}

/** A flag with what it takes: "--project <id>". @param name in camel case */
export function usageOf(name: string, flag: Pick<Flag, "takes">): string {
  const { takes } = flag;
  return "shown" in takes ? `${flagName(name, flag)} <${takes.shown}>` : flagName(name, flag);
}

/** The values that can stand behind a flag, as far as they are known beforehand. */
export async function valuesOf({ takes }: Pick<Flag, "takes">): Promise<readonly string[]> {
  if (!("values" in takes)) return [];
  return typeof takes.values === "function" ? takes.values() : takes.values;
}
