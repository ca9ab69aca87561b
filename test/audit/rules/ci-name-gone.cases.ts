import { job, jobLines, pipeline, repository } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

const installer = "curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh";
const on = "--project PROJECT --environment main --yes --wait";

/** A job that installs the newest CLI of Upsun and runs this. */
const newest = (...lines: readonly string[]) =>
  job("push", `- run: ${installer} | bash`, "- run: |", ...lines.map((line) => `    ${line}`));

export const cases: RuleCases = {
  fires: {
    "a backup has its old name": {
      given: newest(`upsun snapshot:create ${on}`),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:9:11-9:82",
          message:
            "step 2 of the job work calls snapshot:create, which the current CLI has only as backup:create",
          fix: "safe: Call it backup:create",
        },
      ],
      fixed: { edits: [{ text: "backup:create" }] },
    },
    "nobody knows which release is called by an old name": {
      given: pipeline("back up:", "  script:", `    - platform environment:backup ${on}`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".gitlab-ci.yml:3:7-3:84",
          message:
            "script line 1 of the job back up calls environment:backup, which the current CLI has only as backup:create",
          fix: "unsafe: Call it backup:create, because it can't be seen which release of the CLI runs, and an old one doesn't know backup:create",
        },
      ],
    },
    "the installer is told a release without the old names": {
      given: job(
        "push",
        `- run: ${installer} | VERSION=5.10.0 bash`,
        `- run: upsun sql-dump ${on}`,
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:8:14-8:78",
          message:
            "step 2 of the job work calls sql-dump, which the current CLI has only as db:dump",
          fix: "safe: Call it db:dump",
        },
      ],
    },
    "no command has the name, and one is near": {
      given: newest(`upsun backup:craete ${on}`, "upsun environment:backup-now"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:9:11-9:80",
          message:
            "step 2 of the job work calls backup:craete, a command that the CLI doesn't have in 5.11.1; did you mean backup:create?",
        },
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:10:11-10:39",
          message:
            "step 2 of the job work calls environment:backup-now, a command that the CLI doesn't have in 5.11.1",
        },
      ],
    },
    "the name is newer than the release": {
      given: job(
        "push",
        "- uses: upsun/action-cli@v1",
        "  with:",
        "    cli_version: 5.9.0",
        "- run: upsun task:run nightly",
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:10:14-10:36",
          message:
            "step 2 of the job work calls task:run, which came with 5.11.0 of the CLI; 5.9.0 is installed",
        },
      ],
    },
    "an image has a release without the old names": {
      given: pipeline(
        "back up:",
        "  image:",
        "    name: ghcr.io/upsun/cli:5.10.0",
        '    entrypoint: [""]',
        "  script:",
        `    - upsun snapshots ${on}`,
      ),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:6:7-6:72",
          message:
            "script line 1 of the job back up calls snapshots, which the current CLI has only as backup:list",
          fix: "safe: Call it backup:list",
        },
      ],
    },
    "the vendor's CLI leaves the command out": {
      given: newest("upsun variable:set env:RELEASE 42 --project PROJECT"),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:9:11-9:62",
          message: "step 2 of the job work calls variable:set, which upsun doesn't have",
          fix: "by hand: Use variable:create or variable:update",
        },
      ],
    },
    "an option stands in front of the command with its value": {
      given: newest(`upsun -e \${{ vars.TARGET }} backup:create --project PROJECT --yes --wait`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".github/workflows/w.yml:9:11-9:83",
          message: `step 2 of the job work has -e \${{ vars.TARGET }} in front of backup:create, and the CLI takes \${{ vars.TARGET }} for the command; write backup:create -e \${{ vars.TARGET }}`,
          fix: "unsafe: Put backup:create first, because backup:create runs then, which it never did",
        },
      ],
      fixed: { edits: [{ text: `backup:create -e \${{ vars.TARGET }}` }] },
    },
    "a script of the repository calls it": {
      given: repository({
        ".github/workflows/w.yml": `${jobLines("push", [`- run: ${installer} | bash`, "- run: bin/list"]).join("\n")}\n`,
        "bin/list": "#!/bin/bash\nupsun snapshot:list\n",
      }),
      finds: [
        {
          severity: "error",
          at: "bin/list:2:1-2:20",
          message:
            "step 2 of the job work calls snapshot:list, which the current CLI has only as backup:list",
          fix: "safe: Call it backup:list",
        },
      ],
    },
  },
  quiet: {
    "it has its name": newest(`upsun backup:create ${on}`, `upsun backup ${on}`),
    "the name is cut short": newest(`upsun env:act ${on}`),
    "the name is known when it runs": newest('upsun "$TASK" --yes', `upsun \${{ inputs.task }}`),
    "an action brings an old release, which has the name": job(
      "push",
      "- uses: adam7/platformsh-cli-action@v1.1",
      "  with:",
      `    token: \${{ secrets.PLATFORMSH_CLI_TOKEN }}`,
      `- run: platform snapshot:create ${on}`,
      "- run: platform auth:password-login",
    ),
    "the installer is told a release that has the name": job(
      "push",
      `- run: ${installer} | VERSION=4.20.0 bash`,
      `- run: upsun snapshot:create ${on}`,
    ),
    "a phar of an old release has the name": job(
      "push",
      "- run: |",
      "    curl -fsSLO https://github.com/platformsh/legacy-cli/releases/download/v3.40.0/platform.phar",
      `    php platform.phar snapshot:create ${on}`,
      `- run: ${installer} | bash`,
    ),
    "a program of the repository has the CLI's name": job("push", "- run: ./bin/upsun cache:warm"),
    "the name is printed only": newest('echo "upsun snapshot:create"'),
  },
};
