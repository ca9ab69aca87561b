import fc from "fast-check";
import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";
import { contradictions } from "./contradiction.ts";
import { hasDash, whatRuns } from "./dash.ts";
import { guardScript } from "./oracle-scripts.ts";

test.runIf(hasDash)("what is said of a guard is what dash does", () => {
  const scripts = fc.sample(guardScript, { seed: 20, numRuns: 300 });
  const ran = whatRuns(scripts);
  const wrong = scripts.flatMap((text, index) =>
    contradictions(readScript(text), ran[index] ?? []).map((said) => ({ said, text })),
  );
  wrong.sort((a, b) => a.text.length - b.text.length);
  expect(wrong.slice(0, 3)).toEqual([]);
});
