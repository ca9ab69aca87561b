import type { AppFile } from "../appfile/app-file.ts";
import { cronScripts } from "../automation/scripts.ts";
import { valueIn } from "../fact.ts";
import type { Activity } from "../platform/activities.ts";
import { type CliCommand, readScript } from "../shell/script.ts";
import type { AuditFacts } from "./rule.ts";

/** As many runs tell whether a cron does its work. */
export const latestRuns = 30;

/** A backup that begins so soon after a cron was made by it. */
const soonMs = 10 * 60 * 1000;

/** A call of the CLI in the cron of this name. */
interface CronCall {
  readonly cron: string | undefined;
  readonly command: CliCommand;
}

/**
 * The calls of the CLI in the crons of all apps of a project, which share one machine user. Of an app that wasn't read,
 * the crons count as they are deployed. Undefined where a script that one of these calls isn't known.
 */
export function callsOfCrons(facts: AuditFacts): readonly CliCommand[] | undefined {
  const deployed = deployedElsewhere(facts);
  if (deployed.some(({ reading }) => reading === undefined || reading.unread.length > 0))
    return undefined;
  return cronCalls(facts).map(({ command }) => command);
}

function cronCalls(facts: AuditFacts): readonly CronCall[] {
  const { app, apps = [app] } = facts;
  return [
    ...apps.flatMap(callsIn),
    ...deployedElsewhere(facts).flatMap(({ cron, reading }) =>
      (reading?.commands ?? []).map((command) => ({ cron, command })),
    ),
  ];
}

function callsIn(app: AppFile): readonly CronCall[] {
  return cronScripts(app).flatMap((from) => {
    const { script } = from.caller ?? from;
    const cron = app.crons.find((one) => one.script === script)?.name;
    return from.reading.commands.map((command) => ({ cron, command }));
  });
}

/** The crons of apps that are deployed and weren't read. */
function deployedElsewhere({ app, apps = [app], platform }: AuditFacts) {
  const names = new Set(apps.map(({ name }) => name));
  return ((platform && valueIn(platform.deployment))?.apps ?? [])
    .filter(({ name }) => !names.has(name))
    .flatMap(({ crons }) =>
      crons.map(({ name, command }) => ({
        cron: name,
        reading: command === undefined ? undefined : readScript(command),
      })),
    );
}

/** The ids of the accounts that made the backups which a cron began; none where the runs aren't known. */
export function madeByCron(facts: AuditFacts): ReadonlySet<string> {
  const runs = (facts.platform && valueIn(facts.platform.runs)) ?? [];
  const backingUp = new Set(
    cronCalls(facts).flatMap(({ cron, command }) =>
      command.name === "backup:create" ? (cron ?? []) : [],
    ),
  );
  const begun = runs
    .filter(({ type, cron }) => type === "environment.cron" && backingUp.has(cron ?? ""))
    .map(momentOf);
  const makers = runs.flatMap((run) => {
    const at = momentOf(run);
    const isByCron = begun.some((began) => at >= began && at - began < soonMs);
    return run.type === "environment.backup" && isByCron ? (run.user ?? []) : [];
  });
  return new Set(makers);
}

function momentOf({ createdAt = "" }: Activity): number {
  return Date.parse(createdAt);
}
