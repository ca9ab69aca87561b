import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { ofRuns } from "../amounts.ts";
import { anyText } from "../any-text.ts";
import { clean, reports, shop, written } from "../report/reports.ts";
import { findingsIn, withCron } from "./app.ts";

const text = withCron("platform redeploy");

describe("the audit", () => {
  test("gives findings in the order of the file", () => {
    const lines = findingsIn(text).map(({ location }) =>
      location.kind === "file" ? location.line : 0,
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(lines).toEqual(lines.toSorted((one, other) => one - other));
  });

  test("says file, line and column, why, and what the fix does", async () => {
    const lines = await written("text", reports(false, shop));
    expect(lines).toMatch(/\.platform\.app\.yaml:\d+:17 {2}no-wait-missing/u);
    expect(lines).toContain("why: ");
    expect(lines).toContain("fix: Add --no-wait");
    expect(lines).toContain("1 ignored");
  });

  test("says that it found nothing", async () => {
    expect(await written("text", reports(false, clean))).toMatch(
      /\nNothing found in what was looked at\.\n$/u,
    );
  });

  test("never fails but with words, whatever is in the file", () => {
    const words = [
      "platform ",
      "backup",
      "[ ",
      "]]",
      "if",
      "then\n",
      "fi",
      "crons:",
      "\n  ",
      "|",
      "'",
      '"',
      "$(",
    ];
    const piece = fc.oneof(fc.constantFrom(...words), anyText({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const hostile of [pieces.join(""), withCron(pieces.join("").replaceAll("\n", " "))]) {
          try {
            findingsIn(hostile);
          } catch (error) {
            expect(error).toBeInstanceOf(Failure);
          }
        }
      }),
      ofRuns,
    );
  });
});
