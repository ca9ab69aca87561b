import { job, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "no step calls the CLI": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    echo hello",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:8:11-8:58",
          message: "the job work has UPSUN_CLI_TOKEN, and no step of it calls the CLI",
          fix: "by hand: Set the token where it is used",
        },
      ],
    },
    "the job only calls a workflow": {
      given: workflow(
        "on: push",
        "env:",
        `  UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "jobs:",
        "  work:",
        "    uses: example/shop/.github/workflows/a.yml@v1",
        "    secrets: inherit",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:3:3-3:50",
          message:
            "UPSUN_CLI_TOKEN is set for the job work, which only calls the workflow example/shop/.github/workflows/a.yml@v1; that doesn't get it",
          fix: "by hand: Set the token where it is used",
        },
      ],
    },
  },
  quiet: {
    "a step calls the CLI": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:list",
    ),
    "a program may call it": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    npm test",
    ),
    "the token goes to a request": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    curl -u "api:$UPSUN_CLI_TOKEN" https://auth.upsun.com',
    ),
    "an action may use it": job(
      "push",
      "- uses: example/deploy@v1",
      "  env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
    ),
  },
};
