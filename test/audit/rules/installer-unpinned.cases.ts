import { installed, url, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the newest release is taken and nothing looks after it": {
      given: withBuild(`${url} | bash`, "make"),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "5:9-5:93",
          message: "the build hook installs whichever release of the CLI is the newest",
        },
      ],
    },
  },
  quiet: {
    "a release is named": withBuild(`${url} | VERSION=5.11.0 bash`, "make"),
    "the hook looks whether the CLI works": withBuild(...installed, "make"),
    "the installer itself is an old one": withBuild(
      "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/0123abc/installer.sh | bash",
      "make",
    ),
  },
};
