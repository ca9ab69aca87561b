import { expect, test } from "vitest";
import { audit } from "../../../src/audit/engine.ts";
import { ciDeleteUnguarded } from "../../../src/audit/rules/ci-delete-unguarded.ts";
import { processorTime } from "../../processor-time.ts";
import { factsOf } from "../app.ts";
import { job } from "../ci.ts";
import { testRule } from "../test-rule.ts";
import { cases } from "./ci-delete-unguarded.cases.ts";

testRule(ciDeleteUnguarded, cases);

test("a long line of comparisons is looked through in time", () => {
  const facts = factsOf(
    job(
      "delete",
      "- env:",
      `    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}`,
      "  run: |",
      `    echo ${"x=".repeat(40_000)}`,
      `    upsun environment:delete --project P --yes "\${{ github.event.ref }}"`,
    ),
  );
  const seconds = processorTime();
  expect(audit(facts, [ciDeleteUnguarded])).toHaveLength(1);
  expect(seconds()).toBeLessThan(5);
});

test("the lines to paste call the CLI that the job calls", () => {
  const facts = factsOf(
    job(
      "delete",
      "- env:",
      `    IBEXA_CLI_TOKEN: \${{ secrets.IBEXA_CLI_TOKEN }}`,
      `  run: ibexa_cloud environment:delete --project P --yes "\${{ github.event.ref }}"`,
    ),
  );
  const [finding] = audit(facts, [ciDeleteUnguarded]);
  expect(JSON.stringify(finding?.fix?.())).toContain("type=$(ibexa_cloud environment:info type");
});
