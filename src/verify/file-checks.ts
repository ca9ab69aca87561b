import type { Cron } from "../appfile/app-file.ts";
import { homesOf } from "../automation/homes.ts";
import { cliSourceOf } from "../automation/installers.ts";
import { jobsOf } from "../automation/job.ts";
import { placesOf } from "../automation/wish.ts";
import { changesPlatform } from "../shell/cli-effects.ts";
import type { CliCommand } from "../shell/script.ts";
import { type Check, checksOf } from "./check.ts";
import type { VerificationFacts } from "./facts.ts";

const { ok, wrong, open, skipped } = checksOf("file");

/** A cron that calls the CLI, itself or in a script of the repository. */
export interface CliCron {
  readonly name: string;
  readonly cron: Cron;
  readonly calls: readonly CliCommand[];
  /** The environments that it is kept to, by their ids. */
  readonly homes: readonly string[];
}

function cliCrons({
  app,
  project,
  environments,
  environment,
}: VerificationFacts): readonly CliCron[] {
  const places = { project: project.id, all: environments, main: environment };
  return jobsOf(app).flatMap(({ entry, calls }) => {
    if (entry === undefined || calls.length === 0) return [];
    const homes = homesOf({ calls }, places).map(({ id }) => id);
    return [{ name: entry.name, cron: entry, calls, homes }];
  });
}

/** The crons that belong on the environment that is looked at. */
export function cronsHere(facts: VerificationFacts): readonly CliCron[] {
  return cliCrons(facts).filter(({ homes }) => homes.includes(facts.environment.id));
}

/** Whether the file installs the CLI, and has crons that use it, each kept to an environment that there is. */
export function fileChecks(facts: VerificationFacts): readonly Check[] {
  const { app } = facts;
  const crons = cliCrons(facts);
  return [
    installerCheck(facts),
    ...(crons.length === 0
      ? [wrong(`no cron of ${app.name} calls the CLI`, "machinist setup adds one")]
      : crons.flatMap((cron) => placeChecks(cron, facts))),
  ];
}

function installerCheck({ app }: VerificationFacts): Check {
  const source = cliSourceOf(app);
  switch (source.kind) {
    case "known":
      return ok(`in ${app.name}, ${source.value.says}`);
    case "unread":
      return open(`whether the CLI is installed in ${app.name} can't be told: ${source.why}`);
    case "absent":
      return wrong(
        `the build hook of ${app.name} doesn't install the CLI`,
        "machinist setup --only installer adds it",
      );
  }
}

/** Where a cron does what changes something; what is done elsewhere isn't looked at here. */
function placeChecks(cron: CliCron, facts: VerificationFacts): readonly Check[] {
  const { name, homes, calls } = cron;
  const { id } = facts.environment;
  const [first] = homes;
  if (first !== undefined && !homes.includes(id))
    return [
      skipped(
        `the cron ${name} runs on ${homes.join(" and ")}, not on ${id}`,
        `machinist verify --environment ${first} looks there`,
      ),
    ];
  return calls.filter(changesPlatform).map((call) => placeCheck(cron, call));
}

function placeCheck({ name: cron, homes }: CliCron, call: CliCommand): Check {
  const { guard, name } = call;
  const said = `the cron ${cron} runs ${name} ${placesOf(call)}`;
  switch (guard.kind) {
    case "unguarded":
      return wrong(said, "guard it: machinist audit shows how, and does it");
    case "never":
      return wrong(said, "correct the guard: machinist audit does it");
    case "unknown":
      return open(`where the cron ${cron} runs ${name} can't be told: ${guard.why}`);
    case "guarded":
      return homes.length === 0
        ? wrong(
            `${said}, and there is no such environment`,
            "correct the guard: machinist audit shows it",
          )
        : ok(said);
  }
}
