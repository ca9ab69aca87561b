import type { AppFile } from "../../appfile/app-file.ts";
import { addBuildLines } from "../../appfile/operations.ts";
import { cliSourceOf, uncalledBuildInstaller } from "../../automation/installers.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { type Binary, installerLines } from "../../shell/installer.ts";
import type { CliCommand } from "../../shell/script.ts";
import { vendorOfBinary } from "../../vendors/registry.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, fileFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** An app calls the CLI at runtime, and nothing at build puts it there. */
export const installerMissing = rule({
  id: "installer-missing",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A cron, a hook or a command calls the CLI, but the app's build hook doesn't install it.",
  why: "Every app is built on its own, and images come without the CLI: the command isn't found. (Manual: “How deploying works”, “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: `hooks:
    build: |
        composer install
crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: platform backup:create --yes --no-wait`,
    after: `hooks:
    build: |
        curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/platform-cli-installer.sh || exit 1
        bash /tmp/platform-cli-installer.sh || exit 1
        platform --version || exit 1
        composer install
crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: platform backup:create --yes --no-wait`,
  },
  ignore:
    "The CLI comes from somewhere the audit doesn't look, such as a binary in the repository.",
  check: ({ app }) => {
    const uses = scriptsOf(app)
      // A source operation has a container of its own, which the build hook doesn't see to.
      .filter(({ kind }) => kind !== "build" && kind !== "source_operation")
      .flatMap((from) =>
        from.reading.commands.filter(isInstalledOne).map((command) => ({ from, command })),
      );
    const [first] = uses;
    if (first === undefined) return [];
    const source = cliSourceOf(app);
    if (source.kind === "known") return [];
    const { binary } = first.command;
    const isProven = source.kind === "absent";
    const missing = `${first.from.called} calls ${binary}, but the build hook of ${app.name} doesn't install it`;
    const uncalled = uncalledBuildInstaller(app);
    const proven = uncalled === undefined ? missing : `${missing}: it never calls ${uncalled}`;
    return [
      {
        message: isProven ? proven : `${missing} by itself, and ${source.why}`,
        ...(isProven ? {} : { severity: "warning" as const, confidence: "low" as const }),
        location: placeIn(first.from, first.command),
        fix: installing(app, binary, isProven ? undefined : source.why),
      },
    ];
  },
});

/**
 * Lines in the build hook; where the vendor forbids that, what a person can do instead.
 *
 * @param doubt why it may be installed already
 */
function installing(app: AppFile, binary: Binary, doubt: string | undefined): FixPlan {
  const vendor = vendorOfBinary(binary);
  if (vendor?.installation.kind === "forbidden")
    return byHand(`Call ${binary} from elsewhere`, {
      what: `${binary} can't be installed in a project of ${vendor.name}`,
      why: vendor.installation.why,
      next: "run the job where the CLI is, such as in a CI system",
    });
  if (vendor?.installation.kind === "unknown")
    return byHand(`Install ${binary} in the build hook`, {
      what: `Where the installer of ${binary} is isn't known`,
      next: `take it from the manual of ${vendor.name}, and end it with: ${binary} --version || exit 1`,
    });
  const lines = () => installerLines({ binary, installer: "bash" });
  const title = `Install ${binary} in the build hook`;
  const promising = {
    title,
    of: app,
    get promises() {
      return { kind: "first", lines: lines() } as const;
    },
  };
  return fileFix(
    doubt === undefined ? promising : { title, disposition: "unsafe", because: doubt },
    () => addBuildLines(app, lines()),
  );
}

/** Whether a call means the CLI on the path, or where an installer puts it; any other path is the project's own. */
function isInstalledOne({ program, binary }: CliCommand): boolean {
  return program === binary || /\/\.(?:platformsh|global|local)\/bin\//u.test(program);
}
