import { describe, expect, test } from "vitest";
import { audit } from "../../src/audit/engine.ts";
import type { AuditFacts, Rule } from "../../src/audit/rule.ts";
import { after, factsOf } from "./app.ts";
import { brokenBy } from "./expectations.ts";
import type { RuleCases } from "./rule-cases.ts";

/** Holds a rule to its cases: what it finds, where, in which words, and what its fixes come to. */
export function testRule(rule: Rule, cases: RuleCases): void {
  describe(rule.id, () => {
    test("has cases in which it is found, and such in which it isn't", () => {
      expect(Object.keys(cases.fires)).not.toEqual([]);
      expect(Object.keys(cases.quiet)).not.toEqual([]);
    });

    test("is found, told and put right as its cases say", () => {
      expect([...brokenBy(rule, cases)]).toEqual([]);
    });

    test("brings no new error with its fix", () => {
      for (const { given } of Object.values(cases.fires)) {
        const facts = factsOf(given);
        const before = errorsIn(facts);
        for (const { fix } of audit(facts, [rule])) {
          const planned = fix?.();
          if (planned?.kind === "changes")
            for (const error of errorsIn(planned.changes.reduce(after, facts)))
              expect(before).toContain(error);
        }
      }
    });
  });
}

function errorsIn(facts: AuditFacts): readonly string[] {
  return audit(facts)
    .filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
}
