import { backup, guarded } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a backup is waited for": {
      given: guarded("platform backup:create --yes"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:49",
          message: "the cron job waits for backup:create to finish",
          fix: "safe: Add --no-wait to backup:create",
        },
      ],
      fixed: guarded("platform backup:create --no-wait --yes"),
    },
    "access over HTTP is set by an option": {
      given: guarded("platform environment:http-access --enabled 0"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:65",
          message: "the cron job waits for environment:http-access to finish",
          fix: "safe: Add --no-wait to environment:http-access",
        },
      ],
      fixed: guarded("platform environment:http-access --no-wait --enabled 0"),
    },
    "it is asked to wait": {
      given: guarded("platform backup:create --wait --yes"),
      finds: [
        {
          severity: "error",
          at: "14:21-14:56",
          message: "the cron job waits for backup:create to finish",
          fix: "safe: Add --no-wait to backup:create",
        },
      ],
      fixed: guarded("platform backup:create --no-wait --yes"),
    },
    "something like it is given to a CLI whose options aren't known": {
      given: guarded("ibexa_cloud backup:create --yes --nowait"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:61",
          message: "the cron job waits for backup:create to finish",
          fix: "safe: Add --no-wait to backup:create",
        },
      ],
    },
    "what follows depends on how it ends": {
      given: guarded("platform backup:create --yes && curl -fsS https://example.org/made"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:49",
          message: "the cron job waits for backup:create to finish",
          fix: "unsafe: Add --no-wait to backup:create, because curl -fsS https://example.org/made depends on how platform backup:create --no-wait --yes ends, and with --no-wait that only says whether it was started",
        },
      ],
    },
  },
  quiet: {
    "it is misspelt, of which cli-option-unknown tells": guarded(
      "platform backup:create --yes --nowait",
    ),
    "access over HTTP is only read": guarded("platform environment:http-access -e staging"),
    "it is not waited for": guarded(backup),
    "the short flag says so": guarded("platform backup:create -yW"),
    "the command can't wait": guarded("platform db:dump --yes"),
  },
};
