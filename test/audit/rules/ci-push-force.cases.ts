import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "main is forced": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun push --target main --force --yes --wait",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:56",
          message: "step 1 of the job work pushes to main with --force",
          fix: "unsafe: Push with --force-with-lease, because the push is refused then where somebody else has pushed",
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
          upsun push --target main --force-with-lease --yes --wait
`,
    },
    "it is forced by a letter": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun push --target main -f --yes --wait",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:11-10:51",
          message: "step 1 of the job work pushes to main with --force",
        },
      ],
    },
  },
  quiet: {
    "it is forced with a lease": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun push --target main --force-with-lease --yes --wait",
    ),
    "a preview is forced": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    upsun push --target "$BRANCH" --force --yes --wait',
    ),
  },
};
