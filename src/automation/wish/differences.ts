import { isDeepStrictEqual } from "node:util";
import type { AppCommand } from "../../appfile/app-file.ts";
import {
  type CliInvocation,
  changesPlatform,
  isLiveBackup,
  positionals,
  whyIdle,
} from "../../shell/cli-call.ts";
import { type CliCommand, chanceOn, readScript, runsOn } from "../../shell/script.ts";
import { installedRelease } from "../installed-release.ts";
import type { AppJob, Job } from "../job.ts";
import { missingCommand, wordsRefused } from "../missing-command.ts";
import { timesOf } from "../schedule.ts";
import type { AppScript } from "../scripts.ts";
import { neverStarts } from "../starts.ts";
import { actsOn, type TargetEnvironment, targetOf, targetWords } from "../target.ts";

/** What a cron is wanted for. Of what is left out, anything will do. */
export interface Wish {
  /** The CLI commands that do it, by their full names. */
  readonly commands: readonly string[];
  /** Lines that the script has to hold as they are, one behind the other; none where the commands alone count. */
  readonly lines: readonly string[];
  /** The words behind the command that say what it works on: a source operation, what is synchronized. */
  readonly what?: readonly string[];
  /** Whether a backup goes without stopping the writes. */
  readonly live?: boolean;
  /** Where it is to run, and to act. */
  readonly environment: TargetEnvironment;
  /** Five fields. */
  readonly schedule?: string;
  /** What its guard is to test. */
  readonly guard?: "branch" | "type";
}

/** What keeps a job from being the one that is wished for. */
export interface Difference {
  /**
   * With `another` the job does something else, and the one that is wished for may stand beside it; with `doubt` it may
   * well do the same, so that the work would be done twice.
   */
  readonly kind: "another" | "doubt";
  /** What differs, as it goes on after what the job is called: "runs on staging only". */
  readonly words: string;
}

/** A job that runs the commands of a wish, and what differs. */
export interface Candidate {
  readonly job: Pick<Job, "called" | "cron" | "when">;
  /** The call of the first command that comes nearest to the wish; none where it isn't known. */
  readonly call: CliCommand | undefined;
  /** None where it is just what is wished for. */
  readonly differences: readonly Difference[];
}

/** What a call of an app does otherwise than is wished for: where, how, and whether it does it at all. */
export function differencesOfCall(
  from: AppScript,
  call: CliCommand,
  wish: Wish,
): readonly Difference[] {
  return [
    ...inPlace(call, wish),
    ...inGuard(call, wish),
    ...inDoing(call, wish),
    ...ofRelease(from, call),
  ];
}

/** Whether it runs where it is wished for, each time, and acts on just that environment. */
export function inPlace(call: CliCommand, { environment }: Wish): readonly Difference[] {
  const said = `runs ${call.name}`;
  const acted = `for ${targetWords(targetOf(call))}`;
  const runs = runsOn(call, environment);
  const acts = actsOn(call, environment);
  if (runs === "no")
    return acts === "yes" && call.guard.kind !== "never"
      ? [doubt(`${said} ${placesOf(call)}, ${acted}`)]
      : [another(`${said} ${placesOf(call)}`)];
  if (acts === "no") return [another(`${said} ${acted}`)];
  const why = call.guard.kind === "unknown" ? `: ${call.guard.why}` : "";
  if (runs === "unknown") return [doubt(`${said} where that can't be told${why}`)];
  const chance = chanceOn(call, environment);
  return [
    ...(acts === "unknown" ? [doubt(`${said} ${acted}`)] : []),
    ...(chance === undefined ? [] : [doubt(`${said} or not, depending on ${firstLine(chance)}`)]),
  ];
}

function firstLine(text: string): string {
  const [first = "", ...more] = text.split("\n");
  return more.length === 0 ? first : `${first} …`;
}

function inGuard({ guard: there }: CliCommand, { guard }: Wish): readonly Difference[] {
  if (guard === undefined) return [];
  if (there.kind === "unguarded") return [doubt("has no guard")];
  return there.kind === "guarded" && there.by.kind !== guard
    ? [doubt(`is kept to its environment by ${guardWord(there.by.kind)}`)]
    : [];
}

function guardWord(kind: "branch" | "type"): string {
  return kind === "branch" ? "branch" : "environment type";
}

/** What a call does otherwise than is wished for, wherever it runs. */
export function inDoing(
  call: CliInvocation,
  { what, live }: Pick<Wish, "what" | "live">,
): readonly Difference[] {
  const idle = whyIdle(call);
  if (idle !== undefined) return [another(`runs ${call.name} ${idleWords[idle]}`)];
  const isLive = isLiveBackup(call);
  return [
    ...inWhat(call, what),
    ...(live === undefined || live === isLive
      ? []
      : [doubt(isLive ? "makes live backups" : "makes backups that aren't live")]),
  ];
}

const idleWords = {
  unanswered: "without --yes, which then does nothing",
  refused: "with the answer no to its question",
} as const;

