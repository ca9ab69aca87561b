import { url, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the hook ends before": {
      given: withBuild("make", "exit 0", `${url} | bash`),
      finds: [
        {
          severity: "error",
          at: "7:9-7:93",
          message: "the build hook never gets to the installer of the CLI",
        },
      ],
    },
    "it is tied to a branch": {
      given: withBuild('if [ "$PLATFORM_BRANCH" = main ]; then', `    ${url} | bash`, "fi"),
      finds: [
        {
          severity: "error",
          at: "6:13-6:97",
          message: "the build hook never gets to the installer of the CLI",
        },
      ],
    },
  },
  quiet: {
    "the hook ends before only when something fails": withBuild("make || exit 1", `${url} | bash`),
    "it is tied to something the build may know": withBuild(
      'if [ "$INSTALL_CLI" = yes ]; then',
      `    ${url} | bash`,
      "fi",
    ),
    "it is left out on a branch, which no build is": withBuild(
      'if [ "$PLATFORM_BRANCH" != main ]; then',
      `    ${url} | bash`,
      "fi",
    ),
  },
};
