import { backup, guarded } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a backup would ask": {
      given: guarded("platform backup:create --no-wait"),
      finds: [
        {
          severity: "info",
          at: "14:21-14:53",
          message: "the cron job runs backup:create, which asks for confirmation",
          fix: "safe: Add --yes to backup:create",
        },
      ],
      fixed: guarded(backup),
    },
    "a backup is refused by its own option": {
      given: guarded("platform backup:create -n --no-wait"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:56",
          message:
            "the cron job runs backup:create with the answer no to its question, so that it never does its work",
          fix: "by hand: Let backup:create do its work, or leave it out",
        },
      ],
    },
    "a deletion asks, and nobody says yes": {
      given: guarded("platform variable:delete env:OLD --no-wait --no-interaction"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:80",
          message:
            "the cron job runs variable:delete, which asks for confirmation and never does its work, because the answer is no where nobody gives one",
          fix: "unsafe: Add --yes to variable:delete, because it then does what it never did",
        },
      ],
    },
    "a synchronization isn't told what to copy": {
      given: guarded("platform sync -e staging --no-wait"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:55",
          message:
            "the cron job runs environment:synchronize, which asks for confirmation and never does its work, because the answer is no where nobody gives one",
          fix: "unsafe: Add --yes to environment:synchronize, because it then does what it never did",
        },
      ],
    },
    "a variable says what a synchronization copies": {
      given: guarded("platform sync $KINDS -e staging --no-wait"),
      finds: [
        {
          severity: "info",
          at: "14:21-14:62",
          message:
            "the cron job runs environment:synchronize, which asks for confirmation, and does nothing where its arguments are empty",
          fix: "unsafe: Add --yes to environment:synchronize, because without a word of what to do it then does what it never did",
        },
      ],
    },
    "a synchronization is told what to copy": {
      given: guarded("platform sync data -e staging --no-wait"),
      finds: [
        {
          severity: "info",
          at: "14:21-14:60",
          message: "the cron job runs environment:synchronize, which asks for confirmation",
          fix: "safe: Add --yes to environment:synchronize",
        },
      ],
    },
  },
  quiet: {
    "it is told not to ask": guarded(backup),
    "it is told to take the default, which is yes": guarded(
      "platform backup:create --no-wait --no-interaction",
    ),
    "it is told no and asks nothing": guarded("platform source-operation:run update -nW"),
    "it asks nothing": guarded("platform source-operation:run update --no-wait"),
  },
};
