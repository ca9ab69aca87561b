import fc from "fast-check";
import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";
import { ofScripts } from "../amounts.ts";
import { contradictions } from "./contradiction.ts";
import { whatRuns } from "./dash.ts";
import { calledScripts, guardScript } from "./oracle-scripts.ts";

test("what is said of a guard is what dash does", () => {
  const scripts = fc.sample(guardScript, ofScripts);
  const ran = whatRuns(scripts, calledScripts);
  const wrong = scripts.flatMap((text, index) =>
    contradictions(readScript(text, calledScripts), ran[index] ?? []).map((said) => ({
      said,
      text,
    })),
  );
  wrong.sort((a, b) => a.text.length - b.text.length);
  expect(wrong.slice(0, 3)).toEqual([]);
});
