import { job, pipeline, workflow } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the shell has no pipefail": {
      given: job(
        "push",
        "- run: |",
        "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:8:11-8:105",
          message:
            "step 1 of the job work goes on when the installer can't be downloaded: its shell has no pipefail",
          fix: "unsafe: Run the step in a shell with pipefail, because other pipes of the step may end it then, too",
        },
      ],
      fixed:
        "on: push\npermissions: {}\njobs:\n  work:\n    runs-on: ubuntu-24.04\n    steps:\n      - shell: bash\n        run: |\n          curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash\n",
    },
    "the download may be an error page": {
      given: job(
        "push",
        "- shell: bash",
        "  run: curl -sS https://platform.sh/cli/installer | php",
      ),
      finds: [
        {
          severity: "error",
          at: ".github/workflows/w.yml:8:14-8:56",
          message:
            "step 1 of the job work runs what it downloads as the installer, even an error page",
          fix: "safe: Have curl fail on an error",
        },
      ],
      fixed:
        "on: push\npermissions: {}\njobs:\n  work:\n    runs-on: ubuntu-24.04\n    steps:\n      - shell: bash\n        run: curl -f -sS https://platform.sh/cli/installer | php\n",
    },
  },
  quiet: {
    "the shell has pipefail": job(
      "push",
      "- shell: bash",
      "  run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
    ),
    "the script sets it": job(
      "push",
      "- run: |",
      "    set -eo pipefail",
      "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
    ),
    "all scripts have it": workflow(
      "on: push",
      "defaults:",
      "  run:",
      "    shell: bash",
      "jobs:",
      "  work:",
      "    runs-on: ubuntu-24.04",
      "    steps:",
      "      - run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
    ),
    "GitLab sets it": pipeline(
      "a:",
      "  script:",
      "    - curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
    ),
    "it is looked at afterwards": job(
      "push",
      "- run: |",
      "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
      "    upsun --version || exit 1",
    ),
    "it is called afterwards, where a failure ends the step": job(
      "push",
      "- run: |",
      "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
      "    upsun --version",
      "    make test",
    ),
    "it is downloaded first": job(
      "push",
      "- run: |",
      "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh -o i.sh",
      "    bash i.sh",
    ),
  },
};
