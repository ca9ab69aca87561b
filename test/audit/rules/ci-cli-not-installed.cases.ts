import { job, pipeline, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "nothing installs it": {
      given: job(
        "push",
        "- uses: actions/checkout@v4",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun backup:list",
        "    upsun url",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:11:11-11:28",
          message: "step 2 of the job work calls upsun; nothing in the job installs the CLI",
          fix: "by hand: Install the CLI under that name",
        },
      ],
    },
    "it has another name": {
      given: job(
        "push",
        "- uses: upsun/action-cli@v1",
        "  with:",
        "    cli_provider: platform",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    upsun backup:list",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:13:11-13:28",
          message: "step 2 of the job work calls upsun; the job installs platform",
          fix: "by hand: Install the CLI under that name",
        },
      ],
    },
  },
  quiet: {
    "a script that isn't there may install it": job(
      "push",
      "- run: ./scripts/setup.sh",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: upsun backup:list",
    ),
    "the vendor's action installs it": job(
      "push",
      "- uses: upsun/action-cli@v1",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:list",
    ),
    "a script installs it": job(
      "push",
      "- run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | bash",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:list",
    ),
    "an image may bring it": workflow(
      "on: push",
      "jobs:",
      "  work:",
      "    runs-on: ubuntu-24.04",
      "    container: ghcr.io/upsun/cli:5.11.0",
      "    steps:",
      "      - run: upsun backup:list",
    ),
    "an action may bring it": job(
      "push",
      "- uses: example/setup@v1",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:list",
    ),
    "a package brings it": job(
      "push",
      "- run: sudo apt-get install -y upsun-cli",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      "    upsun backup:list",
    ),
    "the machine is one's own": workflow(
      "on: push",
      "jobs:",
      "  work:",
      "    runs-on: self-hosted",
      "    steps:",
      "      - run: upsun backup:list",
    ),
    "the image of a pipeline may bring it": pipeline("backup:", "  script: upsun backup:list"),
  },
};
