import { app, cron, guarded, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "an option lacks a letter": {
      given: guarded("platform backup:create --yes --nowait"),
      finds: [
        {
          severity: "error",
          at: "14:50-14:58",
          message:
            "the cron job calls backup:create with --nowait, which it doesn't have, so that it ends with an error; did you mean --no-wait?",
          fix: "unsafe: Write --no-wait, because backup:create runs then, which it never did",
        },
      ],
      fixed: guarded("platform backup:create --yes --no-wait"),
    },
    "an option is cut short, with its value": {
      given: guarded("platform backup:create --yes --no-wait --env=main"),
      finds: [
        {
          severity: "error",
          at: "14:60-14:65",
          message:
            "the cron job calls backup:create with --env, which it doesn't have, so that it ends with an error; did you mean --environment?",
          fix: "unsafe: Write --environment, because backup:create runs then, which it never did",
        },
      ],
      fixed: guarded("platform backup:create --yes --no-wait --environment=main"),
    },
    "a command that waits for nothing is told to": {
      given: guarded("platform db:dump --wait --yes -f /tmp/dump.sql"),
      finds: [
        {
          severity: "error",
          at: "14:38-14:44",
          message:
            "the cron job calls db:dump with --wait, which it doesn't have, so that it ends with an error",
          fix: "unsafe: Take --wait out, because db:dump runs then, which it never did",
        },
      ],
      fixed: guarded("platform db:dump --yes -f /tmp/dump.sql"),
    },
    "two options are wrong, one of them with a value where it has none": {
      given: guarded("platform db:dump --yes --wait=1 --environmnt main"),
      finds: [
        {
          severity: "error",
          at: "14:44-14:50",
          message:
            "the cron job calls db:dump with --wait, which it doesn't have, so that it ends with an error",
          fix: "unsafe: Take --wait out, because db:dump runs then, which it never did",
        },
        {
          severity: "error",
          at: "14:53-14:65",
          message:
            "the cron job calls db:dump with --environmnt, which it doesn't have, so that it ends with an error; did you mean --environment?",
          fix: "unsafe: Write --environment, because db:dump runs then, which it never did",
        },
      ],
      fixed: guarded("platform db:dump --yes --environmnt main"),
    },
    "the call is put together from a variable": {
      given: guarded('options="--yes --nowait"', "platform backup:create $options"),
      finds: [
        {
          severity: "error",
          at: "15:21-15:52",
          message:
            "the cron job calls backup:create with --nowait, which it doesn't have, so that it ends with an error; did you mean --no-wait?",
        },
      ],
    },
  },
  quiet: {
    "options of the command and of every command": guarded(
      "platform backup:create --live --no-wait --yes --no-interaction --quiet",
    ),
    "an option that the CLI has and doesn't show": guarded(
      "platform backup:create --unsafe --no-wait --yes",
    ),
    "a name that is like no option's": guarded(
      "platform backup:create --retention=7 --no-wait --yes",
    ),
    "what stands behind -- is the other program's": guarded(
      "platform environment:ssh -- ls --no-wait",
    ),
    "--no-wait, of which no-wait-unknown tells": guarded("platform db:dump --no-wait --yes"),
    "a command that isn't known": guarded("platform backup:craete --nowait"),
    "another vendor's CLI": guarded("ibexa_cloud backup:create --nowait"),
    "a release before the fifth": app(
      ...hooks({
        build: [
          "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh",
          "VERSION=4.20.0 bash /tmp/i.sh",
        ],
      }),
      ...cron(["platform backup:create --nowait"]),
    ),
  },
};
