import { jobsOf } from "../automation/job.ts";
import { roleFor } from "../automation/role.ts";
import { valueIn } from "../fact.ts";
import { Failure } from "../failure.ts";
import { environments } from "../platform/environments.ts";
import type { SetupContext } from "./context.ts";
import { environmentOf, projectOf, type Session } from "./session.ts";

/**
 * The least permissions for all that the crons of the checkout do with the CLI, each on the environment that it is for;
 * undefined where that can't be told, no cron calls the CLI, or the folder has no app.
 */
export async function neededByCrons(
  session: Session,
  context: SetupContext,
): Promise<readonly string[] | undefined> {
  const project = projectOf(session);
  const [apps, all] = await Promise.all([
    context.everyApp().catch(noApp),
    environments(context.platform().connection, project),
  ]);
  const main = all.find(({ id }) => id === environmentOf(session));
  if (main === undefined) return undefined;
  const jobs = apps.flatMap(jobsOf).filter(({ kind }) => kind === "cron");
  return valueIn(
    roleFor(
      jobs.flatMap(({ calls }) => calls),
      { project, all, main },
    ),
  );
}

/** A folder that holds no app has no cron either. */
function noApp(error: unknown): readonly [] {
  if (error instanceof Failure && error.reason !== "interrupted") return [];
  throw error;
}
