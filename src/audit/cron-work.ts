import type { AppFile } from "../appfile/app-file.ts";
import type { Activity } from "../platform/activities.ts";
import { type CliCommand, readScript } from "../shell/script.ts";
import type { AuditFacts } from "./rule.ts";
import { cronScripts } from "./scripts.ts";

/** A backup that begins so soon after a cron was made by it. */
const soonMs = 10 * 60 * 1000;

/**
 * The calls of the CLI in the crons of all apps of a project, which share one machine user. Of an app that wasn't read,
 * the crons count as they are deployed. Undefined where a script that one of these calls isn't known.
 */
export function callsOfCrons({
  app,
  apps = [app],
  platform,
}: AuditFacts): readonly CliCommand[] | undefined {
  const names = new Set(apps.map(({ name }) => name));
  const others = (platform?.deployment?.apps ?? [])
    .filter(({ name }) => !names.has(name))
    .flatMap(({ crons }) => crons.map(({ command }) => readScript(command)));
  if (others.some(({ unread }) => unread.length > 0)) return undefined;
  return [...apps.flatMap(callsOf), ...others.flatMap(({ commands }) => commands)];
}

function callsOf(app: AppFile): readonly CliCommand[] {
  return cronScripts(app).flatMap(({ reading }) => reading.commands);
}

/** The ids of the accounts that made the backups which a cron began. */
export function madeByCron(runs: readonly Activity[]): ReadonlySet<string> {
  const crons = runs.filter(({ type }) => type === "environment.cron").map(momentOf);
  const makers = runs.flatMap((run) => {
    const at = momentOf(run);
    const isByCron = crons.some((began) => at >= began && at - began < soonMs);
    return run.type === "environment.backup" && isByCron ? (run.user ?? []) : [];
  });
  return new Set(makers);
}

function momentOf({ createdAt = "" }: Activity): number {
  return Date.parse(createdAt);
}
