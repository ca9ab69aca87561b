import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a backup may wait or not": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun backup:create --project P --environment main --yes",
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:10:11-10:67",
          message: "step 1 of the job work doesn't say whether backup:create waits",
          fix: "safe: Add --wait to backup:create",
        },
      ],
      fixed: `on: push
permissions: {}
jobs:
  work:
    runs-on: ubuntu-24.04
    steps:
      - env:
          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}
        run: |
          upsun backup:create --wait --project P --environment main --yes
`,
    },
    "a synchronisation is part of a chain": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun sync data --project P --environment staging --yes && echo done",
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:10:11-10:66",
          message: "step 1 of the job work doesn't say whether environment:synchronize waits",
          fix: "safe: Add --wait to environment:synchronize",
        },
      ],
    },
  },
  quiet: {
    "it is misspelt, of which ci-option-unknown tells": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:create --project PROJECT --env main --yes --nowait",
    ),
    "it waits": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:create --project PROJECT --environment main --yes --wait",
    ),
    "it doesn't": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:create -yW",
    ),
    "it only reads": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun environment:info title",
    ),
  },
};
