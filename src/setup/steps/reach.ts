import { LastingFailure } from "../../failure.ts";
import { hasAddresses } from "../../platform/addresses.ts";
import { allVendors } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { refuseUnused } from "../flag-uses.ts";
import { inTheFile, type Part } from "../parts.ts";
import type { Step } from "../step.ts";

/**
 * What can be set up for the vendor at all: all of it; only what lives in the file, where nobody knows its API or that
 * takes no invitations, or its installer; or nothing, where its manual forbids the CLI in a project.
 */
export const reach: Step = {
  id: "reach",
  once: true,
  title: "Parts",
  needed: ({ request, answers }) => {
    const vendor = allVendors.find(({ id }) => id === answers.vendor?.value);
    return request.byHand !== undefined || (vendor !== undefined && !isPlain(vendor));
  },
  basis: ({ answers }) => answers.vendor?.value ?? "",
  open: async ({ request: asked }, { vendor, env }) => {
    if (vendor.installation.kind === "forbidden")
      throw new LastingFailure("usage", {
        what: `Nothing is set up in a project of ${vendor.name}`,
        why: vendor.installation.why,
        next: "machinist audit looks at what is there",
      });
    const { byHand: _before, ...request } = { ...asked, ...asked.byHand?.asked };
    const because = request.offline ? undefined : hindrance(vendor, env);
    const canDo = (part: Part) =>
      part === "installer"
        ? vendor.installation.kind === "script"
        : because === undefined || inTheFile.includes(part);
    const only = request.only.filter(canDo);
    if (only.length === request.only.length)
      return {
        kind: "settled",
        answer: { value: "asked", shown: request.only.join(", "), because: "as asked for" },
        request,
      };
    const why = [
      ...(because === undefined ? [] : [because]),
      ...(canDo("installer") ? [] : ["nobody says where its installer is"]),
    ].join(", and ");
    if (only.length === 0)
      throw new LastingFailure("usage", {
        what: `${request.only.join(", ")} can't be set up for ${vendor.name}`,
        where: "--only",
        why,
        next: `do that in the console of ${vendor.name}, or name only ${inTheFile.filter(canDo).join(",")}`,
      });
    refuseUnused(request.flagsGiven ?? [], { parts: only, offline: because });
    return {
      kind: "settled",
      answer: {
        value: "files",
        shown: `${only.join(", ")}; the rest is left to you`,
        because: why,
      },
      request: {
        ...request,
        offline: request.offline || because !== undefined,
        only,
        byHand: { because: why, asked: request },
      },
    };
  },
  take: async () => ({ kind: "reopen" }),
};

/** Whether nothing in its record keeps a part from being set up. */
function isPlain({ installation, invites, hosts }: Vendor): boolean {
  return installation.kind === "script" && invites && hosts !== undefined;
}

/** Why the parts that aren't in the file can't be done for a vendor; undefined when they can. */
function hindrance(vendor: Vendor, env: NodeJS.ProcessEnv): string | undefined {
  if (!vendor.invites) return `${vendor.name} takes no invitations from a program`;
  return hasAddresses(vendor, env)
    ? undefined
    : `no public source says where the API of ${vendor.name} is`;
}
