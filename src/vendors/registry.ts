import type { VendorDistribution } from "./distribution.ts";
import { ibexa } from "./ibexa.ts";
import { magento } from "./magento.ts";
import { ownVendor } from "./own.ts";
import { platformsh } from "./platformsh.ts";
import { upsun } from "./upsun.ts";
import type { Vendor } from "./vendor.ts";
import { webpaas } from "./webpaas.ts";

/** Every vendor there is a record of, by the id that `--vendor` takes. */
export const vendors = { platformsh, upsun, ibexa, magento, webpaas } as const;

const records: readonly Vendor[] = Object.values(vendors);

/** One more, that the environment of this process describes. */
export const own = ownVendor(process.env, records);

/** All of them as a list, in the order in which they are offered. */
export const allVendors: readonly Vendor[] =
  own.kind === "vendor" ? [...records, own.vendor] : records;

/** The vendor whose CLI has this name; undefined where no record has it. */
export function vendorOfBinary(binary: string): Vendor | undefined {
  return allVendors.find((vendor) => vendor.binary === binary);
}

/** What is known of the ways in which the CLIs come, each with the CLI that it brings. */
export const distributions: readonly (VendorDistribution & { readonly binary: string })[] =
  allVendors.flatMap(({ binary, distribution }) =>
    distribution === undefined ? [] : [{ ...distribution, binary }],
  );

/** What the variables of a container begin with, each once: "PLATFORM_". */
export const containerPrefixes: readonly string[] = [
  ...new Set(allVendors.map(({ containerPrefix }) => containerPrefix)),
];

/** A pattern that fits any of some texts, without its slashes, as a part of another one. */
export function patternOfAny(texts: Iterable<string>): string {
  return `(?:${[...texts].map((text) => text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("|")})`;
}
