import { guarded } from "../app.ts";
import { repository } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron backs the same environment up": {
      given: repository(
        {
          ".github/workflows/w.yml":
            "on:\n  schedule:\n    - cron: '23 3 * * *'\njobs:\n  nightly:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: upsun backup:create --project P --environment main --yes --wait\n",
        },
        {},
        guarded("platform backup:create --yes --no-wait"),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:8:14-8:77",
          message: "the job nightly runs backup:create on main, as the cron job does",
          fix: "by hand: Keep one of them",
        },
      ],
    },
  },
  quiet: {
    "it is for another environment": repository(
      {
        ".github/workflows/w.yml":
          "on:\n  schedule:\n    - cron: '23 3 * * *'\njobs:\n  nightly:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: upsun backup:create --project P --environment staging --yes --wait\n",
      },
      {},
      guarded("platform backup:create --yes --no-wait"),
    ),
    "the cron does something else": repository(
      {
        ".github/workflows/w.yml":
          "on:\n  schedule:\n    - cron: '23 3 * * *'\njobs:\n  nightly:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: upsun backup:create --project P --environment main --yes --wait\n",
      },
      {},
      guarded("platform redeploy --yes --no-wait"),
    ),
    "the environment isn't a fixed name": repository(
      {
        ".github/workflows/w.yml":
          "on:\n  schedule:\n    - cron: '23 3 * * *'\njobs:\n  nightly:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: upsun backup:create --project P --environment $BRANCH --yes --wait\n",
      },
      {},
      guarded("platform backup:create --yes --no-wait"),
    ),
  },
};
