import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { rules } from "../../src/audit/registry.ts";
import { toldIn } from "./expectations.ts";
import { allCases, type FiringCase, type Told } from "./rule-cases.ts";

// Writes what rules find into their cases, for a person to read: `npm run findings -- RULE…`, all unless some are named.

const named = process.argv.slice(2);
const cases = await allCases();
for (const rule of rules.filter(({ id }) => named.length === 0 || named.includes(id))) {
  const file = join(import.meta.dirname, "rules", `${rule.id}.cases.ts`);
  const text = readFileSync(file, "utf8");
  const findings = (firing: FiringCase) => asSource(toldIn(rule, firing));
  const written = Object.entries(cases.get(rule.id)?.fires ?? {}).map(
    ([when, firing]) => [when, findings(firing)] as const,
  );
  writeFileSync(file, withFindings(file, text, new Map(written)));
}

/** What was found as source text; a text with `${` is a template, as the linter has it. */
function asSource(told: readonly Told[]): string {
  return JSON.stringify(told, undefined, 2).replace(/"(?:[^"\\]|\\.)*"/gu, (text) =>
    text.includes("${")
      ? `\`${text.slice(1, -1).replaceAll("`", "\\`").replaceAll("${", "\\${")}\``
      : text,
  );
}

/** The text of a file of cases, with other findings for these situations. */
function withFindings(file: string, text: string, findings: ReadonlyMap<string, string>): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return findsIn(source)
    .toReversed()
    .reduce((whole, { situation, value }) => {
      const written = findings.get(situation) ?? value.getText();
      return whole.slice(0, value.getStart()) + written + whole.slice(value.end);
    }, text);
}

/** The values of `finds` in their order, each with the name of the situation that it belongs to. */
function findsIn(
  node: ts.Node,
  situation = "",
): readonly { readonly situation: string; readonly value: ts.Expression }[] {
  const name =
    ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name)
      ? node.name.text
      : undefined;
  if (ts.isPropertyAssignment(node) && name === "finds")
    return [{ situation, value: node.initializer }];
  const within: { readonly situation: string; readonly value: ts.Expression }[] = [];
  ts.forEachChild(node, (child) => {
    within.push(...findsIn(child, name ?? situation));
  });
  return within;
}
