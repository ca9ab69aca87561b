import { buildInstallers } from "../../automation/installers.ts";
import { isNeverReached } from "../../shell/script.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The build hook never gets to the installer. */
export const installerUnreachable = rule({
  id: "installer-unreachable",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "The build hook ends before it gets to the installer, or gets there only where a variable is set that doesn't exist at build time.",
  why: "Nothing after exit or exec is run. The branch and the environment aren't known at build time either: one build serves several environments. (Manual: “Use variables”.)",
  manual: "development/variables/use-variables",
  example: {
    before: `if [ "$PLATFORM_BRANCH" = main ]; then
    curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash
fi`,
    after: "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash",
  },
  ignore: "Never: the CLI isn't installed.",
  check: ({ app }) =>
    buildInstallers(app)
      .filter(({ from, installation }) => isNeverReached(from.script.text, installation))
      .map(({ from, installation }) => ({
        message: `${from.called} never gets to the installer of the CLI`,
        location: placeIn(from, installation),
      })),
});
