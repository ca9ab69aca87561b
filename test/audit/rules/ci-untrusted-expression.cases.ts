import { job, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

/** A workflow in which a job hands this on as its output, and another pastes it into a script beside the token. */
const handedOn = (output: string) =>
  workflow(
    "on: pull_request_target",
    "jobs:",
    "  name:",
    "    runs-on: ubuntu-24.04",
    `    outputs: {branch: '\${{ ${output} }}'}`,
    "    steps:",
    "      - id: name",
    `        env: {HEAD: '\${{ github.head_ref }}'}`,
    '        run: echo "branch=$HEAD" >> "$GITHUB_OUTPUT"',
    "  work:",
    "    needs: name",
    "    runs-on: ubuntu-24.04",
    "    steps:",
    "      - env:",
    `          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
    `        run: upsun url --environment \${{ needs.name.outputs.branch }}`,
  );

export const cases: RuleCases = {
  fires: {
    "a head ref is pasted in for everybody": {
      given: job(
        "pull_request_target",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    upsun url --environment \${{ github.head_ref }}`,
        `    upsun url --environment \${{ github.head_ref }} --primary`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:10:35-10:57",
          message:
            "step 1 of the job work has github.head_ref pasted into its script, which others choose, here and once more in the job",
          fix: "by hand: Hand the value over in env",
        },
      ],
    },
    "a head ref is pasted in where forks have no secrets": {
      given: job(
        "pull_request",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    upsun url --environment \${{ github.head_ref }}`,
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:10:35-10:57",
          message:
            "step 1 of the job work has github.head_ref pasted into its script, which whoever may push here chooses",
          fix: "by hand: Hand the value over in env",
        },
      ],
    },
    "a title comes by way of a variable": {
      given: job(
        "issue_comment",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        `    TITLE: \${{ github.event.issue.title }}`,
        "  run: |",
        `    upsun environment:info title "\${{ env.TITLE }}"`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:11:41-11:57",
          message:
            "step 1 of the job work has env.TITLE pasted into its script, which others choose",
          fix: "by hand: Hand the value over in env",
        },
      ],
    },
    "a head ref comes by way of an output": {
      given: job(
        "pull_request_target",
        "- id: branch",
        "  env:",
        `    REF: \${{ github.head_ref }}`,
        '  run: echo "name=$REF" >> "$GITHUB_OUTPUT"',
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    upsun url --environment \${{ steps.branch.outputs.name }}`,
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:14:35-14:67",
          message:
            "step 2 of the job work has steps.branch.outputs.name pasted into its script, which others choose",
          fix: "by hand: Hand the value over in env",
        },
      ],
    },
    "a step writes the variable that GitHub sets": {
      given: job(
        "pull_request",
        "- id: branch",
        `  run: echo "name=\${GITHUB_HEAD_REF#fix/}" >> "$GITHUB_OUTPUT"`,
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        `    upsun url --environment \${{ steps.branch.outputs.name }}`,
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:12:35-12:67",
          message:
            "step 2 of the job work has steps.branch.outputs.name pasted into its script, which whoever may push here chooses",
          fix: "by hand: Hand the value over in env",
        },
      ],
    },
    "another job hands on what a step made of it": {
      given: handedOn("steps.name.outputs.branch"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:16:38-16:70",
          message:
            "step 1 of the job work has needs.name.outputs.branch pasted into its script, which others choose",
          fix: "by hand: Hand the value over in env",
        },
      ],
    },
    "another job hands it on": {
      given: handedOn("github.head_ref"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:16:38-16:70",
          message:
            "step 1 of the job work has needs.name.outputs.branch pasted into its script, which others choose",
          fix: "by hand: Hand the value over in env",
        },
      ],
    },
  },
  quiet: {
    "it is handed over in env": job(
      "pull_request_target",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      `    BRANCH: \${{ github.head_ref }}`,
      "  run: |",
      '    upsun url --environment "$BRANCH"',
    ),
    "it is only compared": job(
      "pull_request_target",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      `    echo \${{ github.head_ref == 'main' }}`,
    ),
    "the job has no token": job(
      "pull_request_target",
      `- run: echo \${{ github.head_ref }} && upsun --version`,
    ),
    "a number is pasted in": job(
      "pull_request_target",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      `    upsun url --environment pr-\${{ github.event.number }}`,
    ),
    "an output doesn't come from others": job(
      "pull_request_target",
      "- id: branch",
      '  run: echo "name=pr-1" >> "$GITHUB_OUTPUT"',
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      `    upsun url --environment \${{ steps.branch.outputs.name }}`,
    ),
    "another job hands on what nobody chooses": handedOn("github.event.pull_request.head.sha"),
    "another job hands on another output": handedOn("steps.name.outputs.sha"),
  },
};
