import { buildInstallers } from "../../automation/installers.ts";
import { installerCommands } from "../../shell/installer.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The CLI comes from Homebrew, as the manual had it for three months. */
export const installerHomebrew = rule({
  id: "installer-homebrew",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "The build hook installs Homebrew to get the CLI.",
  why: "The manual advised this for three months and dropped it: fetching Homebrew makes each build slow, and a line in .environment has to put it on the path. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "brew install platformsh/tap/platformsh-cli",
    after: installerCommands({ binary: "platform" })
      .map((command) => `${command} || exit 1`)
      .join("\n"),
  },
  ignore: "Homebrew brings other programs as well.",
  check: ({ app }) =>
    buildInstallers(app)
      .filter(({ installation: { way } }) => way === "brew")
      .map(({ from, installation: { binary = "platform", ...place } }) => ({
        message: `${from.called} installs ${binary} with Homebrew`,
        location: placeIn(from, place),
        fix: byHand("Use the current installer", {
          what: "What else Homebrew is for can't be told",
          next: "put these lines in its place, and take the path to .linuxbrew out of .environment",
          paste: installerCommands({ binary }).join("\n"),
        }),
      })),
});
