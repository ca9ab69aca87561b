import { timesOf } from "../../automation/schedule.ts";
import { cronScripts, runningCommands } from "../../automation/scripts.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** Backups push each other out. */
export const backupTooOften = rule({
  id: "backup-too-often",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A cron backs up more than once a day.",
  why: "An environment keeps two to four manual backups, by its plan; each further one deletes the oldest. Backups of every few hours leave nothing that is older than a day. Production is also backed up by itself. (Manual: “Back up environments”.)",
  manual: "environments/backup",
  example: { before: "spec: '0 */6 * * *'", after: "spec: '0 5 * * *'" },
  ignore: "The plan keeps more, or the backups are fetched elsewhere.",
  check: ({ app }) =>
    cronScripts(app).flatMap((from) => {
      const spec = app.crons.find(({ script }) => script === from.script)?.spec;
      const { startsADay = 0 } = timesOf(spec?.value ?? "") ?? {};
      if (startsADay < 2) return [];
      return runningCommands(from)
        .filter(({ name }) => name === "backup:create")
        .map((command) => ({
          message: `${from.called} backs up ${startsADay} times a day, and only a few backups are kept`,
          location: placeIn(from, command),
          fix: byHand("Back up once a day", {
            what: "At which hour, only you know",
            next: "give the cron one hour and one minute: '0 5 * * *'",
          }),
        }));
    }),
});
