import { vendors } from "../vendors/registry.ts";
import type { Vendor } from "../vendors/vendor.ts";

/**
 * The pages of the manual that rules rest on, by their paths below its address, with their titles. Paths are those of
 * the manual's sources (platformsh-docs, `sites/platform/src`), which its web site keeps.
 */
export const manualPages = {
  "administration/cli/api-tokens": "API tokens",
  "administration/cli/reference": "CLI command reference",
  "create-apps/hooks": "Hooks",
  "create-apps/image-properties/access": "Access",
  "create-apps/image-properties/crons": "Crons",
  "create-apps/image-properties/firewall": "Firewall",
  "create-apps/image-properties/variables": "Variables",
  "create-apps/image-properties/workers": "Workers",
  "create-apps/source-operations": "Source operations",
  "create-apps/troubleshoot-mounts": "Troubleshoot mounts",
  "define-routes/https": "Configure routes, HTTPS",
  "development/troubleshoot": "Troubleshoot development",
  "development/variables/set-variables": "Set variables",
  "development/variables/use-variables": "Use variables",
  "environments/backup": "Back up environments",
  "environments/default-environment": "Change the default environment",
  "learn/overview/build-deploy": "Build and deploy",
  "learn/overview/yaml/platform-yaml-tags": "YAML tags",
  "learn/overview/yaml/what-is-yaml": "What is YAML?",
} as const;

/** A page of the manual, by its path. */
export type ManualPage = keyof typeof manualPages;

/** Where a page of the manual is on the web: the vendor's own page for it, as far as there is one that is known. */
export function manualAddress(page: ManualPage, { manual }: Vendor = vendors.platformsh): string {
  const { tokens, crons, pages }: Vendor["manual"] = manual;
  const own = pages?.[page];
  if (own !== undefined) return own;
  if (page === "administration/cli/api-tokens") return tokens;
  if (page === "create-apps/image-properties/crons") return crons;
  return `https://fixed.docs.upsun.com/${page}.html`;
}
