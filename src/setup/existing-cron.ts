import type { AppFile, Cron } from "../appfile/app-file.ts";
import { readScript } from "../shell/script.ts";
import { type CronTask, detailsOf } from "./chosen-tasks.ts";
import type { Session } from "./session.ts";

/** The cron that does a task of the session already: it runs every CLI command of it. */
export function doneBy(app: AppFile, session: Session, { work }: CronTask): Cron | undefined {
  const commands = work.commands(detailsOf(session));
  return app.crons.find((cron) => {
    if (cron.script === undefined) return false;
    const names = readScript(cron.script.text).commands.map(({ name }) => name);
    return commands.every((command) => names.includes(command));
  });
}
