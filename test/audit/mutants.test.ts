import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rules } from "../../src/audit/registry.ts";
import type { AuditFacts, Rule } from "../../src/audit/rule.ts";
import { brokenBy } from "./expectations.ts";
import { allCases } from "./rule-cases.ts";

type Problem = ReturnType<Rule["check"]>[number];

/** A rule whose every problem is told in another way. */
function told(rule: Rule, change: (problem: Problem) => Problem): Rule {
  return { ...rule, check: (facts) => rule.check(facts).map(change) };
}

function moved(
  { location, ...problem }: Problem,
  key: "line" | "column" | "endLine" | "endColumn",
) {
  return location.kind === "file"
    ? { ...problem, location: { ...location, [key]: location[key] + 1 } }
    : { ...problem, location: { ...location, resource: `${location.resource}.` } };
}

/** The rule, which looks at the same facts only once: its mutants change what it says, not how it looks. */
function remembered(rule: Rule): Rule {
  const known = new WeakMap<AuditFacts, readonly Problem[]>();
  return {
    ...rule,
    check(facts) {
      const problems = known.get(facts) ?? rule.check(facts);
      known.set(facts, problems);
      return problems;
    },
  };
}

const found: Problem = { message: "found", location: { kind: "resource", resource: "somewhere" } };

/** Ways in which a rule can be wrong. */
const kinds: Readonly<Record<string, (rule: Rule) => Rule>> = {
  "finds nothing": (rule) => ({ ...rule, check: () => [] }),
  "always finds something": (rule) => ({
    ...rule,
    check: (facts) => [...rule.check(facts), found],
  }),
  "condition negated": (rule) => ({
    ...rule,
    check: (facts) => (rule.check(facts).length > 0 ? [] : [found]),
  }),
  "message changed": (rule) => told(rule, (problem) => ({ ...problem, message: "x" })),
  "line changed": (rule) => told(rule, (problem) => moved(problem, "line")),
  "column changed": (rule) => told(rule, (problem) => moved(problem, "column")),
  "last line changed": (rule) => told(rule, (problem) => moved(problem, "endLine")),
  "end changed": (rule) => told(rule, (problem) => moved(problem, "endColumn")),
  "severity changed": (rule) =>
    told(rule, ({ severity = rule.severity, ...problem }) => ({
      ...problem,
      severity: severity === "error" ? "info" : "error",
    })),
  "confidence changed": (rule) =>
    told(rule, ({ confidence = rule.confidence, ...problem }) => ({
      ...problem,
      confidence: confidence === "high" ? "low" : "high",
    })),
  "fix left out": (rule) => told(rule, ({ fix: _fix, ...problem }) => problem),
  "fix does nothing": (rule) =>
    told(rule, (problem) => {
      const fix = problem.fix?.();
      return fix?.kind === "changes"
        ? { ...problem, fix: () => ({ ...fix, changes: [] }) }
        : problem;
    }),
};

/** Whether a mutant of this kind can differ from the rule: one that never offers a fix has none to leave out. */
const applies: Readonly<Record<string, (fixes: readonly string[]) => boolean>> = {
  "fix left out": (fixes) => fixes.length > 0,
  "fix does nothing": (fixes) => fixes.some((fix) => !fix.startsWith("by hand: ")),
};

test("a rule that is wrong in any of these ways fails its cases", async () => {
  const cases = await allCases();
  const survivors: string[] = [];
  const killed = new Map<string, number>();
  for (const rule of rules.map(remembered)) {
    const { fires, quiet } = cases.get(rule.id) ?? { fires: {}, quiet: {} };
    const fixes = Object.values(fires).flatMap(({ finds }) => finds.flatMap(({ fix = [] }) => fix));
    for (const [kind, mutate] of Object.entries(kinds)) {
      if (applies[kind]?.(fixes) === false) continue;
      const [broken] = brokenBy(mutate(rule), { fires, quiet });
      if (broken !== undefined) killed.set(kind, (killed.get(kind) ?? 0) + 1);
      else survivors.push(`${rule.id}: ${kind}`);
    }
  }
  const rows = [...killed].map(([kind, count]) => `${String(count).padStart(4)}  ${kind}`);
  const total = [...killed.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${total} mutants of ${rules.length} rules killed:\n${rows.join("\n")}`);
  expect(survivors).toEqual([]);
});

test("every rule has its test and its cases, and every test its rule", () => {
  const files = readdirSync(join(import.meta.dirname, "rules"));
  const expected = rules.flatMap(({ id }) => [`${id}.cases.ts`, `${id}.test.ts`]);
  expect(files.toSorted()).toEqual(expected.toSorted());
});
