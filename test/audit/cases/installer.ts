import { app, cron, guarded, hooks } from "../app.ts";
import type { RuleCases } from "./case.ts";

const backup = "platform backup:create --yes --no-wait";

/** The lines that the fix puts into a build hook. */
const installed = [
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/platform-cli-installer.sh || exit 1",
  "bash /tmp/platform-cli-installer.sh || exit 1",
  "platform --version || exit 1",
];

/** How the CLI gets into an app. */
export const installerCases: readonly RuleCases[] = [
  {
    rule: "installer-missing",
    fires: {
      "a cron uses the CLI and no hook installs it": app(...cron([backup])),
      "the installer is commented out": app(
        ...hooks({
          build: ["# curl -fsS https://platform.sh/cli/installer | php", "make"],
          deploy: [backup],
        }),
      ),
    },
    quiet: {
      "the build hook installs it": guarded(backup),
      "nothing uses it": app(...hooks({ build: ["make"] })),
    },
    fixes: {
      "a cron uses the CLI and no hook installs it": app(
        ...cron([backup]),
        ...hooks({ build: installed }),
      ),
      "the installer is commented out": app(
        ...hooks({
          build: [...installed, "# curl -fsS https://platform.sh/cli/installer | php", "make"],
          deploy: [backup],
        }),
      ),
    },
  },
];
