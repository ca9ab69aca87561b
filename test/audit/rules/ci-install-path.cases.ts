import { job } from "../ci.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a folder of the old installer is put on the path": {
      given: job(
        "push",
        "- run: |",
        "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
        '    echo "$HOME/.platformsh/bin" >> "$GITHUB_PATH"',
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:9:11-9:57",
          message:
            "step 1 of the job work puts a folder on the path that the installer doesn't use",
          fix: "by hand: Take the line out",
        },
      ],
    },
    "the CLI is called in it": {
      given: job(
        "push",
        "- shell: bash",
        "  run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
        "- env:",
        `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
        "  run: |",
        "    ~/.upsun/bin/upsun backup:list",
      ),
      finds: [
        {
          severity: "warning",
          at: ".github/workflows/w.yml:12:11-12:41",
          message:
            "step 2 of the job work calls ~/.upsun/bin/upsun, where the installer doesn't put the CLI",
          fix: "by hand: Call upsun by its name",
        },
      ],
    },
  },
  quiet: {
    "the old installer puts it there": job(
      "push",
      "- run: |",
      "    curl -fsS https://platform.sh/cli/installer | php",
      '    echo "$HOME/.platformsh/bin" >> "$GITHUB_PATH"',
    ),
    "the folder is the right one": job(
      "push",
      "- run: |",
      "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
      '    echo "$HOME/.local/bin" >> "$GITHUB_PATH"',
    ),
    "it is added only where it is there": job(
      "push",
      "- run: |",
      "    curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.11.0 bash",
      '    if [ -d ~/.upsun/bin ]; then echo ~/.upsun/bin >> "$GITHUB_PATH"; fi',
    ),
  },
};
