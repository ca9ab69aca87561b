import { catalogue } from "../../audit/registry.ts";
import { manualAddress, manualPages } from "../../vendors/manual.ts";
import type { Vendor } from "../../vendors/vendor.ts";

/** What there is to say about a rule, one line an entry; nothing about an id that is no rule's. */
export function explanation(id: string, { name, manual: own }: Vendor): readonly string[] {
  const rule = catalogue.find((candidate) => candidate.id === id);
  if (rule === undefined) return [];
  const { what, why, manual, example, ignore } = rule;
  return [
    what,
    "",
    `Why: ${why}`,
    "",
    "Instead of",
    ...indented(example.before),
    "write",
    ...indented(example.after),
    "",
    `Leave it when: ${ignore}`,
    ...(manual === undefined
      ? []
      : ["", `The manual of ${name}, “${manualPages[manual]}”: ${manualAddress(manual, own)}`]),
  ];
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => `    ${line}`);
}
