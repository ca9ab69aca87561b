import { isDeepStrictEqual } from "node:util";
import { isLiveBackup, positionals } from "../shell/cli-call.ts";
import { type CliCommand, runsOn } from "../shell/script.ts";
import type { AppJob } from "./job.ts";
import { timesOf } from "./schedule.ts";
import { neverStarts } from "./starts.ts";
import { actsOn, type TargetEnvironment, targetOf, targetWords } from "./target.ts";

/** What a cron is wanted for. Of what is left out, anything will do. */
export interface Wish {
  /** The CLI commands that do it, by their full names. */
  readonly commands: readonly string[];
  /** Lines that the script has to hold as they are, beside the CLI's commands. */
  readonly lines: readonly string[];
  /** The source operation to run. */
  readonly operation?: string;
  /** Whether a backup goes without stopping the writes. */
  readonly live?: boolean;
  /** Where it is to run, and to act. */
  readonly environment: TargetEnvironment;
  /** Five fields. */
  readonly schedule?: string;
  /** What its guard is to test. */
  readonly guard?: "branch" | "type";
}

/** What keeps a cron from being the one that is wished for. */
interface Difference {
  /**
   * With `another` the cron does something else, and the one that is wished for may stand beside it; with `doubt` it may
   * well do the same, so that the work would be done twice.
   */
  readonly kind: "another" | "doubt";
  /** What differs, as it goes on after the cron's name: "runs on staging only". */
  readonly words: string;
}

/** A cron that runs the commands of a wish, and what differs. */
export interface Candidate {
  readonly job: AppJob;
  /** None where it is just what is wished for. */
  readonly differences: readonly Difference[];
}

/**
 * The crons that run all commands of a wish, wherever and whenever, and those that may because they can't be followed; the
 * one that comes nearest to it first.
 */
export function candidatesFor(wish: Wish, jobs: readonly AppJob[]): readonly Candidate[] {
  return jobs
    .flatMap((job) => {
      if (job.kind !== "cron") return [];
      if (runsAll(job, wish)) return [{ job, differences: differencesOf(job, wish) }];
      const unfollowed = unfollowedIn(job, wish);
      return unfollowed === undefined ? [] : [{ job, differences: [unfollowed] }];
    })
    .sort((one, other) => distanceOf(one) - distanceOf(other));
}

/** What can't be followed may do anything; where it is called like the work that is wished for, it may well do that. */
function unfollowedIn({ followed, cron, scripts }: AppJob, wish: Wish): Difference | undefined {
  if (followed.kind === "whole") return undefined;
  const words = `can't be followed: ${followed.why}`;
  const told = `${cron} ${scripts.map(({ script }) => script.text).join(" ")}`;
  const isLike = wish.commands.some((name) => signsOf(name).test(told));
  return isLike ? doubt(words) : another(words);
}

/** How people call the work of a command, in names of crons, scripts and targets. */
function signsOf(command: string): RegExp {
  const [verb = ""] = command.split(":").filter((part) => !tooCommon.has(part));
  return verb.length < 4 ? /$^/u : new RegExp(verb.slice(0, 8).replace("synchron", "sync"), "iu");
}

const tooCommon = new Set(["environment", "create", "run", "project", "list"]);

function distanceOf({ differences }: Candidate): number {
  return differences.reduce((sum, { kind }) => sum + (kind === "another" ? 100 : 1), 0);
}

function runsAll({ calls, scripts }: AppJob, { commands, lines }: Wish): boolean {
  const names = new Set(calls.map(({ name }) => name));
  const there = new Set(
    scripts.flatMap(({ script }) => script.text.split("\n").map((line) => line.trim())),
  );
  return commands.every((name) => names.has(name)) && lines.every((line) => there.has(line));
}

/** Of several calls of one command, the one that comes nearest to the wish counts. */
function differencesOf(job: AppJob, wish: Wish): readonly Difference[] {
  const ofCalls = wish.commands.flatMap((name) => {
    const [nearest] = job.calls
      .filter((call) => call.name === name)
      .map((call) => ({ job, differences: differencesOfCall(call, wish) }))
      .sort((one, other) => distanceOf(one) - distanceOf(other));
    return nearest?.differences ?? [];
  });
  return [...ofCalls, ...differencesInTime(job, wish)];
}

function differencesOfCall(call: CliCommand, wish: Wish): readonly Difference[] {
  const { operation, live, guard } = wish;
  const found: (Difference | undefined)[] = [inPlace(call, wish)];
  const named = positionals(call)[0]?.text;
  if (operation !== undefined && named !== operation)
    found.push(another(`runs ${named === undefined ? "no operation that is named" : named}`));
  const isLive = isLiveBackup(call);
  if (live !== undefined && live !== isLive)
    found.push(doubt(isLive ? "makes live backups" : "makes backups that aren't live"));
  if (guard !== undefined && call.guard.kind === "guarded" && call.guard.by.kind !== guard)
    found.push(doubt(`is kept to its environment by ${guardWord(call.guard.by.kind)}`));
  return found.flatMap((difference) => difference ?? []);
}

function guardWord(kind: "branch" | "type"): string {
  return kind === "branch" ? "branch" : "environment type";
}

/** Whether it runs where it is wished for, and acts on just that environment. */
function inPlace(call: CliCommand, { environment }: Wish): Difference | undefined {
  const said = `runs ${call.name}`;
  const runs = runsOn(call, environment);
  if (runs === "no") return another(`${said} ${placesOf(call)}`);
  const acts = actsOn(call, environment);
  if (acts === "no") return another(`${said} for ${targetWords(targetOf(call))}`);
  if (runs === "yes" && acts === "yes") return undefined;
  const why = call.guard.kind === "unknown" ? `: ${call.guard.why}` : "";
  return acts === "unknown" && runs === "yes"
    ? doubt(`${said} for ${targetWords(targetOf(call))}`)
    : doubt(`${said} where that can't be told${why}`);
}

function differencesInTime({ when }: AppJob, { schedule }: Wish): readonly Difference[] {
  if (when.kind !== "known") return [another("has no schedule")];
  const times = timesOf(when.value);
  if (times === undefined) return [doubt(`has a schedule that can't be read, ${when.value}`)];
  if (neverStarts(times)) return [another(`never starts at ${when.value}`)];
  return schedule === undefined || isSameTime(when.value, schedule)
    ? []
    : [doubt(`starts at ${when.value}, not at ${schedule}`)];
}

function isSameTime(one: string, other: string): boolean {
  const [first, second] = [one, other].map((spec) => spec.trim().split(/\s+/u).join(" "));
  return (
    first === second || (isSame(timesOf(one), timesOf(other)) && !`${one}${other}`.includes("H"))
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return one !== undefined && isDeepStrictEqual(one, other);
}

function another(words: string): Difference {
  return { kind: "another", words };
}

function doubt(words: string): Difference {
  return { kind: "doubt", words };
}

/** Where a call runs, as its guards have it: "on main only", "on every environment", "nowhere". */
export function placesOf({ guard }: Pick<CliCommand, "guard">): string {
  switch (guard.kind) {
    case "unguarded":
      return "on every environment";
    case "never":
      return `nowhere: ${guard.why}`;
    case "guarded": {
      const places = [guard.by, ...guard.others.map(({ by }) => by)];
      return `on ${places.map((one) => (one.kind === "branch" ? one.branch : one.type)).join(" and ")} only`;
    }
    case "unknown":
      return "on some environments only";
  }
}
