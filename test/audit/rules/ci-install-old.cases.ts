import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the PHP installer is used": {
      given: job(
        "push",
        "- shell: bash",
        "  run: curl -fsS https://platform.sh/cli/installer | php",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:8:14-8:63",
          message:
            "step 1 of the job work installs the CLI by the PHP installer, which is no longer kept up",
          fix: "by hand: Install a release of the current CLI",
        },
      ],
    },
    "a phar is downloaded": {
      given: job(
        "push",
        "- run: curl -fL https://github.com/platformsh/platformsh-cli/releases/download/v3.82.0/platform.phar -o platform.phar",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:7:14-7:124",
          message: "step 1 of the job work installs the CLI as a phar, which is no longer kept up",
          fix: "by hand: Install a release of the current CLI",
        },
      ],
    },
    "an action does so": {
      given: job("push", "- uses: adam7/platformsh-cli-action@v1.1"),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:7:9-7:47",
          message:
            "step 1 of the job work uses adam7/platformsh-cli-action@v1.1: it downloads the CLI of version 3 or 4, in PHP, without looking whether that went well",
          fix: "by hand: Install a release of the current CLI",
        },
      ],
    },
    "a pipeline runs in an old image": {
      given: pipeline("a:", "  image: pjcdawkins/platformsh-cli", "  script: platform backup:list"),
      finds: [
        {
          severity: "warning",
          at: ".gitlab-ci.yml:2:3-2:35",
          message: "the job a runs in pjcdawkins/platformsh-cli, which is no longer kept up",
          fix: "by hand: Install a release of the current CLI",
        },
      ],
    },
  },
  quiet: {
    "the current installer is used": job(
      "push",
      "- shell: bash",
      "  run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
    ),
    "a current action is used": job("push", "- uses: upsun/action-cli@v1"),
  },
};
