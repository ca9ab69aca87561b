import { withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "Homebrew brings the CLI": {
      given: withBuild("brew install platformsh/tap/platformsh-cli"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:51",
          message: "the build hook installs platform with Homebrew",
          fix: "by hand: Use the current installer",
        },
      ],
    },
  },
  quiet: { "Homebrew brings something else": withBuild("brew install jq") },
};
