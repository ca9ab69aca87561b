import { buildInstallers, isUpsun } from "../../automation/installers.ts";
import { byHand } from "../fix.ts";
import { placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** The project was converted for Upsun, and its scripts weren't. */
export const halfConverted = rule({
  id: "half-converted",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "An application of an Upsun project still installs the CLI of Platform.sh with the PHP installer.",
  why: "project:convert takes over hooks and crons word for word. The PHP installer brings the command platform, which reads PLATFORMSH_CLI_TOKEN and not the variable that the Upsun manual names. (Manual: “API tokens”; source of the CLI, `project:convert`.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "curl -fsS https://platform.sh/cli/installer | php",
    after:
      "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | VENDOR=upsun bash",
  },
  ignore: "The command platform is wanted, with its own token variable.",
  check: ({ app }) =>
    isUpsun(app)
      ? buildInstallers(app)
          .filter(({ installation: { way } }) => way === "php")
          .map(({ from, installation }) => ({
            message: `${from.called} still installs the CLI of Platform.sh`,
            location: placeIn(from, installation),
            fix: byHand("Finish the conversion", {
              what: "Three things belong together: the installer, the commands and the token's variable",
              next: "install with VENDOR=upsun, write upsun for platform in the scripts, and name the variable env:UPSUN_CLI_TOKEN",
            }),
          }))
      : [],
});
