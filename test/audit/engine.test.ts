import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonReport } from "../../src/audit/report/json.ts";
import { textReport } from "../../src/audit/report/text.ts";
import { Failure } from "../../src/failure.ts";
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

  test("says file, line and column, why, and what the fix does", () => {
    const report = textReport(
      { findings: findingsIn(text), ignored: [] },
      { apps: ["shop"], platform: "only the files" },
    );
    expect(report.join("\n")).toMatch(/\.platform\.app\.yaml:13:17 {2}no-wait-missing/u);
    expect(report.join("\n")).toContain("why: ");
    expect(report.join("\n")).toContain("fix: Add --no-wait");
  });

  test("says that it found nothing", () => {
    const report = textReport(
      { findings: [], ignored: [] },
      { apps: ["shop"], platform: "only the files" },
    );
    expect(report.at(-1)).toBe("Nothing found.");
  });

  test("reports in JSON with a version", () => {
    const audited = { directory: "/shop", apps: [], platform: null, done: [] };
    const report: unknown = JSON.parse(
      JSON.stringify(jsonReport({ findings: findingsIn(text), ignored: [] }, audited)),
    );
    expect(report).toMatchObject({ version: 1, command: "audit", platform: null });
    expect(report).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: "no-wait-missing" })]),
    });
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
    const piece = fc.oneof(fc.constantFrom(...words), fc.string({ unit: "binary", maxLength: 5 }));
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
      { numRuns: 400 },
    );
  });
});
