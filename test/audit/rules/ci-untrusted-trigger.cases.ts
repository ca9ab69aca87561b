import { job, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the pull request's code is checked out": {
      given: job(
        "pull_request_target",
        "- uses: actions/checkout@v4",
        "  with:",
        `    ref: \${{ github.event.pull_request.head.sha }}`,
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun url",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:9-7:34",
          message:
            "the job work starts at pull_request_target with the token, and step 1 fetches code that others wrote",
          fix: "by hand: Keep the token and others' code apart",
        },
      ],
    },
    "an action is handed the token": {
      given: job(
        "pull_request_target",
        "- uses: actions/checkout@v4",
        "  with:",
        `    ref: \${{ github.event.pull_request.head.sha }}`,
        "- uses: axelerant/platformsh-action@v2",
        "  with:",
        "    project-id: abc",
        `    cli-token: \${{ secrets.PLATFORMSH_CLI_TOKEN }}`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:9-7:34",
          message:
            "the job work starts at pull_request_target with the token, and step 1 fetches code that others wrote",
          fix: "by hand: Keep the token and others' code apart",
        },
      ],
    },
    "it is fetched by hand": {
      given: job(
        "issue_comment",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    gh pr checkout 5",
        "    npm ci",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:9-7:13",
          message:
            "the job work starts at issue_comment with the token, and step 1 fetches code that others wrote",
          fix: "by hand: Keep the token and others' code apart",
        },
      ],
    },
    "its commit is in a variable": {
      given: workflow(
        "on: [workflow_run]",
        "env:",
        `  SHA: \${{ github.event.workflow_run.head_sha }}`,
        "jobs:",
        "  work:",
        "    runs-on: ubuntu-24.04",
        "    steps:",
        "      - uses: actions/checkout@v4",
        "        with:",
        `          ref: \${{ env.SHA }}`,
        "      - uses: upsun/action-cli@v1",
        "        with:",
        `          cli_token: \${{ secrets.T }}`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:8:9-8:34",
          message:
            "the job work starts at workflow_run with the token, and step 1 fetches code that others wrote",
          fix: "by hand: Keep the token and others' code apart",
        },
      ],
    },
    "only forks are meant": {
      given: workflow(
        "on: pull_request_target",
        "jobs:",
        "  work:",
        "    if: github.event.pull_request.head.repo.full_name != github.repository",
        "    runs-on: ubuntu-24.04",
        "    steps:",
        "      - uses: actions/checkout@v4",
        "        with:",
        `          ref: \${{ github.event.pull_request.head.sha }}`,
        "      - env:",
        `          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "        run: |",
        `          git fetch origin \${{ github.event.pull_request.head.ref }}`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:7:9-7:34",
          message:
            "the job work starts at pull_request_target with the token, and step 1 fetches code that others wrote",
          fix: "by hand: Keep the token and others' code apart",
        },
      ],
    },
  },
  quiet: {
    "forks have no secrets": job(
      "pull_request",
      "- uses: actions/checkout@v4",
      "  with:",
      `    ref: \${{ github.event.pull_request.head.sha }}`,
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun url",
    ),
    "the repository's own code is checked out": job(
      "pull_request_target",
      "- uses: actions/checkout@v4",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun url",
    ),
    "the job has no token": job(
      "pull_request_target",
      "- uses: actions/checkout@v4",
      "  with:",
      `    ref: \${{ github.event.pull_request.head.sha }}`,
      "- run: upsun url",
    ),
    "the job is for branches of the repository": workflow(
      "on: pull_request_target",
      "jobs:",
      "  work:",
      "    if: github.event.pull_request.head.repo.full_name == github.repository",
      "    runs-on: ubuntu-24.04",
      "    steps:",
      "      - uses: actions/checkout@v4",
      "        with:",
      `          ref: \${{ github.event.pull_request.head.sha }}`,
      "      - env:",
      `          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "        run: |",
      "          upsun url",
    ),
  },
};
