import type { AppFile, Cron } from "../appfile/app-file.ts";
import { readScript } from "../shell/script.ts";
import { type CronTask, detailsOf } from "./chosen-tasks.ts";
import type { Session } from "./session.ts";

/** The cron that does a task of the session already: it runs every CLI command of it, or has all of its lines. */
export function doneBy(app: AppFile, session: Session, { work }: CronTask): Cron | undefined {
  const details = detailsOf(session);
  const commands = work.commands(details);
  const lines = work.literally ? details.commands.split("\n").map((line) => line.trim()) : [];
  return app.crons.find((cron) => {
    if (cron.script === undefined) return false;
    const there = cron.script.text.split("\n").map((line) => line.trim());
    const names = readScript(cron.script.text).commands.map(({ name }) => name);
    return (
      commands.every((command) => names.includes(command)) &&
      lines.every((line) => there.includes(line))
    );
  });
}

/** Where a cron that is there runs the task, as its guards have it: "on main only", "on every environment". */
export function placesOf(cron: Cron, { work }: CronTask, session: Session): string {
  const wanted = work.commands(detailsOf(session));
  const command = readScript(cron.script?.text ?? "").commands.find(({ name }) =>
    wanted.includes(name),
  );
  const guard = command?.guard;
  switch (guard?.kind) {
    case "unguarded":
      return "on every environment";
    case "never":
      return `nowhere: ${guard.why}`;
    case "guarded": {
      const places = [guard.by, ...guard.others.map(({ by }) => by)];
      return `on ${places.map((one) => (one.kind === "branch" ? one.branch : one.type)).join(" and ")} only`;
    }
    case "unknown":
    case undefined:
      return "under a guard of its own";
  }
}
