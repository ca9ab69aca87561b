import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decode } from "../../src/appfile/files/bytes.ts";
import { addBuildLines, addCron, replaceInScript } from "../../src/appfile/operations.ts";
import { Failure } from "../../src/failure.ts";
import { ofTexts } from "../amounts.ts";
import { anyFile } from "./any-file.ts";
import { appOf, lines } from "./given.ts";

// The files of real projects stay beside the repository; where they aren't, made up ones are damaged instead.
const corpus = join(import.meta.dirname, "../../../shared/corpus");
const realFiles = existsSync(corpus)
  ? readdirSync(corpus)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => readFileSync(join(corpus, name), "utf8"))
  : [];
const realFile =
  realFiles.length === 0 ? anyFile.map(({ text }) => text) : fc.constantFrom(...realFiles);

/** Does all there is to do with a file. Whatever it holds, the only error is a refusal. */
function survives(text: string): void {
  const operations = [
    () => addBuildLines(appOf(text), lines),
    () => addCron(appOf(text), { name: "new", spec: "0 5 * * *", lines }),
    () => {
      const app = appOf(text);
      const script = app.hooks.build ?? app.crons[0]?.script;
      return script && replaceInScript(script, { start: 1, end: 2, text: "x" });
    },
  ];
  for (const operation of operations) {
    try {
      const patch = operation();
      if (patch !== undefined) appOf(patch.after);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      expect(error.reason).toBe("uneditable");
    }
  }
}

test("bytes at random are refused or survived", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      let text: string;
      try {
        text = decode("app.yaml", bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        return;
      }
      survives(text);
    }),
    ofTexts,
  );
});

test("YAML's own characters at random are refused or survived", () => {
  const bits = [
    ..."ab:-?|>&*!%@`{}[],#'\"\\ \n\r\t~",
    "hooks:\n",
    "  build:",
    "<<: *a",
    "&a ",
    "---\n",
    "\u00A0",
  ];
  const soup = fc.array(fc.constantFrom(...bits), { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(fc.property(soup, survives), ofTexts);
});

test("files with a piece cut out, doubled or put elsewhere are refused or survived", () => {
  const damage = fc.record({
    from: fc.oneof(fc.nat(400), fc.nat(3000)),
    length: fc.nat(20),
    to: fc.oneof(fc.nat(400), fc.nat(3000)),
    noise: fc.constantFrom(
      "",
      "\t",
      ": ",
      "*",
      "&a ",
      "- ",
      "\r",
      "\u00A0",
      "'",
      "|",
      "\n",
      "\uFEFF",
    ),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        anyFile.map(({ text }) => text),
        realFile,
      ),
      damage,
      (text, { from, length, to, noise }) => {
        const piece = text.slice(from, from + length);
        const rest = text.slice(0, from) + text.slice(from + length);
        survives(rest);
        survives(rest.slice(0, to) + piece + noise + piece + rest.slice(to));
      },
    ),
    ofTexts,
  );
});
