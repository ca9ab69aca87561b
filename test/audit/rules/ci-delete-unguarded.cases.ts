import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a closed pull request names it": {
      given: job(
        "pull_request",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        `    BRANCH: \${{ github.head_ref }}`,
        "  run: |",
        '    upsun environment:delete "$BRANCH" --project P --yes --no-wait',
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:11:11-11:73",
          message:
            "step 1 of the job work deletes the environment that the event names, whatever its type",
          fix: "by hand: Look at its type first",
        },
      ],
    },
    "an expression names it": {
      given: job(
        "delete",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    upsun environment:delete --environment \${{ github.event.ref }} --yes --no-wait`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:89",
          message:
            "step 1 of the job work deletes the environment that the event names, whatever its type",
          fix: "by hand: Look at its type first",
        },
      ],
    },
  },
  quiet: {
    "its type is looked at": job(
      "pull_request",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    type=$(upsun environment:info type --environment "$BRANCH")',
      '    [ "$type" = development ] || exit 1',
      '    upsun environment:delete "$BRANCH" --yes --no-wait',
    ),
    "the command leaves types out": job(
      "pull_request",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    upsun environment:delete "$BRANCH" --exclude-type production,staging --yes',
    ),
    "main is left out": job(
      "pull_request",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    [ "$BRANCH" != main ] || exit 0',
      '    upsun environment:delete "$BRANCH" --yes --no-wait',
    ),
    "it has a fixed name": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun environment:delete old --project P --yes",
    ),
  },
};
