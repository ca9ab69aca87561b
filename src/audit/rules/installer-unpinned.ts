import { buildInstallers } from "../../automation/installers.ts";
import { isVerified } from "../../shell/installation.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** Each build may bring another CLI, and nothing looks whether it works. */
export const installerUnpinned = rule({
  id: "installer-unpinned",
  severity: "info",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "The build hook installs the newest CLI, whichever that is, and doesn't look whether it works.",
  why: "Without VERSION the installer asks GitHub for the newest release, which answers only so many questions an hour from one address, and two builds of the same code may get different releases. A build that looks for the CLI afterwards at least stops. (Source of the installer, `installer.sh`.)",
  example: {
    before: "bash /tmp/platform-cli-installer.sh",
    after: "VERSION=5.11.0 bash /tmp/platform-cli-installer.sh",
  },
  ignore: "The newest release is wanted.",
  check: ({ app }) =>
    buildInstallers(app)
      .filter(
        ({ from, installation }) =>
          installation.way === "bash" &&
          installation.version === undefined &&
          /\/(?:main|master|HEAD)\//u.test(installation.download) &&
          !isVerified(from.script.text, installation.run?.end ?? installation.end),
      )
      .map(({ from, installation }) => ({
        message: `${from.called} installs whichever release of the CLI is the newest`,
        location: placeIn(from, installation),
      })),
});
