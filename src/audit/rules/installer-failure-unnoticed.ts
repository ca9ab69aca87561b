import { buildInstallers, takesLines } from "../../automation/installers.ts";
import { type AppScript, inScript } from "../../automation/scripts.ts";
import { shellWord } from "../../shell/guard.ts";
import { type Installation, isVerified } from "../../shell/installation.ts";
import { installerCommands } from "../../shell/installer.ts";
import { swapCommand } from "../../shell/replacement.ts";
import { vendorOfBinary } from "../../vendors/registry.ts";
import type { FixPlan } from "../finding.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The build goes on without the CLI when its installer can't be downloaded. */
export const installerFailureUnnoticed = rule({
  id: "installer-failure-unnoticed",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "The build hook pipes the installer's download into a shell, and nothing looks whether the CLI is there afterwards.",
  why: "Hooks run in dash, which only minds the last command of a pipe: a download that fails leaves an empty script, and that succeeds. The build passes, and at night the cron has no CLI. (Manual: “Hooks”, “API tokens”.)",
  manual: "create-apps/hooks",
  example: {
    before: "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash",
    after: installerCommands({ binary: "platform" })
      .map((command) => `${command} || exit 1`)
      .join("\n"),
  },
  ignore: "Something that the build hook calls looks for the CLI.",
  check: ({ app }) =>
    buildInstallers(app)
      .filter(
        ({ from, installation }) =>
          isPipedIntoShell(installation) && !isVerified(from.script.text, installation.end),
      )
      .map(({ from, installation }) => ({
        message: `${from.called} doesn't notice when the CLI can't be downloaded`,
        location: placeIn(from, installation),
        ...(isAsInManual(installation) ? { fix: downloadFirst(from, installation) } : {}),
      })),
});

/** Another vendor's installer may be one for PHP, which runs an empty script as silently as a shell does. */
function isPipedIntoShell({ way, piped, run }: Installation): boolean {
  if (!piped) return false;
  return way === "bash" || (way === "vendor" && interpreters.has(run?.words[0] ?? ""));
}

const interpreters = new Set(["sh", "bash", "dash", "php"]);

/** Whether what runs it is what the vendor's manual has: only then is it known how the script is run from a file. */
function isAsInManual({ way, binary, run }: Installation): boolean {
  if (way === "bash") return true;
  const manual = vendorOfBinary(binary ?? "")?.installation;
  return manual?.kind === "script" && manual.interpreter === run?.words[0];
}

function downloadFirst(from: AppScript, installation: Installation): FixPlan {
  const commands = installerCommands({
    curl: curlOf(installation),
    settings: [...installation.runSettings].map(([name, value]) => `${name}=${shellWord(value)}`),
    binary: installation.binary ?? "platform",
  });
  const swap = swapCommand(from.script.text, installation, commands, takesLines(from));
  const place = inScript(from, installation);
  const title = "Download first, then install and look for the CLI";
  if (installation.way === "vendor")
    return scriptFix(from, { title, disposition: "unsafe", because: placeUnknown }, swap);
  const { ends } = swap;
  return scriptFix(from, { title, promises: { kind: "instead", place, commands, ends } }, swap);
}

const placeUnknown =
  "no manual says where this installer puts the CLI, and it may not be found under its name during the build";

/** The download as it was, with an error of the server made a failure. */
function curlOf({ download, fails }: Installation): string {
  return fails ? download : download.replace(/\bcurl\b/u, "curl -f");
}
