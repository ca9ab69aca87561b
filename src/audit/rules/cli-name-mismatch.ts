import { buildInstallers, listedClis } from "../../automation/installers.ts";
import { calledByBuild, scriptsOf } from "../../automation/scripts.ts";
import type { Binary } from "../../shell/installer.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** The CLI is called by another name than the one that is installed. */
export const cliNameMismatch = rule({
  id: "cli-name-mismatch",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A script calls the CLI by another name than the installer gives it.",
  why: "An installer brings the CLI of one vendor, under one name: any other name isn't found. Each also reads the token from a variable with a name of its own. (Manual: “Install the CLI”, “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: `VENDOR=upsun bash /tmp/platform-cli-installer.sh
…
platform backup:create --yes --no-wait`,
    after: `VENDOR=upsun bash /tmp/platform-cli-installer.sh
…
upsun backup:create --yes --no-wait`,
  },
  ignore: "A link or an alias gives the CLI the other name.",
  check: (facts) => {
    const calls = scriptsOf(facts.app).flatMap((from) =>
      from.reading.commands
        .filter(({ program, binary }) => program === binary)
        .map((command) => ({ from, command })),
    );
    if (calls.length === 0) return [];
    const installed = installedNames(facts);
    const [only, second] = installed;
    if (only === undefined || second !== undefined || hasOtherName(facts)) return [];
    return calls
      .filter(({ command }) => command.binary !== only)
      .map(({ from, command }) => {
        const start = from.script.text.indexOf(command.program, command.start);
        return {
          message: `${from.called} calls ${command.binary}, but what is installed is ${only}`,
          location: placeIn(from, command),
          fix: scriptFix(
            from,
            { title: `Call ${only} instead`, disposition: "unsafe" },
            { start, end: start + command.program.length, text: only },
          ),
        };
      });
  },
});

/** The names under which the build installs the CLI; none when one of them can't be told. */
function installedNames({ app }: AuditFacts): ReadonlySet<Binary> {
  const found = buildInstallers(app).map(({ installation }) => installation);
  const names = new Set<Binary>();
  for (const { binary, misplacedVendor } of found) {
    // Where the vendor has no effect, that is the one thing to put right.
    if (binary === undefined || misplacedVendor !== undefined) return new Set();
    names.add(binary);
  }
  for (const { binary } of listedClis(app)) names.add(binary);
  return names;
}

/** Whether anything links or aliases the CLI. */
function hasOtherName({ app, environmentFile }: AuditFacts): boolean {
  const texts = [app.text, environmentFile?.text, ...calledByBuild(app)];
  return texts.some((text) => renames.test(text ?? ""));
}

const renames = new RegExp(
  `\\b(?:ln|alias|cp|mv)\\b.*\\b${patternOfAny(allVendors.map(({ binary }) => binary))}\\b`,
  "u",
);
