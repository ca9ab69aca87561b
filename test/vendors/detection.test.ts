import { expect, test } from "vitest";
import {
  detectVendor,
  knownVendor,
  productAgainst,
  shownClaim,
  shownDetected,
  type Traces,
} from "../../src/vendors/detection.ts";
import { vendors } from "../../src/vendors/registry.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";

const { platformsh, upsun, ibexa, magento, webpaas } = vendors;

function detected(traces: Partial<Traces>) {
  return detectVendor({ files: [], claims: [], hints: [], env: {}, ...traces });
}

function shown(traces: Partial<Traces>): string {
  const found = detected(traces);
  return [found, ...found.rivals].map(shownClaim).join(" against ");
}

const from = (because: string) => ({ because: `from ${because}` });

test.each<[string, Partial<Traces>, string]>([
  ["Upsun's file", { files: [".upsun/shop.yaml"] }, "Upsun (from .upsun/shop.yaml)"],
  [
    "Adobe's file",
    { files: ["web/.magento.app.yaml"] },
    "Adobe Commerce on Cloud (from web/.magento.app.yaml)",
  ],
  [
    "a file that several share",
    { files: [".platform.app.yaml"] },
    "Platform.sh (from .platform.app.yaml)",
  ],
  ["a file of another name", { files: ["deploy/app.yaml"] }, "Platform.sh (from deploy/app.yaml)"],
  [
    "a file that several share, and whose CLI is called",
    {
      files: [".platform.app.yaml"],
      claims: [{ vendor: ibexa, ...from("the cron nightly") }],
    },
    "Ibexa Cloud (from the cron nightly)",
  ],
  [
    "a project of Platform.sh that uses the CLI upsun",
    { files: [".platform.app.yaml"], claims: [{ vendor: upsun, ...from("the build hook") }] },
    "Upsun (from the build hook)",
  ],
  [
    "a project that was converted and whose scripts weren't",
    {
      files: [".upsun/config.yaml"],
      claims: [{ vendor: platformsh, ...from("the build hook") }],
    },
    "Upsun (from .upsun/config.yaml) against Platform.sh (from the build hook)",
  ],
  [
    "a conversion that left both files",
    { files: [".platform.app.yaml", ".upsun/config.yaml", "api/.platform.app.yaml"] },
    "Platform.sh (from .platform.app.yaml) against Upsun (from .upsun/config.yaml)",
  ],
  [
    "two CLIs in one project",
    {
      files: [".platform.app.yaml"],
      claims: [
        { vendor: ibexa, ...from("the build hook") },
        { vendor: platformsh, ...from("the cron nightly") },
      ],
    },
    "Platform.sh (from .platform.app.yaml) against Ibexa Cloud (from the build hook)",
  ],
  [
    "a remote below a domain of another vendor",
    {
      files: [".platform.app.yaml"],
      claims: [{ vendor: magento, ...from("the git remote origin") }],
    },
    "Platform.sh (from .platform.app.yaml) against Adobe Commerce on Cloud (from the git remote origin)",
  ],
  [
    "a package that is made for one vendor's projects",
    { files: [".platform.app.yaml"], hints: [{ vendor: ibexa, ...from("composer.json") }] },
    "Platform.sh (from .platform.app.yaml) against Ibexa Cloud (from composer.json)",
  ],
  [
    "such a package, and a script that calls platform",
    {
      files: [".platform.app.yaml"],
      claims: [{ vendor: platformsh, ...from("the cron nightly") }],
      hints: [{ vendor: ibexa, ...from("composer.json") }],
    },
    "Platform.sh (from .platform.app.yaml)",
  ],
  [
    "no file and a remote",
    { claims: [{ vendor: webpaas, ...from("the git remote ovhcloud") }] },
    "OVHcloud Web PaaS (from the git remote ovhcloud)",
  ],
  [
    "files of one vendor and the token of another, which is no conflict",
    { files: [".platform.app.yaml"], env: { UPSUN_CLI_TOKEN: "a-token" } },
    "Platform.sh (from .platform.app.yaml)",
  ],
  ["one token alone", { env: { UPSUN_CLI_TOKEN: "a-token" } }, "Upsun (UPSUN_CLI_TOKEN is set)"],
  [
    "the tokens of two",
    { env: { UPSUN_CLI_TOKEN: "a-token", PLATFORMSH_CLI_TOKEN: "another" } },
    "Platform.sh (nothing says otherwise)",
  ],
  [
    "the vendor that was named, whatever the files say",
    { named: upsun, files: [".platform.app.yaml", ".upsun/config.yaml"] },
    "Upsun (--vendor)",
  ],
])("whose project it is: %s", (_what, traces, expected) => {
  expect(shown(traces)).toBe(expected);
});

test("what the files speak for is said of a vendor that was named against them, and of no other", () => {
  const named = (vendor: Vendor, file: string) =>
    shownDetected(detected({ named: vendor, files: [file] }));
  expect(named(upsun, ".platform.app.yaml")).toBe(
    "Upsun (--vendor; without that Platform.sh, from .platform.app.yaml)",
  );
  expect(named(upsun, ".upsun/config.yaml")).toBe("Upsun (--vendor)");
});

test("a vendor that nothing speaks for isn't among what is known of a project", () => {
  const among = (traces: Partial<Traces>) => knownVendor(detected(traces));
  expect(among({})).toBeUndefined();
  expect(among({ env: { UPSUN_CLI_TOKEN: "a-token" } })).toEqual({
    name: "Upsun",
    because: "UPSUN_CLI_TOKEN is set",
  });
  expect(among({ files: [".platform.app.yaml"] })?.because).toBe("from .platform.app.yaml");
  expect(among({ named: platformsh })?.because).toBe("--vendor");
});

test("a product code speaks against files of another vendor, and one that isn't known against none", () => {
  const byFile = {
    vendor: upsun,
    because: "from .upsun/config.yaml",
    byFile: true,
    rivals: [],
  } as const;
  expect(productAgainst(byFile, "platformsh")).toBe(platformsh);
  expect(productAgainst(byFile, "upsun")).toBeUndefined();
  expect(productAgainst(byFile, "somebody-else")).toBeUndefined();
  expect(productAgainst(byFile, undefined)).toBeUndefined();
  const named = { vendor: upsun, because: "--vendor", rivals: [] };
  expect(productAgainst(named, "platformsh")).toBeUndefined();
});

test("no two vendors have a CLI, a token variable or an id in common", () => {
  const all = Object.values(vendors);
  for (const key of ["id", "binary", "prefix", "tokenEnv"] as const)
    expect(new Set(all.map((vendor) => vendor[key])).size).toBe(all.length);
  for (const [id, vendor] of Object.entries(vendors)) expect(vendor.id).toBe(id);
});
