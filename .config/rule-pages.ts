import { catalogue } from "../src/audit/registry.ts";
import type { Needs, RuleDescription } from "../src/audit/rule.ts";
import { fixableInWords } from "../src/audit/words.ts";
import { type ManualPage, manualAddress, manualPages } from "../src/vendors/manual.ts";
import { allVendors } from "../src/vendors/registry.ts";

/** The page of each rule, by its path from the top of the repository. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map(catalogue.map((rule) => [`docs/rules/${rule.id}.md`, page(rule)]));
}

/** The page of the manual of each vendor that has one of its own. */
function manualLinks(page: ManualPage): string {
  const addresses = new Map<string, string>();
  for (const { name, manual } of allVendors) {
    const address = manualAddress(page, manual);
    const isOwn = manual.pages[page] !== undefined || manual.elsewhere.includes("{page}");
    if (isOwn && !addresses.has(address)) addresses.set(address, name);
  }
  const links = [...addresses].map(([address, name]) => `[${name}](${address})`);
  return `The manual, “${manualPages[page]}”: ${links.join(", ")}`;
}

const needsInFull: Readonly<Record<Needs, string>> = {
  files: "Found in the files alone.",
  platform: "Needs the API: sign in first.",
  "machine-token":
    "Needs the machine user's own token (`--machine-token-stdin`); what the activities on the platform show is found without it.",
};

function page({
  id,
  severity,
  confidence,
  needs,
  fixable,
  what,
  why,
  manual,
  example,
  ignore,
}: RuleDescription) {
  return `# ${id}

${what}

Severity: ${severity}. Confidence: ${confidence}. ${needsInFull[needs]} Put right by \`--fix\`: ${fixableInWords[fixable]}.

## Why it matters

${why}${
  manual === undefined
    ? ""
    : `

${manualLinks(manual)}`
}

## Example

Instead of

\`\`\`
${example.before}
\`\`\`

write

\`\`\`
${example.after}
\`\`\`

## When to leave it

${ignore}
`;
}
