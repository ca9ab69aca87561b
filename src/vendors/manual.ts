/**
 * The pages of the manual that rules rest on, by their paths below its address, with their titles. Paths are those of
 * the manual's sources (platformsh-docs, `sites/platform/src`), which its web site keeps.
 */
export const manualPages = {
  "administration/cli/api-tokens": "API tokens",
  "administration/cli/reference": "CLI command reference",
  "administration/users": "User administration",
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
  "integrations/source": "Source integrations",
  "learn/overview/build-deploy": "Build and deploy",
  "learn/overview/yaml/platform-yaml-tags": "YAML tags",
  "learn/overview/yaml/what-is-yaml": "What is YAML?",
} as const;

/** A page of the manual, by its path. */
export type ManualPage = keyof typeof manualPages;

/** A vendor's manual. */
export interface Manual {
  /** Its own pages, whole addresses, by the paths that Platform.sh's manual has for them. */
  readonly pages: Readonly<Partial<Record<ManualPage, string>>>;
  /** Where every other page is, with {page} for its path; without that, the page that leads to all others. */
  readonly elsewhere: string;
}

/** Where a page of a manual is on the web: the vendor's own page where that is known, else where all others are. */
export function manualAddress(page: ManualPage, { pages, elsewhere }: Manual): string {
  return pages[page] ?? elsewhere.replace("{page}", page);
}
