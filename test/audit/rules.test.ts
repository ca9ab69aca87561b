import { describe, expect, test } from "vitest";
import { audit } from "../../src/audit/engine.ts";
import { rules } from "../../src/audit/registry.ts";
import type { AuditFacts, Rule } from "../../src/audit/rule.ts";
import { after, factsOf } from "./app.ts";
import type { RuleCases } from "./cases/case.ts";
import { cases } from "./cases/cases.ts";
import { brokenBy } from "./expectations.ts";

const rows = rules.map((rule) => [rule.id, rule, casesOf(rule)] as const);

function casesOf({ id }: Rule): RuleCases {
  return cases.find(({ rule }) => rule === id) ?? { rule: id, fires: {}, quiet: {} };
}

describe.each(rows)("%s", (_id, rule, of) => {
  test("has examples in which it is found, and such in which it isn't", () => {
    expect(Object.keys(of.fires)).not.toEqual([]);
    expect(Object.keys(of.quiet)).not.toEqual([]);
  });

  test("is found and put right as its examples say", () => {
    expect(brokenBy(rule, of)).toEqual([]);
  });

  test("brings no new error with its fix", () => {
    for (const example of Object.values(of.fires)) {
      const facts = factsOf(example);
      const before = errorsIn(facts);
      for (const problem of rule.check(facts)) {
        const fix = problem.fix?.();
        if (fix?.kind === "changes")
          for (const error of errorsIn(fix.changes.reduce(after, facts)))
            expect(before).toContain(error);
      }
    }
  });

  // A finding, a fix or a severity that the rule only seemed to have would not be missed otherwise.
  test.each(Object.entries(mutants))("would not pass if %s", (_what, mutate) => {
    const mutant = mutate(rule);
    if (mutant !== undefined) expect(brokenBy(mutant, of)).not.toEqual([]);
  });
});

type Mutate = (rule: Rule) => Rule | undefined;

const somewhere = { kind: "resource", resource: "somewhere" } as const;

/** Ways in which a rule can be wrong. */
const mutants: Readonly<Record<string, Mutate>> = {
  "it found nothing": (rule) => ({ ...rule, check: () => [] }),
  "it always found something": (rule) => ({
    ...rule,
    check: (facts) => [...rule.check(facts), { message: "found", location: somewhere }],
  }),
  "it found the opposite": (rule) => ({
    ...rule,
    check: (facts) =>
      rule.check(facts).length > 0 ? [] : [{ message: "found", location: somewhere }],
  }),
  "it fixed nothing": (rule) =>
    rule.fixable === "by-hand"
      ? undefined
      : {
          ...rule,
          check: (facts) => rule.check(facts).map(({ fix: _fix, ...problem }) => problem),
        },
  "its fix did nothing": (rule) =>
    rule.fixable === "by-hand"
      ? undefined
      : {
          ...rule,
          check: (facts) =>
            rule.check(facts).map((problem) => {
              const fix = problem.fix?.();
              return fix?.kind === "changes"
                ? { ...problem, fix: () => ({ ...fix, changes: [] }) }
                : problem;
            }),
        },
};

function errorsIn(facts: AuditFacts): readonly string[] {
  return audit(facts)
    .filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
}

test("every example belongs to a rule", () => {
  const ids = rules.map(({ id }) => id);
  for (const { rule } of cases) expect(ids).toContain(rule);
  expect(new Set(cases.map(({ rule }) => rule)).size).toBe(cases.length);
});
