import { manualAddress } from "../../vendors/manual.ts";
import type { Vendor } from "../../vendors/vendor.ts";

/** What is known of a vendor in words, each fact with its name; what is nothing by itself is said so. */
export function vendorFacts(vendor: Vendor): readonly (readonly [string, string])[] {
  const { id, binary, tokenEnv, containerPrefix, files, git, hosts, cronKey, manual } = vendor;
  return [
    ["--vendor", id],
    ["CLI", binary],
    ["token variable", tokenEnv],
    ["variables of a container", `${containerPrefix}…`],
    ["application file", files.app],
    ["own Git servers", git.ownDomains.join(", ") || "none of its own"],
    ["API", hosts?.api ?? "not public"],
    ["installer", installerInWords(vendor)],
    ["setup", reachInWords[reachOf(vendor)]],
    ["commands of a cron", cronKey],
    ["manual, API tokens", manualAddress("administration/cli/api-tokens", manual)],
    ["manual, crons", manualAddress("create-apps/image-properties/crons", manual)],
    ["manual, users", manualAddress("administration/users", manual)],
  ];
}

/** The same as programs read it. */
export function vendorData(vendor: Vendor) {
  const { id, name, binary, tokenEnv, containerPrefix, files, hosts, installation } = vendor;
  return {
    id,
    name,
    cli: binary,
    tokenVariable: tokenEnv,
    containerPrefix,
    applicationFile: files.app,
    api: hosts?.api ?? null,
    installer: installation.kind === "script" ? installation.url : null,
    setup: reachOf(vendor),
  };
}

/** How much of a setup there can be. */
function reachOf({ installation, invites, hosts }: Vendor): "all" | "files" | "refused" {
  if (installation.kind === "forbidden") return "refused";
  return invites && hosts !== undefined ? "all" : "files";
}

const reachInWords = {
  all: "all of it",
  files: "the files; the rest as steps",
  refused: "refused in words; audit only",
} as const;

function installerInWords({ installation }: Vendor): string {
  if (installation.kind === "script")
    return `${installation.url}, run by ${installation.interpreter}`;
  return installation.kind === "forbidden"
    ? "none: its manual has the CLI for workstations"
    : "not known";
}
