import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "neither is named": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun backup:create --yes --wait",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:43",
          message: "step 1 of the job work runs backup:create without --project and --environment",
          fix: "by hand: Say where it works",
        },
      ],
    },
    "the environment is empty for a push": {
      given: job(
        "[push, pull_request]",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    upsun backup:create --project P --environment=\${GITHUB_HEAD_REF} --yes --wait`,
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:88",
          message:
            "step 1 of the job work runs backup:create without an --environment that is there for every event",
          fix: "by hand: Say where it works",
        },
      ],
    },
  },
  quiet: {
    "one of them is misspelt, of which ci-option-unknown tells": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:create --project PROJECT --env main --yes --wait",
    ),
    "both are named": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
    "both are variables": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "    PLATFORM_PROJECT: p",
      "    PLATFORM_BRANCH: main",
      "  run: |",
      "    upsun backup:create --yes --wait",
    ),
    "the environment is an argument": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun environment:delete old --project P --yes --no-wait",
    ),
    "the checkout is linked to the project": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun project:set-remote P",
      "    upsun redeploy --yes --wait",
    ),
    "it only reads": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun url",
    ),
  },
};
