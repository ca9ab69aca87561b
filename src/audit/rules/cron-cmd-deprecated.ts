import { ownEntry } from "../../appfile/nodes.ts";
import { nestCommand } from "../../appfile/operations.ts";
import { byHand, fileFix } from "../fix.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";

/** A cron's command is written under the old key. */
export const cronCmdDeprecated = rule({
  id: "cron-cmd-deprecated",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A cron's command is written as cmd, which commands.start has taken the place of.",
  why: "cmd is deprecated since 2022. Beside commands, stop can say how to end the job. (Manual: “Crons”, “Upgrading”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `crons:
    clean:
        spec: '0 5 * * *'
        cmd: ./clean.sh`,
    after: `crons:
    clean:
        spec: '0 5 * * *'
        commands:
            start: ./clean.sh`,
  },
  ignore: "Other tools read the file and know only cmd.",
  check: ({ app }) =>
    app.crons.flatMap((cron) => {
      const cmd = cron.map && ownEntry(cron.map, "cmd");
      // What is no text under cmd is told as that.
      if (cron.map === undefined || cmd === undefined || cron.script === undefined) return [];
      const both = ownEntry(cron.map, "commands") !== undefined;
      const title = `Write the command of ${cron.name} as commands.start`;
      return [
        {
          message: both
            ? `The cron ${cron.name} has both cmd and commands; which one counts isn't documented`
            : `The cron ${cron.name} has its command in cmd, which is deprecated`,
          ...(both ? { severity: "warning" as const } : {}),
          location: placeAt(cron.in, cmd.keyStart, cmd.keyEnd),
          fix: both
            ? byHand("Keep one of the two", {
                what: "Which of the two is meant can't be told",
                next: "put the command below commands.start, and take cmd out",
              })
            : fileFix({ title, disposition: "safe" }, () => nestCommand(app, cron, "cmd")),
        },
      ];
    }),
});
