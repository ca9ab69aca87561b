import type { AppLocation } from "../../src/appfile/locate.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import type { Finding } from "../../src/audit/finding.ts";
import type { AuditFacts } from "../../src/audit/rule.ts";

const location: AppLocation = {
  file: "/shop/.platform.app.yaml",
  shown: ".platform.app.yaml",
  form: "single",
  path: [],
  name: "shop",
};

const installed = `hooks:
    build: |
        set -e
        curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh
        bash /tmp/i.sh
`;

/** An application file with the CLI installed and one cron that runs these lines. */
export function withCron(...lines: readonly string[]): string {
  const script = lines.map((line) => `                ${line}\n`).join("");
  return `name: shop\ntype: 'php:8.3'\n${installed}crons:\n    job:\n        spec: '0 5 * * *'\n        commands:\n            start: |\n${script}`;
}

/** What the audit finds in a text. */
export function findingsIn(text: string, facts: Omit<AuditFacts, "app"> = {}): readonly Finding[] {
  return audit({ app: parseApp(location, text), ...facts });
}

/** The text after the fix of the first finding of a rule; undefined when there is no fix that changes the file. */
export function fixed(
  text: string,
  rule: string,
  facts: Omit<AuditFacts, "app"> = {},
): string | undefined {
  const finding = findingsIn(text, facts).find((candidate) => candidate.rule === rule);
  if (finding?.fix?.kind !== "changes") return undefined;
  const [change] = finding.fix.changes;
  return change?.kind === "file" ? change.after : undefined;
}
