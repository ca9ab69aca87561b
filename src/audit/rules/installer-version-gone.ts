import { buildInstallers } from "../../automation/installers.ts";
import { isBefore, releaseOf } from "../../shell/release.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The installer is told to install a release that it can't download any more. */
export const installerVersionGone = rule({
  id: "installer-version-gone",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "The installer is told to install a release of the CLI that is no longer where it looks.",
  why: "The releases moved to another repository with 5.10.0, and the current installer looks only there: an older one isn't found, and the build ends or goes on without the CLI. (Source of the installer, `installer.sh`.)",
  example: {
    before: "VERSION=4.20.0 bash /tmp/platform-cli-installer.sh",
    after: "VERSION=5.11.0 bash /tmp/platform-cli-installer.sh",
  },
  ignore: "URL names another place, or the installer is an old one.",
  check: ({ app }) =>
    buildInstallers(app)
      .filter(
        ({ installation: { way, version = "", settings, download } }) =>
          way === "bash" &&
          isGone(version) &&
          !settings.has("URL") &&
          /\/(?:main|master|HEAD)\//u.test(download),
      )
      .map(({ from, installation: { version, ...place } }) => ({
        message: `${from.called} installs release ${version} of the CLI, which can't be downloaded any more`,
        location: placeIn(from, place),
      })),
});

/** The first release in the repository that the installer looks into. */
const firstThere = [5, 10, 0] as const;

function isGone(version: string): boolean {
  const release = releaseOf(version);
  return release !== undefined && isBefore(release, firstThere);
}
