import type { AppFile } from "../../appfile/app-file.ts";
import { buildInstallers } from "../../automation/installers.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { valueIn } from "../../fact.ts";
import { runtimeVariables } from "../../shell/build-variables.ts";
import { type DetectedVendor, productAgainst, shownClaim } from "../../vendors/detection.ts";
import { containerPrefixes } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { vendorFor } from "../evidence/vendor.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt, placeIn } from "../findings/places.ts";
import { type AuditFacts, type Problem, rule } from "../rule.ts";

/** The project has something of two vendors, as one that was converted and not to its end. */
export const halfConverted = rule({
  id: "half-converted",
  severity: "warning",
  confidence: "high",
  needs: "files",
  reads: ["settings"],
  fixable: "by-hand",
  what: "A project of one vendor installs the CLI of another, reads another's variables, or has its files as well.",
  why: "project:convert takes over hooks and crons word for word, and leaves the old files. Each CLI reads its token from a variable of its own, and each vendor's containers have variables of their own. (Manuals: “API tokens”, “Use variables”; source of the CLI, `project:convert`.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "curl -fsS https://platform.sh/cli/installer | php",
    after: "curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | bash",
  },
  ignore: "Both are wanted, each with its own token variable.",
  check: (facts) => {
    const { app } = facts;
    const detected = vendorFor(facts);
    return [
      ...otherInstallers(app, detected),
      ...otherVariables(app, detected.vendor),
      ...otherTraces(facts, detected),
      ...otherProduct(facts, detected),
    ];
  },
});

/** Where the build hook installs the CLI of a rival, in a project whose files are of one vendor. */
function otherInstallers(app: AppFile, { vendor, rivals }: DetectedVendor): readonly Problem[] {
  if (rivals.some(({ byFile }) => byFile)) return [];
  return buildInstallers(app).flatMap(({ from, installation }) => {
    const { binary = "", misplacedVendor } = installation;
    const other = rivals.find((rival) => rival.vendor.binary === binary)?.vendor;
    // Where the installer is told the right vendor in the wrong place, that is what has to be put right.
    if (other === undefined || misplacedVendor !== undefined) return [];
    return [
      {
        message: `${from.called} still installs the CLI of ${other.name}`,
        location: placeIn(from, installation),
        fix: byHand("Finish the conversion", {
          what: "Three things belong together: the installer, the commands and the token's variable",
          next: `install ${vendor.binary}, write it for ${other.binary} in the scripts, and name the variable ${vendor.tokenVariable}`,
        }),
      },
    ];
  });
}

/** Where a script reads what only another vendor's containers have; a guard of it never holds. */
function otherVariables(app: AppFile, { name, containerPrefix }: Vendor): readonly Problem[] {
  const others = containerPrefixes.filter((prefix) => prefix !== containerPrefix);
  return scriptsOf(app).flatMap((from) =>
    runtimeVariables(from.script.text).flatMap((variable) => {
      const prefix = others.find((one) => variable.name.startsWith(one));
      if (prefix === undefined) return [];
      return [
        {
          message: `${from.called} reads ${variable.name}, which no container of ${name} has`,
          severity: "error" as const,
          location: placeIn(from, variable),
          fix: byHand("Read the vendor's own variable", {
            what: "What is done with it has to be looked at",
            next: `read ${variable.name.replace(prefix, containerPrefix)} instead`,
          }),
        },
      ];
    }),
  );
}

/**
 * What else speaks for another vendor, told once with the first app: files, a Git remote, a package, a call. What the
 * build hook installs is told where it does, and a call of what isn't installed by its own rule.
 */
function otherTraces(
  { app, apps = [app] }: AuditFacts,
  detected: DetectedVendor,
): readonly Problem[] {
  const hasInstaller = apps.some((one) => buildInstallers(one).length > 0);
  const rivals = detected.rivals.filter(
    ({ byFile, vendor }) => byFile || !hasInstaller || !isInScripts(apps, vendor),
  );
  if (rivals.length === 0 || apps[0] !== app) return [];
  const end = app.text.indexOf("\n");
  return [
    {
      message: `the project is taken for one of ${shownClaim(detected)}, and may be one of ${rivals.map(shownClaim).join(" or ")}`,
      location: placeAt({ ...app.location, text: app.text }, 0, end === -1 ? app.text.length : end),
      fix: byHand("Say whose project it is", {
        what: "Which of them is meant can't be told",
        next: `take away what is left of the other, or name the vendor: --vendor ${[detected, ...rivals].map(({ vendor }) => vendor.id).join(" or --vendor ")}`,
      }),
    },
  ];
}

/** What the API says that the project is, told once with the first app, where its files say another thing. */
function otherProduct(
  { app, apps = [app], platform }: AuditFacts,
  detected: DetectedVendor,
): readonly Problem[] {
  const settings = platform && valueIn(platform.settings);
  const product = productAgainst(detected, settings?.productCode);
  if (product === undefined || platform === undefined || apps[0] !== app) return [];
  return [
    {
      message: `the API says that the project is one of ${product.name}, and the files are those of ${shownClaim(detected)}`,
      location: { kind: "resource", resource: `project ${platform.project.id}` },
      fix: byHand("Say whose project it is", {
        what: "Either the files are of another vendor, or another project is meant",
        next: `name the project with --project, or the vendor: --vendor ${product.id} or --vendor ${detected.vendor.id}`,
      }),
    },
  ];
}

/** Whether the scripts of the apps install or call the CLI of a vendor. */
function isInScripts(apps: readonly AppFile[], { binary }: Vendor): boolean {
  return apps.some(
    (app) =>
      buildInstallers(app).some(({ installation }) => installation.binary === binary) ||
      scriptsOf(app).some(({ reading }) => reading.commands.some((call) => call.binary === binary)),
  );
}
