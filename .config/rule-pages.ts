import { rules } from "../src/audit/registry.ts";
import type { Rule } from "../src/audit/rule.ts";

/** The page of each rule, by its path from the top of the repository. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map(rules.map((rule) => [`docs/rules/${rule.id}.md`, page(rule)]));
}

function page({ id, severity, needs, what, why, example, ignore }: Rule): string {
  return `# ${id}

${what}

Severity: ${severity}. ${needs === "files" ? "Found in the files alone." : "Needs the API: sign in first."}

## Why it matters

${why}

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
