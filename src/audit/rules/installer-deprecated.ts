import type { AppFile } from "../../appfile/app-file.ts";
import { composerDependency, type Pin, pinnedBy } from "../../automation/installed-release.ts";
import { buildInstallers, takesLines } from "../../automation/installers.ts";
import { installerCommands } from "../../shell/installer.ts";
import { isBefore } from "../../shell/release.ts";
import { swapCommand } from "../../shell/replacement.ts";
import { vendorOfFile } from "../../vendors/detection.ts";
import { vendors } from "../../vendors/registry.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeAt, placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The CLI comes from the old PHP installer, or is an old package of Composer. */
export const installerDeprecated = rule({
  id: "installer-deprecated",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "The CLI comes from the PHP installer, which is deprecated, or is an old package of Composer.",
  why: "The PHP installer calls itself deprecated and needs PHP with some extensions. When it is piped into php, its download can also fail without the build noticing, and the cron has no CLI later. Of Composer's package platformsh/cli, versions 1 to 3 are years old and lack what newer ones can do. (Manual: “API tokens”; source of the CLI, `installer.php`.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "curl -sS https://platform.sh/cli/installer | php",
    after: installerCommands({ binary: "platform" })
      .map((command) => `${command} || exit 1`)
      .join("\n"),
  },
  ignore: "An old release is needed on purpose, as with --max.",
  check: ({ app }) => [...oldPackages(app), ...phpInstallers(app)],
});

/** The CLI among the dependencies of the app, or required in the build hook, in a version that is years old. */
function oldPackages(app: AppFile) {
  const dependency = composerDependency(app);
  const declared =
    dependency !== undefined && isOld(dependency.pin)
      ? [
          {
            message: `The app depends on ${dependency.name} ${dependency.constraint}, an old version of the CLI`,
            location: placeAt(app.source, dependency.entry.keyStart, dependency.entry.keyEnd),
          },
        ]
      : [];
  const required = buildInstallers(app)
    .filter(({ installation }) => /\bcomposer\b/u.test(installation.download))
    .filter(({ installation }) => isOld(pinnedBy(installation)))
    .map(({ from, installation }) => ({
      message: `${from.called} requires an old version of the CLI with Composer`,
      location: placeIn(from, installation),
    }));
  return [...declared, ...required];
}

function isOld(pin: Pin | undefined): boolean {
  return pin !== undefined && isBefore(pin.newest, [4, 0, 0]);
}

function phpInstallers(app: AppFile) {
  return vendorOfFile(app.location.shown) === vendors.upsun
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
        }));
}
