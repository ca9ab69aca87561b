import { installedRelease } from "../../automation/installed-release.ts";
import { timesOf } from "../../automation/schedule.ts";
import { type AppScript, cronScripts, runningCommands } from "../../automation/scripts.ts";
import { isLiveBackup } from "../../shell/cli-call.ts";
import { firstWithLiveBackups } from "../../shell/cli-commands.ts";
import { isBefore } from "../../shell/release.ts";
import type { CliCommand } from "../../shell/script.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, callFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A backup stops the site for some seconds in the middle of the day. */
export const backupInterrupts = rule({
  id: "backup-interrupts",
  severity: "warning",
  confidence: "low",
  needs: "files",
  fixable: "unsafe",
  what: "A backup without --live is made in working hours.",
  why: "Unless it is a live one, a backup holds the app for 15 to 30 seconds, and visitors wait. (Manual: “Back up environments”.)",
  manual: "environments/backup",
  example: {
    before: `spec: '0 12 * * *'
commands:
    start: platform backup:create --yes --no-wait`,
    after: `spec: '0 12 * * *'
commands:
    start: platform backup:create --live --yes --no-wait`,
  },
  ignore: "Nobody visits at that hour, or all services have to be backed up at the same moment.",
  check: ({ app }) =>
    cronScripts(app).flatMap((from) => {
      const spec = app.crons.find(({ script }) => script === from.script)?.spec;
      const hours = [...(timesOf(spec?.value ?? "")?.hours ?? [])];
      if (!hours.some((hour) => hour >= 8 && hour < 18)) return [];
      const zone = app.timezone ?? "UTC";
      return runningCommands(from)
        .filter((command) => command.name === "backup:create" && !isLiveBackup(command))
        .map((command) => ({
          message: `${from.called} holds the app for a backup between 8 and 18 o'clock ${zone}`,
          location: placeIn(from, command),
          fix: fixOf(from, command),
        }));
    }),
});

/** The option for a live backup; a person's choice where the release that is installed has none. */
function fixOf(from: AppScript, command: CliCommand): FixPlan {
  const installed = installedRelease(from, command);
  const pins = installed.kind === "pinned" ? installed.pins : [];
  const old = pins.find(({ oldest }) => isBefore(oldest, firstWithLiveBackups));
  return old === undefined
    ? callFix(
        from,
        command,
        { title: "Make a live backup", disposition: "unsafe" },
        { start: command.nameEnd, end: command.nameEnd, text: " --live" },
      )
    : byHand("Back up at night", {
        what: `The CLI has --live since ${firstWithLiveBackups.join(".")}, and ${old.oldest.join(".")} may be installed`,
        next: "give the cron an hour of the night, or install a newer release and add --live",
      });
}
