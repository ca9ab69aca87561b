import { buildInstallers, isUpsun, takesLines } from "../../automation/installers.ts";
import { installerCommands } from "../../shell/installer.ts";
import { swapCommand } from "../../shell/replacement.ts";
import { scriptFix } from "../fix.ts";
import { placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** The CLI comes from the old PHP installer. */
export const installerDeprecated = rule({
  id: "installer-deprecated",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "The build hook installs the CLI with the PHP installer, which is deprecated.",
  why: "The PHP installer calls itself deprecated and needs PHP with some extensions. Piped into php, its download can also fail without the build noticing, and the cron misses the CLI later. (Manual: “API tokens”; source of the CLI, `installer.php`.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "curl -sS https://platform.sh/cli/installer | php",
    after: installerCommands({ binary: "platform" })
      .map((command) => `${command} || exit 1`)
      .join("\n"),
  },
  ignore: "An old release is needed on purpose, as with --max.",
  check: ({ app }) =>
    isUpsun(app)
      ? []
      : buildInstallers(app)
          .filter(({ installation: { way, run, download } }) => {
            const pinned = [download, ...(run?.words ?? [])].some((word) => /--max\b/u.test(word));
            return way === "php" && !pinned;
          })
          .map(({ from, installation }) => ({
            message: `${from.called} installs the CLI with the deprecated PHP installer`,
            location: placeIn(from, installation),
            // A script that is downloaded first, or a path that names the old place, needs a person.
            ...(installation.piped && !/\.platformsh\b/u.test(app.text)
              ? {
                  fix: scriptFix(
                    from,
                    { title: "Use the current installer", disposition: "unsafe" },
                    swapCommand(
                      from.script.text,
                      installation,
                      installerCommands({ binary: "platform" }),
                      takesLines(from),
                    ),
                  ),
                }
              : {}),
          })),
});
