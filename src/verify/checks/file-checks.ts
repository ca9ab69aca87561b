import type { Cron } from "../../appfile/app-file.ts";
import { environmentsOf } from "../../audit/evidence/at-home.ts";
import { homesOf } from "../../automation/homes.ts";
import { cliSourceOf } from "../../automation/installers.ts";
import { jobsOf } from "../../automation/job.ts";
import { readsEveryJob } from "../../automation/job-shapes.ts";
import { placesOf } from "../../automation/wish.ts";
import { claimsInWords } from "../../git/project.ts";
import { changesPlatform } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import type { VerificationFacts } from "../facts/facts.ts";
import { type Check, checksOf } from "./check.ts";

const { ok, wrong, open, skipped } = checksOf("file");

/** A cron that calls the CLI, itself or in a script of the repository. */
export interface CliCron {
  readonly name: string;
  readonly cron: Cron;
  readonly calls: readonly CliCommand[];
  /** The environments that it is kept to, by their ids. */
  readonly homes: readonly string[];
}

function cliCrons({ app, platform }: VerificationFacts): readonly CliCron[] {
  return jobsOf(app).flatMap(({ entry, calls }) => {
    if (entry === undefined || calls.length === 0) return [];
    const homes = homesOf({ calls }, environmentsOf(platform)).map(({ id }) => id);
    return [{ name: entry.name, cron: entry, calls, homes }];
  });
}

/** The crons that belong on the environment that is looked at. */
export function cronsHere(facts: VerificationFacts): readonly CliCron[] {
  return cliCrons(facts).filter(({ homes }) => homes.includes(facts.platform.environment.id));
}

/** What the file has: the CLI, and crons that use it, each with where it runs. What is wrong with them, the rules find. */
export function fileChecks(facts: VerificationFacts): readonly Check[] {
  const crons = cliCrons(facts);
  return [
    ...sourceChecks(facts),
    ...(crons.length === 0
      ? // Where CI does the work, no cron is missed.
        facts.ciWorks.length > 0
        ? []
        : [noCronCheck(facts)]
      : crons.flatMap((cron) => placeChecks(cron, facts))),
  ];
}

/** What is said of another project's files may not be so of those of the one that is looked at. */
export function ownerChecks({
  otherOwners,
  platform: { project },
}: VerificationFacts): readonly Check[] {
  if (otherOwners.length === 0) return [];
  const owners = claimsInWords(otherOwners);
  return [
    open(
      `the checkout is of ${owners}, so that its files may not be those of ${project.title}`,
      "start in a checkout of the project",
    ),
  ];
}

function sourceChecks({ app }: VerificationFacts): readonly Check[] {
  const source = cliSourceOf(app);
  if (source.kind === "known") return [ok(`in ${app.name}, ${source.value.says}`)];
  return source.kind === "unread"
    ? [open(`whether the CLI is installed in ${app.name} can't be told: ${source.why}`)]
    : [];
}

function noCronCheck({ app }: VerificationFacts): Check {
  const stopped = jobsOf(app).find(
    ({ kind, followed }) => kind === "cron" && followed.kind === "stopped",
  );
  if (stopped?.followed.kind === "stopped")
    return open(
      `whether a cron of ${app.name} calls the CLI can't be told: ${stopped.followed.why}`,
    );
  return readsEveryJob(app)
    ? wrong(`no cron of ${app.name} calls the CLI`, "machinist setup adds one")
    : open(
        `whether a cron of ${app.name} calls the CLI can't be told: not all of them can be read`,
      );
}

/** Where a cron does what changes something; what is done elsewhere isn't looked at here. */
function placeChecks({ name: cron, homes, calls }: CliCron, facts: VerificationFacts) {
  const { id } = facts.platform.environment;
  const [first] = homes;
  if (first !== undefined && !homes.includes(id))
    return [
      skipped(
        `the cron ${cron} runs on ${homes.join(" and ")}, not on ${id}`,
        `machinist verify --environment ${first} looks there`,
      ),
    ];
  return calls.filter(changesPlatform).flatMap((call): readonly Check[] => {
    const { guard, name } = call;
    if (guard.kind === "unknown")
      return [open(`where the cron ${cron} runs ${name} can't be told: ${guard.why}`)];
    return guard.kind === "guarded" && homes.length > 0
      ? [ok(`the cron ${cron} runs ${name} ${placesOf(call)}`)]
      : [];
  });
}
