import { job, pipeline, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the job waits for a backup": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun backup:create --project PROJECT --environment main --yes --wait",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:4:3-4:7",
          message: "the job work waits for backup:create and has no timeout-minutes",
          fix: "unsafe: Give the job a limit of 60 minutes, because how long it takes at most, only you know",
        },
      ],
      fixed: `on: push
permissions: {}
jobs:
  work:
    timeout-minutes: 60
    runs-on: ubuntu-24.04
    steps:
      - env:
          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}
        run: |
          upsun backup:create --project PROJECT --environment main --yes --wait
`,
    },
    "it waits as the CLI does by itself": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun redeploy --project P --environment main --yes",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:4:3-4:7",
          message: "the job work waits for environment:redeploy and has no timeout-minutes",
          fix: "unsafe: Give the job a limit of 60 minutes, because how long it takes at most, only you know",
        },
      ],
    },
  },
  quiet: {
    "the job has a limit": workflow(
      "on: push",
      "jobs:",
      "  work:",
      "    runs-on: ubuntu-24.04",
      "    timeout-minutes: 30",
      "    steps:",
      "      - env:",
      `          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "        run: |",
      "          upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
    "the step has one": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  timeout-minutes: 30",
      "  run: |",
      "    upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
    "the command has one": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    timeout 1800 upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
    "it doesn't wait": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:create --yes --no-wait",
    ),
    "GitLab has a limit of an hour": pipeline(
      "a:",
      "  script: upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
  },
};
