import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import type { RepeatableFlag } from "../../setup/repeatable-flag.ts";
import { meantBy } from "../meant-by.ts";
import {
  type Flags,
  type FlagValues,
  flagName,
  type Takes,
  valuesOf,
  type WholeNumber,
} from "./flag.ts";

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
  if (typed === undefined) return whenNotGiven(takes);
  if (takes.kind === "number") return numberFrom(typed, name, takes);
  if (takes.kind === "choice" && !takes.values.some((each) => each === typed))
    throw refusal(
      flagName(name, { takes }),
      `It takes one of ${takes.values.join(", ")}`,
      meantBy(String(typed), takes.values),
    );
  return typed;
}

function refusal(flag: string, what: string, meant: string): Failure {
  const next = meant === "" ? {} : { next: meant.trim() };
  return new Failure("usage", { what, where: flag, ...next });
}

/**
 * Refuses values that can't be meant, whatever the project is, before anything is done: with a Failure ("usage") that says
 * what is allowed, of the first one.
 *
 * @param values as `readFlags` gives them
 */
export async function refuseMistyped(
  flags: Flags,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const [name, flag] of Object.entries(flags)) {
    const given = [values[name]].flat().filter((value) => typeof value === "string");
    for (const value of given) {
      const what = await problemOf(value.trim(), flag.takes);
      if (what === undefined) continue;
      const known = flag.takes.kind === "list" ? await valuesOf(flag) : [];
      const strange = value.split(",").filter((each) => !known.includes(each.trim()));
      const [meant = ""] = strange.map((each) => meantBy(each, known)).filter((words) => words);
      throw refusal(flagName(name, flag), what, meant);
    }
  }
}

async function problemOf(value: string, takes: Takes): Promise<string | undefined> {
  const isPath = takes.kind === "file" || takes.kind === "folder";
  if (isPath) return value === "" ? `A ${takes.kind} is needed` : undefined;
  return "judge" in takes ? takes.judge?.(value) : undefined;
}

function whenNotGiven({ kind }: Takes): unknown {
  if (kind === "nothing" || kind === "negation") return kind === "negation";
  return kind === "texts" ? [] : undefined;
}

function numberFrom(typed: unknown, name: string, takes: WholeNumber): number {
  const { what, most, also = "" } = takes;
  const number = Number(typed);
  if (String(typed).trim() !== "" && Number.isInteger(number) && number >= 0 && number <= most)
    return number;
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
