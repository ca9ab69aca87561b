import fc from "fast-check";
import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";
import { settings } from "../appfile/property-settings.ts";
import { contradictions } from "./contradiction.ts";
import { hasDash, whatRuns } from "./dash.ts";
import { calledScripts, guardScript } from "./oracle-scripts.ts";

/** Each case is run in every environment, by a dash of its own and what that starts. */
const numRuns = Math.ceil(settings.numRuns / 4);

test.runIf(hasDash)("what is said of a guard is what dash does", { timeout: 300_000 }, () => {
  const scripts = fc.sample(guardScript, { seed: settings.seed, numRuns });
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
