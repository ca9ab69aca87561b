import { setKey } from "../../appfile/operations.ts";
import { type AppScript, cronScripts } from "../../automation/scripts.ts";
import { hasFlag } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { longRunning } from "../../shell/unattended.ts";
import { fileFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron may take long, and nothing ends it. */
export const cronWithoutTimeout = rule({
  id: "cron-without-timeout",
  severity: "info",
  confidence: "low",
  needs: "files",
  fixable: "unsafe",
  what: "A cron waits, loops or copies data, and no timeout ends it.",
  why: "A running cron holds up deployments and other crons, for a day at most. timeout ends it after so many seconds; a job that goes on for ever belongs in a worker. (Manual: “Crons”, “Workers”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `dump:
    spec: '0 5 * * *'
    commands:
        start: platform db:dump --yes`,
    after: `dump:
    spec: '0 5 * * *'
    commands:
        start: platform db:dump --yes
    timeout: 3600`,
  },
  ignore: "The job is known to be short.",
  check: ({ app }) =>
    cronScripts(app).flatMap((from) => {
      const cron = app.crons.find(({ script }) => script === from.script);
      if (cron?.map === undefined || cron.map.has("timeout")) return [];
      const long = longCommand(from);
      if (long === undefined) return [];
      const title = `End ${cron.name} after an hour`;
      return [
        {
          message: `${from.called} ${long.says}, and no timeout ends it`,
          location: placeIn(from, long),
          fix: fileFix({ title, disposition: "unsafe" }, () =>
            setKey(app, ["crons", cron.name, "timeout"], 3600),
          ),
        },
      ];
    }),
});

function longCommand({ reading, script }: AppScript) {
  const command = reading.commands.find(isLong);
  if (command === undefined) return longRunning(script.text);
  const says = follows(command)
    ? `follows ${command.name}, which doesn't end by itself`
    : `runs ${command.name}, which may take long`;
  return { start: command.start, end: command.end, says };
}

function isLong(command: CliCommand): boolean {
  return copying.has(command.name) || follows(command);
}

function follows(command: CliCommand): boolean {
  return command.name === "environment:logs" && hasFlag(command, "--tail");
}

const copying = new Set(["db:dump", "mount:download", "mount:upload", "service:mongo:dump"]);
