import { isMap, isSeq } from "yaml";
import { runtimeCalls } from "../../automation/scripts.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { nodeAt, ownEntry, valueAt } from "../../yaml/nodes.ts";
import { itemToPaste, type Pasted } from "../../yaml/paste.ts";
import { vendorFor } from "../evidence/vendor.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The CLI can't get to the platform. */
export const firewallBlocksCli = rule({
  id: "firewall-blocks-cli",
  severity: "error",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "The app's firewall lets out no connection to the API that the CLI talks to.",
  why: "With firewall.outbound, only what is listed gets out. The CLI needs the API and the sign-in of its vendor on port 443, api.upsun.com and auth.upsun.com for Platform.sh and Upsun, and fails after a long wait without them. (Manual: “Firewall”; source of the CLI, its configuration.)",
  manual: "create-apps/image-properties/firewall",
  example: {
    before: "firewall:\n    outbound:\n        - domains: [github.com]",
    after:
      "firewall:\n    outbound:\n        - domains: [github.com, api.upsun.com, auth.upsun.com]",
  },
  ignore: "An address in the list covers them.",
  check: ({ app, vendor }) => {
    const firewall = nodeAt(app.map, ["firewall"], app.source.document);
    const outbound = isMap(firewall) ? ownEntry(firewall, "outbound") : undefined;
    const rows = valueAt(app.source.value, [...app.location.path, "firewall", "outbound"]);
    const list = nodeAt(outbound?.value, [], app.source.document);
    const [call] = runtimeCalls(app);
    if (outbound === undefined || !Array.isArray(rows) || call === undefined) return [];
    const hosts = hostsOf(vendorFor({ app, vendor }).vendor);
    const missing = hosts.filter((host) => !rows.some((row: unknown) => letsThrough(row, host)));
    return missing.length === 0
      ? []
      : [
          {
            message: `The firewall of ${app.name} doesn't let ${call.from.called} get to ${missing.join(" and ")}`,
            location: placeAt(app.source, outbound.keyStart, outbound.keyEnd),
            fix: byHand("Let the CLI through", {
              what: "How the list is kept in order, only you know",
              next: "add a rule to firewall.outbound",
              paste: itemToPaste(
                new Map<string, Pasted>([
                  ["protocol", "tcp"],
                  ["domains", { all: hosts }],
                  ["ports", { all: [443] }],
                ]),
                isSeq(list) ? { text: app.text, seq: list } : undefined,
              ),
            }),
          },
        ];
  },
});

/** The hosts that the CLI of a vendor talks to; none where no public source says so. */
function hostsOf({ hosts }: Vendor): readonly string[] {
  return hosts === undefined ? [] : [hosts.api, hosts.auth].map((address) => new URL(address).host);
}

/** Whether a row may let a host through on port 443; one with addresses may always. */
function letsThrough(row: unknown, host: string): boolean {
  const ports = valueAt(row, ["ports"]);
  if (Array.isArray(ports) && ports.length > 0 && !ports.some((port) => Number(port) === 443))
    return false;
  const domains = valueAt(row, ["domains"]);
  if (!Array.isArray(domains)) return true;
  const addresses = valueAt(row, ["ips"]);
  return Array.isArray(addresses) || domains.some((domain) => fits(String(domain), host));
}

/** Whether a domain is the host, or one above it with a star. */
function fits(domain: string, host: string): boolean {
  return domain === host || (domain.startsWith("*.") && host.endsWith(domain.slice(1)));
}
