import { addBuildLines, replaceInScript } from "../../appfile/operations.ts";
import { withFileText } from "../../appfile/read.ts";
import { buildInstallers, type Installer, laterInstallers } from "../../automation/installers.ts";
import { fileChange } from "../../change/file-change.ts";
import { installerLines } from "../../shell/installer.ts";
import { withoutCommand } from "../../shell/replacement.ts";
import type { FixPlan } from "../finding.ts";
import { fixOf } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** The CLI is installed where nothing can be written. */
export const installerWrongHook = rule({
  id: "installer-wrong-hook",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "The CLI is installed in a hook or a cron that runs after the build.",
  why: "After the build the disk can only be read, and the installer asks for more rights than the app has: it ends with an error. Only the build hook can install. (Manual: “Hooks”, “Build and deploy”.)",
  manual: "create-apps/hooks",
  example: {
    before: `hooks:
    deploy: |
        curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash`,
    after: `hooks:
    build: |
        curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/platform-cli-installer.sh || exit 1
        bash /tmp/platform-cli-installer.sh || exit 1
        platform --version || exit 1`,
  },
  ignore: "It writes to a mount or to /tmp on purpose.",
  check: (facts) =>
    laterInstallers(facts.app)
      .filter(
        ({ installation: { way, settings } }) =>
          way !== "other" && way !== "vendor" && !settings.has("INSTALL_DIR"),
      )
      .map((installer) => ({
        message: `${installer.from.called} installs the CLI, where it can't be written to the disk`,
        location: placeIn(installer.from, installer.installation),
        fix: fixFor(facts, installer),
      })),
});

function fixFor({ app }: AuditFacts, { from, installation }: Installer): FixPlan {
  const there = buildInstallers(app).length > 0;
  const title = there ? "Take the installer out" : "Move the installer to the build hook";
  return fixOf({ title, disposition: "unsafe" }, () => {
    const taken = replaceInScript(from.script, withoutCommand(from.script.text, installation));
    const out = fileChange(taken, "take the installer out");
    if (there) return [out];
    const { binary = "platform" } = installation;
    const added = addBuildLines(
      withFileText(app, taken.file, taken.after),
      installerLines({ binary, installer: "bash" }),
    );
    return [out, fileChange(added, `install ${binary} in the build hook`)];
  });
}
