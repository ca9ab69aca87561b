import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

const installer = "curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh";

export const cases: RuleCases = {
  fires: {
    "the installer takes the newest": {
      given: job(
        "push",
        "- run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | bash",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:7:14-7:93",
          message: "step 1 of the job work installs the newest CLI, whichever that is",
          fix: "by hand: Name the version",
        },
      ],
    },
    "one line downloads the installer, and the next one runs it": {
      given: pipeline("a:", "  script:", `    - ${installer} -o /tmp/i.sh`, "    - bash /tmp/i.sh"),
      finds: [
        {
          severity: "warning",
          at: ".gitlab-ci.yml:3:7-3:92",
          message: "script line 1 of the job a installs the newest CLI, whichever that is",
          fix: "by hand: Name the version",
        },
      ],
    },
    "Homebrew does": {
      given: job("push", "- run: brew install platformsh/tap/upsun-cli"),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:7:14-7:51",
          message: "step 1 of the job work installs the newest CLI, whichever that is",
          fix: "by hand: Name the version",
        },
      ],
    },
    "the vendor's action does": {
      given: job("push", "- uses: upsun/action-cli@v1"),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:7:9-7:34",
          message:
            "step 1 of the job work uses upsun/action-cli@v1, which installs the newest CLI, whichever that is",
          fix: "by hand: Pin it",
        },
      ],
    },
    "an action is named by a branch": {
      given: job(
        "push",
        "- uses: axelerant/platformsh-action@main",
        "  with:",
        "    cli-version: 5.1.0",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:7:9-7:47",
          message:
            "step 1 of the job work uses axelerant/platformsh-action@main, a branch that anybody who may push to it can change",
          fix: "by hand: Pin it",
        },
      ],
    },
    "a pipeline runs in the latest image": {
      given: pipeline("a:", "  image: ghcr.io/upsun/cli:latest", "  script: upsun backup:list"),
      finds: [
        {
          severity: "warning",
          at: ".gitlab-ci.yml:2:3-2:34",
          message: "the job a runs in ghcr.io/upsun/cli:latest, whichever that is today",
          fix: "by hand: Name the version",
        },
      ],
    },
    "the version is in front of the download alone": {
      given: job("push", `- run: VERSION=5.11.1 ${installer} | bash`),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:7:14-7:108",
          message: "step 1 of the job work installs the newest CLI, whichever that is",
          fix: "by hand: Name the version",
        },
      ],
    },
    "the version is one for another command": {
      given: pipeline("a:", "  script:", "    - VERSION=1.2 make", `    - ${installer} | bash`),
      finds: [
        {
          severity: "warning",
          at: ".gitlab-ci.yml:4:7-4:86",
          message: "script line 2 of the job a installs the newest CLI, whichever that is",
          fix: "by hand: Name the version",
        },
      ],
    },
  },
  quiet: {
    "the installer is told a version": job(
      "push",
      "- run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
    ),
    "a release is downloaded": job(
      "push",
      "- run: curl -fsSL https://github.com/upsun/cli/releases/download/v5.11.0/upsun.tgz -o cli.tgz",
    ),
    "the action is told a version": job(
      "push",
      "- uses: upsun/action-cli@v1",
      "  with:",
      "    cli_version: 5.11.0",
    ),
    "the image has a version": pipeline(
      "a:",
      "  image: ghcr.io/upsun/cli:5.11.0",
      "  script: upsun backup:list",
    ),
    "the step says the version in its env": job(
      "push",
      "- env: {VERSION: 5.11.1}",
      `  run: ${installer} | bash`,
    ),
    "the variables of a pipeline say it": pipeline(
      "variables: {VERSION: 5.11.1}",
      "a:",
      `  script: ${installer} | bash`,
    ),
    "a line before it exports it": pipeline(
      "a:",
      "  script:",
      "    - export VERSION=$CLI_VERSION",
      `    - ${installer} | bash`,
    ),
    "the line that runs what another one downloaded says it": pipeline(
      "a:",
      "  script:",
      `    - ${installer} -o /tmp/i.sh`,
      "    - VERSION=$CLI_VERSION bash /tmp/i.sh",
    ),
    "a variable says it": job(
      "push",
      "- run: |",
      `    ${installer} -o installer.sh`,
      '    VERSION="$CLI_VERSION" bash installer.sh',
    ),
    "an expression says it": job("push", `- run: ${installer} | VERSION=\${{ vars.CLI }} bash`),
    "an expression says which release is downloaded": job(
      "push",
      `- run: curl -fsSL https://github.com/upsun/cli/releases/download/v\${{ vars.CLI }}/upsun.tgz -o cli.tgz`,
    ),
  },
};
