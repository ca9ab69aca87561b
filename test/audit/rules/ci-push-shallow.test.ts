import { expect, test } from "vitest";
import { audit } from "../../../src/audit/engine.ts";
import { ciPushShallow } from "../../../src/audit/rules/ci-push-shallow.ts";
import { processorTime } from "../../processor-time.ts";
import { factsOf } from "../app.ts";
import { job } from "../ci.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-push-shallow.cases.ts";

testRule(ciPushShallow, cases);

test("a long line that names Git again and again is looked through in time", () => {
  const pushes = Array.from({ length: 200 }, () => "    git push platform HEAD:main");
  const facts = factsOf(
    job(
      "push",
      "- uses: actions/checkout@v4",
      "- run: |",
      `    echo ${"git fetch ".repeat(4000)}`,
      ...pushes,
    ),
  );
  const seconds = processorTime();
  expect(audit(facts, [ciPushShallow]).length).toBeGreaterThan(0);
  expect(seconds()).toBeLessThan(5);
});
