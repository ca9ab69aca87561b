import type { Rule } from "../../src/audit/rule.ts";
import type { Change } from "../../src/change/change.ts";
import { after, factsOf } from "./app.ts";
import type { RuleCases } from "./cases/case.ts";

/**
 * What a rule doesn't do that its examples ask for, one sentence each; none for a rule that keeps its word.
 * It is a function of the rule, so that it can be shown a rule that is wrong on purpose.
 */
export function brokenBy(rule: Rule, { fires, quiet, fixes = {} }: RuleCases): readonly string[] {
  const broken: string[] = [];
  for (const [when, example] of Object.entries(fires)) {
    const problems = rule.check(factsOf(example));
    if (problems.length === 0) broken.push(`it is not found when ${when}`);
    if (problems.some(({ message }) => message === "")) broken.push(`it says nothing when ${when}`);
  }
  for (const [when, example] of Object.entries(quiet)) {
    const [problem] = rule.check(factsOf(example));
    if (problem !== undefined) broken.push(`it is found when ${when}: ${problem.message}`);
  }
  const disposed = new Set<string>();
  for (const [when, example] of Object.entries(fires)) {
    const facts = factsOf(example);
    const problems = rule.check(facts);
    const planned = problems.flatMap(({ fix }) => fix?.() ?? []);
    for (const fix of planned) if (fix.kind === "changes") disposed.add(fix.disposition);
    const expected = fixes[when];
    const fix = planned.find(({ kind }) => kind === "changes");
    if (fix?.kind !== "changes") {
      if (expected !== undefined) broken.push(`it has no fix when ${when}`);
      continue;
    }
    const [change] = fix.changes;
    if (expected !== undefined && !isLike(change, expected))
      broken.push(`its fix comes to something else when ${when}: ${told(change)}`);
    if (fix.changes.every(({ kind }) => kind === "file")) {
      const left = rule.check(fix.changes.reduce(after, facts));
      if (left.length >= problems.length) broken.push(`its fix doesn't help when ${when}`);
    }
  }
  if (rule.fixable === "by-hand" && disposed.size > 0) broken.push("it says that it has no fix");
  if (rule.fixable !== "by-hand" && !disposed.has(rule.fixable))
    broken.push(`no example shows its ${rule.fixable} fix`);
  if (rule.fixable === "unsafe" && disposed.has("safe"))
    broken.push("it says that its fix needs a look");
  if (rule.fixable !== "by-hand" && Object.keys(fixes).length === 0)
    broken.push("no example shows what its fix comes to");
  for (const when of Object.keys(fixes))
    if (!(when in fires)) broken.push(`there is no example in which ${when}`);
  return broken;
}

function isLike(change: Change | undefined, expected: string | object): boolean {
  if (typeof expected === "string") return change?.kind === "file" && change.after === expected;
  return isPartOf(expected, change);
}

/** Whether all that an object has is in another one too. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part !== "object" || part === null) return Object.is(part, whole);
  if (typeof whole !== "object" || whole === null) return false;
  const found = new Map(Object.entries(whole));
  return Object.entries(part).every(([key, value]) => isPartOf(value, found.get(key)));
}

function told(change: Change | undefined): string {
  return change?.kind === "file" ? `\n${change.after}` : JSON.stringify(change);
}
