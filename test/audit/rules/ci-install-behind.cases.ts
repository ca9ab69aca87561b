import { job, pipeline } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

const archive = "https://github.com/upsun/cli/releases/download";

export const cases: RuleCases = {
  fires: {
    "an archive of an older release is downloaded": {
      given: job(
        "push",
        `- run: curl -fsSL ${archive}/v5.10.7/platform_5.10.7_linux_amd64.tar.gz -o cli.tar.gz`,
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:7:14-7:128",
          message: "step 1 of the job work installs release 5.10.7 of platform; 5.10.8 is out",
          fix: "by hand: Install 5.10.8",
        },
      ],
    },
    "the installer is told an older release": {
      given: pipeline(
        "a:",
        "  before_script:",
        "    - curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
        "  script: upsun backup:list",
      ),
      finds: [
        {
          severity: "info",
          at: ".gitlab-ci.yml:3:7-3:101",
          message:
            "before_script line 1 of the job a installs release 5.11.0 of upsun; 5.12.0 is out",
          fix: "by hand: Install 5.12.0",
        },
      ],
    },
    "the step tells the installer an older release": {
      given: job(
        "push",
        "- env: { VERSION: 5.11.0 }",
        "  run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | bash",
      ),
      finds: [
        {
          severity: "info",
          at: ".github/workflows/w.yml:8:14-8:93",
          message: "step 1 of the job work installs release 5.11.0 of upsun; 5.12.0 is out",
          fix: "by hand: Install 5.12.0",
        },
      ],
    },
  },
  quiet: {
    "the release is the one that is known": job(
      "push",
      `- run: curl -fsSL ${archive}/v5.12.0/upsun_5.12.0_linux_amd64.tar.gz -o cli.tar.gz`,
    ),
    "the release is newer": job(
      "push",
      `- run: curl -fsSL ${archive}/v5.13.2/upsun_5.13.2_linux_amd64.tar.gz -o cli.tar.gz`,
    ),
    "the release is of a line that is no longer kept up, of which another rule tells": job(
      "push",
      "- run: curl -fL https://github.com/platformsh/platformsh-cli/releases/download/v3.82.0/platform.phar -o platform.phar",
    ),
    "which release it is only a variable says": job(
      "push",
      "- run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=$WANTED bash",
    ),
    "the newest is installed, whichever that is": job(
      "push",
      "- run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | bash",
    ),
  },
};
