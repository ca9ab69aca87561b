import { catalogue } from "../src/audit/catalogue.ts";
import { manualAddress, manualPages } from "../src/audit/manual.ts";
import type { Needs, RuleDescription } from "../src/audit/rule.ts";
import { fixableInWords } from "../src/audit/words.ts";

/** The page of each rule, by its path from the top of the repository. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map(catalogue.map((rule) => [`docs/rules/${rule.id}.md`, page(rule)]));
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

The manual: [${manualPages[manual]}](${manualAddress(manual)})`
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
