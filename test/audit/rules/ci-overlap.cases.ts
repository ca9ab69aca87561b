import { pipeline, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a schedule has nothing of it": {
      given: workflow(
        "on:",
        "  schedule:",
        "    - cron: '0 3 * * *'",
        "env:",
        `  UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "jobs:",
        "  work:",
        "    runs-on: ubuntu-24.04",
        "    steps:",
        "      - run: upsun backup:create --project PROJECT --environment main --yes --wait",
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:1:1-1:3",
          message: "the job work has the repository's usual permissions, which may be to write",
          fix: "by hand: Name the permissions",
        },
        {
          severity: "info",
          at: ".github/workflows/w.yml:3:7-3:24",
          message:
            "the schedule 0 3 * * * starts at a full hour, when GitHub is late or drops runs",
          fix: "by hand: Start at another minute",
        },
        {
          severity: "info",
          at: ".github/workflows/w.yml:5:3-5:50",
          message:
            "UPSUN_CLI_TOKEN is set for the whole workflow, so that every step of it has the token",
          fix: "by hand: Set it where it is used",
        },
        {
          severity: "info",
          at: ".github/workflows/w.yml:7:3-7:7",
          message: "the job work changes the platform, and nothing keeps two runs of it apart",
          fix: "by hand: Let one run at a time",
        },
      ],
    },
    "a newer run ends the one under way": {
      given: workflow(
        "on: push",
        "permissions: {}",
        "concurrency:",
        "  group: main",
        "  cancel-in-progress: true",
        "jobs:",
        "  work:",
        "    runs-on: ubuntu-24.04",
        "    steps:",
        "      - env:",
        `          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "        run: |",
        "          upsun backup:create --project PROJECT --environment main --yes --wait",
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:3:1-3:12",
          message:
            "a newer run of the job work ends the one under way, and leaves its activity going on the platform",
          fix: "by hand: Let the run under way finish",
        },
      ],
    },
  },
  quiet: {
    "it is as it should be": workflow(
      "on:",
      "  schedule:",
      "    - cron: '23 3 * * *'",
      "permissions: {}",
      "concurrency:",
      "  group: main",
      "jobs:",
      "  work:",
      "    runs-on: ubuntu-24.04",
      "    steps:",
      "      - env:",
      `          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "        run: |",
      "          upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
    "the job only reads": workflow(
      "on: push",
      "permissions: {}",
      "concurrency:",
      "  group: main",
      "  cancel-in-progress: true",
      "jobs:",
      "  work:",
      "    runs-on: ubuntu-24.04",
      "    steps:",
      "      - env:",
      `          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "        run: |",
      "          upsun url",
    ),
    "the job has nothing to do with the CLI": workflow(
      "on:",
      "  schedule:",
      "    - cron: '0 3 * * *'",
      "jobs:",
      "  work:",
      "    runs-on: ubuntu-24.04",
      "    steps:",
      "      - run: npm test",
    ),
    "GitLab keeps its schedules elsewhere": pipeline(
      "a:",
      "  script: upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
  },
};
