import { type Finding, severities } from "./finding.ts";
import { rules as allRules } from "./registry.ts";
import type { AuditFacts, ProjectFacts, ProjectRule, Rule, RuleOn } from "./rule.ts";

/**
 * Applies every rule whose facts are known, and gives what they find in the order of the file; what is on the platform
 * comes last.
 *
 * @param rules those to apply; all unless given
 */
export function audit(facts: AuditFacts, rules: readonly Rule[] = allRules): readonly Finding[] {
  return applied(rules, facts);
}

/** The same of rules that look at a repository, which may be one without an app. */
export function auditProject(
  facts: ProjectFacts,
  rules: readonly ProjectRule[],
): readonly Finding[] {
  return applied(rules, facts);
}

function applied<Facts extends ProjectFacts>(
  rules: readonly RuleOn<Facts>[],
  facts: Facts,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const rule of rules)
    if (rule.needs === "files" || facts.platform !== undefined)
      found.push(...findings(rule, facts));
  return found.sort(inOrder).filter(isFirstOfItsKind);
}

/** A script that several call is looked at for each of them: what is wrong in one place is told once. */
function isFirstOfItsKind(finding: Finding, index: number, all: readonly Finding[]): boolean {
  const before = all[index - 1];
  return before === undefined || before.rule !== finding.rule || !isSamePlace(before, finding);
}

function isSamePlace({ location: a }: Finding, { location: b }: Finding): boolean {
  return (
    a.kind === "file" &&
    b.kind === "file" &&
    a.file === b.file &&
    a.line === b.line &&
    a.column === b.column &&
    a.endLine === b.endLine &&
    a.endColumn === b.endColumn
  );
}

function findings<Facts>(rule: RuleOn<Facts>, facts: Facts): readonly Finding[] {
  const { severity, confidence } = rule;
  return rule.check(facts).map((problem) => ({
    rule: rule.id,
    severity,
    confidence,
    why: rule.why,
    ...problem,
  }));
}

/** By file, line and column, then the gravest first. */
export function inOrder(a: Finding, b: Finding): number {
  const [left, right] = [placeOf(a), placeOf(b)];
  return (
    compare(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compare(a.rule, b.rule)
  );
}

function placeOf({ location }: Finding) {
  return location.kind === "file" ? location : { file: "\u{FFFF}", line: 0, column: 0 };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
