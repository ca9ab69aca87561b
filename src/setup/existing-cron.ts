import type { AppFile, Cron } from "../appfile/app-file.ts";
import { readScript } from "../shell/script.ts";
import { required, type Session } from "./session.ts";
import { taskOf } from "./tasks/registry.ts";

/** The cron that does the session's task already: it runs every CLI command of it. */
export function doneBy(app: AppFile, session: Session): Cron | undefined {
  const task = taskOf(required(session.answers.task));
  if (task === undefined) return undefined;
  return app.crons.find((cron) => {
    if (cron.script === undefined) return false;
    const names = readScript(cron.script.text).commands.map(({ name }) => name);
    return task.commands.every((command) => names.includes(command));
  });
}
