import { job, jobLines, repository } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a script has the secret itself": {
      given: job("push", `- run: upsun backup:list --token=\${{ secrets.UPSUN_CLI_TOKEN }}`),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:40-7:70",
          message: "step 1 of the job work has secrets.UPSUN_CLI_TOKEN pasted into its script",
          fix: "by hand: Read the token from the step's environment",
        },
      ],
    },
    "a script has the variable pasted in, in quotes": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    if [ -n "\${{ env.UPSUN_CLI_TOKEN }}" ]; then upsun backup:list; fi`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:20-10:46",
          message: "step 1 of the job work has env.UPSUN_CLI_TOKEN pasted into its script",
          fix: "unsafe: Read the token from the step's environment, because the shell puts the value in now",
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
          if [ -n "$UPSUN_CLI_TOKEN" ]; then upsun backup:list; fi
`,
    },
    "the token goes to all steps": {
      given: job(
        "push",
        `- run: echo "UPSUN_CLI_TOKEN=\${{ secrets.SHOP_TOKEN }}" >> $GITHUB_ENV`,
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.SHOP_TOKEN }}`,
        "  run: upsun backup:list",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:36-7:61",
          message: "step 1 of the job work has secrets.SHOP_TOKEN pasted into its script",
          fix: "by hand: Read the token from the step's environment",
        },
      ],
    },
    "an action of the repository pastes its input": {
      given: repository(
        {
          ".github/workflows/w.yml": `${jobLines("push", [
            "- uses: ./a",
            "  with:",
            `    upsun_token: \${{ secrets.X }}`,
          ]).join("\n")}\n`,
          "a/action.yml": `runs:
  using: composite
  steps:
    - shell: bash
      run: UPSUN_CLI_TOKEN=\${{ inputs.upsun_token }} upsun backup:list
`,
        },
        {},
      ),
      finds: [
        {
          severity: "error",
          at: "a/action.yml:5:28-5:53",
          message: "step 1 of the job work has inputs.upsun_token pasted into its script",
          fix: "by hand: Read the token from the step's environment",
        },
      ],
    },
    "an action of the repository pastes an input that has the secret, whatever it is called": {
      given: repository(
        {
          ".github/workflows/w.yml": `${jobLines("push", [
            "- uses: ./a",
            "  with:",
            `    key: \${{ secrets.UPSUN_CLI_TOKEN }}`,
          ]).join("\n")}\n`,
          "a/action.yml": `runs:
  using: composite
  steps:
    - shell: bash
      run: UPSUN_CLI_TOKEN=\${{ inputs.key }} upsun backup:list
`,
        },
        {},
      ),
      finds: [
        {
          severity: "error",
          at: "a/action.yml:5:28-5:45",
          message: "step 1 of the job work has inputs.key pasted into its script",
          fix: "by hand: Read the token from the step's environment",
        },
      ],
    },
  },
  quiet: {
    "the step has it in its env": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:list",
    ),
    "the expression says only whether it is there": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      `    echo \${{ env.UPSUN_CLI_TOKEN && 'set' || 'missing' }}`,
    ),
    "another secret is pasted in": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      `    upsun backup:list --header \${{ secrets.OTHER }}`,
    ),
  },
};
