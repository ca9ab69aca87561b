import { job, jobLines, pipeline, repository } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a step prints it": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        '    echo "token: $UPSUN_CLI_TOKEN"',
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:41",
          message: "step 1 of the job work prints the token",
          fix: "by hand: Take the line out",
        },
      ],
    },
    "a step prints its beginning and its length": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    echo "starts with \${UPSUN_CLI_TOKEN:0:8}"`,
        `    echo "has \${#UPSUN_CLI_TOKEN} characters"`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:52",
          message: "step 1 of the job work prints a part of the token",
          fix: "by hand: Take the line out",
        },
        {
          severity: "error",
          at: ".github/workflows/w.yml:11:11-11:52",
          message: "step 1 of the job work prints the length of the token",
          fix: "by hand: Take the line out",
        },
      ],
    },
    "a step prints all variables": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    env | sort",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:11-10:21",
          message: "step 1 of the job work prints all variables, the token too",
          fix: "by hand: Take the line out",
        },
      ],
    },
    "a line of a pipeline prints it": {
      given: pipeline(
        "backup:",
        "  script:",
        "    - export UPSUN_CLI_TOKEN=$TOKEN",
        "    - echo $UPSUN_CLI_TOKEN",
      ),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:4:7-4:28",
          message: "script line 2 of the job backup prints the token",
          fix: "by hand: Take the line out",
        },
      ],
    },
    "an action of the repository prints it": {
      given: repository(
        {
          ".github/workflows/w.yml": `${jobLines("push", [
            "- uses: ./.github/actions/a",
            "  with:",
            `    token: \${{ secrets.UPSUN_CLI_TOKEN }}`,
          ]).join("\n")}\n`,
          ".github/actions/a/action.yml": `runs:
  using: composite
  steps:
    - shell: bash
      env:
        UPSUN_CLI_TOKEN: \${{ inputs.token }}
      run: printenv
`,
        },
        {},
      ),
      finds: [
        {
          severity: "error",
          at: ".github/actions/a/action.yml:7:12-7:20",
          message: "step 1 of the job work prints all variables, the token too",
          fix: "by hand: Take the line out",
        },
      ],
    },
    "a variable has the CLI print its requests": {
      given: job(
        "push",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "    UPSUN_CLI_DEBUG: 1",
        "  run: |",
        "    upsun backup:list",
        "    upsun route:list",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:9:11-9:29",
          message:
            "step 1 of the job work has UPSUN_CLI_DEBUG set, by which the CLI prints its requests, the token's among them",
          fix: "by hand: Take the line out",
        },
      ],
    },
  },
  quiet: {
    "GitHub is told to hide it": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      '  run: echo "::add-mask::$UPSUN_CLI_TOKEN"',
    ),
    "the step says only that it is there": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      '    test -n "$UPSUN_CLI_TOKEN" && echo "the token is set"',
    ),
    "the step has no token": job("push", "- run: env"),
    "a part of it goes to a file": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      `    echo "\${UPSUN_CLI_TOKEN:0:8}" > /tmp/part`,
    ),
    "PowerShell runs the script": job(
      "push",
      "- shell: pwsh",
      "  env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    echo $UPSUN_CLI_TOKEN",
    ),
    "that variable is off, or is another program's": job(
      "push",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "    UPSUN_CLI_DEBUG: 0",
      "    NODE_DEBUG: 1",
      "  run: upsun backup:list",
    ),
    "the CLI prints its requests without a token": job(
      "push",
      "- env: {UPSUN_CLI_DEBUG: 1}",
      "  run: upsun backup:list",
    ),
  },
};
