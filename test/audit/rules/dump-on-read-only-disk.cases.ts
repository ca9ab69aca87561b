import { app, guarded, hooks, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const mounts = "mounts:\n    var/dumps: { source: local, source_path: dumps }\n";

export const cases: RuleCases = {
  fires: {
    "the shell writes what is printed": {
      given: guarded("platform db:dump --yes --stdout > dump.sql"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "14:21-14:52",
          message:
            "the cron job has db:dump write to the app's own folder, where nothing can be written",
          fix: "by hand: Write it to a mount",
        },
      ],
    },
    "the last program of a pipe writes it": {
      given: `${guarded("platform db:dump -o | gzip > backups/a.sql.gz")}${mounts}`,
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "14:21-14:40",
          message: "the cron job has db:dump write to backups/, where nothing can be written",
          fix: "by hand: Write it to a mount",
        },
      ],
    },
    "no file is named": {
      given: guarded("platform db:dump --yes --gzip"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "14:21-14:50",
          message:
            "the cron job has db:dump write to the app's own folder, where nothing can be written",
          fix: "by hand: Write it to a mount",
        },
      ],
    },
    "it goes to the app's folder first": {
      given: guarded('cd "$PLATFORM_APP_DIR" && platform db:dump --yes'),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "14:47-14:69",
          message:
            "the cron job has db:dump write to the app's own folder, where nothing can be written",
          fix: "by hand: Write it to a mount",
        },
      ],
    },
    "the folder is none of the mounts": {
      given: `${guarded("platform db:dump -yz -d /app/backups")}${mounts}`,
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "14:21-14:57",
          message: "the cron job has db:dump write to /app/backups, where nothing can be written",
          fix: "by hand: Write it to a mount",
        },
      ],
    },
    "the file lies beside the code": {
      given: app(...hooks({ deploy: ["upsun db:dump --yes --file=web/dump.sql"] })),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "5:9-5:48",
          message: "the deploy hook has db:dump write to web/, where nothing can be written",
          fix: "by hand: Write it to a mount",
        },
      ],
    },
  },
  quiet: {
    "it is in a mount": `${guarded("platform db:dump -y --directory var/dumps/daily")}${mounts}`,
    "it is in a mount by its whole path": `${guarded("platform db:dump -yf $HOME/var/dumps/a.sql")}${mounts}`,
    "the shell writes what is printed into a mount": `${guarded("platform db:dump -o > var/dumps/a.sql")}${mounts}`,
    "what is printed is thrown away": guarded("platform db:dump -o > /dev/null"),
    "only its errors are written": guarded("platform db:dump -o 2> dump.log"),
    "it is below /tmp": guarded("platform db:dump -y --file /tmp/a.sql"),
    "it goes through a pipe": guarded("platform db:dump -o | gzip > /tmp/a.sql.gz"),
    "its folder is only known then": guarded('platform db:dump -y --directory "$TARGET"'),
    "it goes to the app's folder and further": withCron("cd && cd var", "platform db:dump --yes"),
    "it goes somewhere first": withCron("cd /tmp", "platform db:dump --yes"),
    "it is written at build": app(...hooks({ build: ["platform db:dump --yes"] })),
  },
};
