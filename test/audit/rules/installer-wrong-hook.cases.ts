import { app, backup, cron, guarded, hooks } from "../app.ts";
import { installed, url } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the deploy hook installs it": {
      given: app(...hooks({ build: ["make"], deploy: [`${url} | bash`, backup] })),
      finds: [
        {
          severity: "error",
          at: "7:9-7:93",
          message: "the deploy hook installs the CLI, where it can't be written to the disk",
          fix: "unsafe: Move the installer to the build hook",
        },
      ],
    },
    "the build hook installs it too": {
      given: app(...hooks({ build: [...installed, "make"], deploy: [`${url} | bash`, backup] })),
      finds: [
        {
          severity: "error",
          at: "10:9-10:93",
          message: "the deploy hook installs the CLI, where it can't be written to the disk",
          fix: "unsafe: Take the installer out",
        },
      ],
      fixed: app(...hooks({ build: [...installed, "make"], deploy: [backup] })),
    },
  },
  quiet: {
    "the build hook installs it": guarded(backup),
    "the cron installs it where it can write": app(
      ...cron([`${url} | INSTALL_DIR=/app/var/bin bash`]),
    ),
  },
};
