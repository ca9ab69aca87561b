import { job, pipeline, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "nothing gives the step the token": {
      given: job("push", "- run: |", "    upsun url", "    upsun backup:list"),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:8:11-8:20",
          message: "step 1 of the job work calls upsun without UPSUN_CLI_TOKEN in its env",
          fix: "by hand: Give the step UPSUN_CLI_TOKEN",
        },
      ],
    },
    "another step has it": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun --version",
        "- run: upsun backup:list",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:11:14-11:31",
          message: "step 2 of the job work calls upsun without UPSUN_CLI_TOKEN in its env",
          fix: "by hand: Give the step UPSUN_CLI_TOKEN",
        },
      ],
    },
    "the vendor's action is given it": {
      given: job(
        "push",
        "- uses: upsun/action-cli@v1",
        "  with:",
        `    cli_token: \${{ secrets.T }}`,
        "- run: upsun backup:list",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:14-10:31",
          message: "step 2 of the job work calls upsun without UPSUN_CLI_TOKEN in its env",
          fix: "by hand: Give the step UPSUN_CLI_TOKEN",
        },
      ],
    },
  },
  quiet: {
    "the machine is one of their own, among others": workflow(
      "on: push",
      "jobs:",
      "  work:",
      "    runs-on: [self-hosted, linux]",
      "    steps:",
      "      - run: upsun backup:list",
    ),
    "the job has it": workflow(
      "on: push",
      "jobs:",
      "  work:",
      "    runs-on: ubuntu-24.04",
      "    env:",
      `      UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "    steps:",
      "      - run: upsun backup:list",
    ),
    "an action leaves it for the steps behind": job(
      "push",
      "- uses: jvm-tech/upsun-cli-action@v1.2",
      "  with:",
      `    token: \${{ secrets.T }}`,
      "- run: upsun backup:list",
    ),
    "a step hands it on": job(
      "push",
      "- env:",
      `    T: \${{ secrets.T }}`,
      '  run: echo "UPSUN_CLI_TOKEN=$T" >> "$GITHUB_ENV"',
      "- run: upsun backup:list",
    ),
    "the command is given it": job("push", "- run: UPSUN_CLI_TOKEN=$(cat token) upsun backup:list"),
    "the command needs no login": job("push", "- run: upsun --version && upsun list"),
    "the machine is one's own": workflow(
      "on: push",
      "jobs:",
      "  work:",
      "    runs-on: self-hosted",
      "    steps:",
      "      - run: upsun backup:list",
    ),
    "the settings of GitLab may have it": pipeline("backup:", "  script: upsun backup:list"),
    "it is a program of the repository": job("push", "- run: ./bin/platform backup:list"),
  },
};
