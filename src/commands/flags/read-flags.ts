import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import type { RepeatableFlag } from "../../setup/repeatable-flag.ts";
import { type Flags, type FlagValues, flagName, type Takes, type WholeNumber } from "./flag.ts";

/**
 * The flags as the argument parser hands them over, with their types and with what stands for one that wasn't given.
 * Throws a Failure ("usage") for what should be a number, or one of some values, and isn't.
 *
 * @param typed what was given, by the names in camel case
 */
export function readFlags<F extends Flags>(
  flags: F,
  typed: Readonly<Record<string, unknown>>,
): FlagValues<F> {
  const values = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, valueFrom(typed[name], name, flag.takes)]),
  );
  if (isTyped(flags, values)) return values;
  throw new RangeError("the argument parser gave what the table of flags doesn't have");
}

function valueFrom(typed: unknown, name: string, takes: Takes): unknown {
  if (takes.kind === "number" && typed !== undefined) return numberFrom(typed, name, takes);
  if (
    takes.kind === "choice" &&
    typed !== undefined &&
    !takes.values.some((each) => each === typed)
  )
    throw new Failure("usage", {
      what: `It takes one of ${takes.values.join(", ")}`,
      where: flagName(name, { takes }),
    });
  return typed ?? whenNotGiven(takes);
}

function whenNotGiven({ kind }: Takes): unknown {
  if (kind === "nothing" || kind === "negation") return kind === "negation";
  return kind === "texts" ? [] : undefined;
}

function numberFrom(typed: unknown, name: string, takes: WholeNumber): number {
  const { what, most, also = "" } = takes;
  const number = Number(typed);
  if (typed !== "" && Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new Failure("usage", {
    what: `${String(typed)} is not ${what}`,
    where: flagName(name, { takes }),
    next: `Give a whole number from 0 to ${most}${also}.`,
  });
}

function isTyped<F extends Flags>(
  flags: F,
  values: Readonly<Record<string, unknown>>,
): values is FlagValues<F> {
  return Object.entries(flags).every(([name, { takes }]) => isOf(takes, values[name]));
}

function isOf(takes: Takes, value: unknown): boolean {
  switch (takes.kind) {
    case "nothing":
    case "negation":
      return typeof value === "boolean";
    case "texts":
      return Array.isArray(value) && value.every((each) => typeof each === "string");
    case "number":
      return value === undefined || typeof value === "number";
    case "choice":
      return value === undefined || takes.values.some((each) => each === value);
    case "text":
    case "list":
    case "file":
    case "folder":
      return value === undefined || typeof value === "string";
  }
}

/** Whether a flag was given on the command line. @param name in camel case */
export function isGiven(
  flags: Flags,
  values: Readonly<Record<string, unknown>>,
  name: string,
): boolean {
  const flag = flags[name];
  return flag !== undefined && wordsFor(name, flag.takes, values[name]).length > 0;
}

/** The flags of a command in the order of the table, each with the words that give it again. */
export function repeatable<F extends Flags>(
  flags: F,
  values: FlagValues<F>,
): readonly RepeatableFlag[] {
  return Object.entries(flags).map(([name, flag]) => ({
    flag: flagName(name, flag),
    ...(flag.answers === undefined ? {} : { answers: flag.answers }),
    given: wordsFor(name, flag.takes, values[name]),
  }));
}

function wordsFor(name: string, takes: Takes, value: unknown): readonly string[] {
  const flag = flagName(name, { takes });
  if (takes.kind === "nothing") return value === true ? [flag] : [];
  if (takes.kind === "negation") return value === false ? [flag] : [];
  if (Array.isArray(value)) return value.flatMap((each) => [flag, String(each)]);
  if (value === undefined) return [];
  const isPath = takes.kind === "file" || takes.kind === "folder";
  return [flag, isPath && value !== "-" ? resolve(String(value)) : String(value)];
}