function inWhat(call: CliInvocation, what: Wish["what"]): readonly Difference[] {
  if (what === undefined) return [];
  const words = positionals(call).map(({ text }) => text);
  // Told nothing, it takes everything (seen with 5.11.1).
  const isAll = words.length === 0 && call.name === "environment:synchronize";
  const nothing = isAll ? "of everything" : "without saying which";
  const said = `runs ${call.name} ${words.length === 0 ? nothing : words.join(" ")}`;
  if (isAll || words.some((word) => /[$`]/u.test(word))) return [doubt(said)];
  if (!what.every((word) => words.includes(word))) return [another(said)];
  return words.every((word) => what.includes(word)) ? [] : [doubt(said)];
}

/** Whether the CLI that the job runs has the command, and its options. */
function ofRelease(from: AppScript, call: CliCommand): readonly Difference[] {
  const installed = installedRelease(from, call);
  const missing = missingCommand(call, installed);
  const [refused] = wordsRefused(call, installed);
  return [
    ...(missing === undefined
      ? []
      : [
          missing.kind === "renamed" && !missing.isCertain
            ? doubt(`calls ${call.written}, which the CLI may not have by that name`)
            : another(`calls ${call.written}, which the CLI doesn't have by that name`),
        ]),
    ...(refused === undefined
      ? []
      : [another(`runs ${call.name} with ${refused.option.text}, which it doesn't have`)]),
  ];
}

/** Lines of one's own are there only as they are, one behind the other. */
export function inLines(job: AppJob, { lines, commands }: Wish): readonly Difference[] {
  if (lines.length === 0) return [];
  const wanted = `\n${lines.join("\n")}\n`;
  if (job.scripts.some(({ script }) => trimmed(script.text).includes(wanted))) return [];
  const words = `runs ${commands.join(" and ")} in other lines`;
  const changing = readScript(lines.join("\n")).commands.filter(changesPlatform);
  const isSame =
    changing.length > 0 &&
    changing.every((call) => job.calls.some((there) => saysOf(there) === saysOf(call)));
  return [isSame ? doubt(words) : another(words)];
}

function trimmed(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return `\n${lines.filter((line) => line !== "").join("\n")}\n`;
}

/** A call without what says how it is made, and not what it does. */
function saysOf(call: CliCommand): string {
  const words = call.arguments.map(({ text }) => text).filter((text) => !ofEveryCall.test(text));
  return [call.name, ...words.slice(words.indexOf(call.written) + 1)].join(" ");
}

const ofEveryCall = /^(?:-[yWq]+|--yes|--no-wait|--wait|--quiet|--no-interaction)$/u;

/** Whether a job starts as is wished for. */
export function inTime(job: AppJob, { schedule, commands }: Wish): readonly Difference[] {
  if (isWorker(job)) return [doubt("goes on all the time, and has no schedule")];
  if (job.kind !== "cron")
    return [another(`runs ${commands.join(" and ")} ${timesOfKind[job.kind]}`)];
  const { when } = job;
  if (when.kind !== "known") return [another("has no schedule")];
  const times = timesOf(when.value);
  if (times === undefined) return [doubt(`has a schedule that can't be read, ${when.value}`)];
  if (neverStarts(times)) return [another(`never starts at ${when.value}`)];
  return schedule === undefined || isSameTime(when.value, schedule)
    ? []
    : [doubt(`starts at ${when.value}, not at ${schedule}`)];
}

const timesOfKind: Readonly<Record<Exclude<AppJob["kind"], "cron">, string>> = {
  build: "at each build",
  deploy: "at each deployment",
  post_deploy: "at each deployment",
  cron_stop: "when the cron is cancelled",
  pre_start: "whenever the app starts",
  start: "whenever the app starts",
  post_start: "whenever the app starts",
  operation: "when somebody asks for it",
  source_operation: "when somebody asks for it",
  task: "when somebody asks for it",
};

/** What starts a worker is started again whenever it ends (platform manual, "Workers"). */
export function isWorker(job: AppJob): boolean {
  const command = commandOf(job);
  return command?.of === "worker" && command.key === "start";
}

/** The command of the app that a job is; undefined of a hook or a cron. */
export function commandOf({ file, scripts: [own] }: AppJob): AppCommand | undefined {
  return file.commands.find(({ script }) => script === own?.script);
}

function isSameTime(one: string, other: string): boolean {
  const [first, second] = [one, other].map((spec) => spec.trim().split(/\s+/u).join(" "));
  return (
    first === second || (isSame(timesOf(one), timesOf(other)) && !/\bH\b/u.test(`${one} ${other}`))
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return one !== undefined && isDeepStrictEqual(one, other);
}

/** How far a candidate is from the wish: one that does something else is farther than any in doubt. */
export function distanceOf({ differences }: Pick<Candidate, "differences">): number {
  return differences.reduce((sum, { kind }) => sum + (kind === "another" ? 100 : 1), 0);
}

/** A difference by which a job does something else. */
export function another(words: string): Difference {
  return { kind: "another", words };
}

/** A difference with which a job may well do the same. */
export function doubt(words: string): Difference {
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
