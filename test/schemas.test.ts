import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { schemas } from "../.config/schemas.ts";
import { readConfiguration } from "../src/audit/configuration/read.ts";
import { failureReport } from "../src/commands/failure-report.ts";
import { rulesCommand } from "../src/commands/rules/run.ts";
import { exitCodes } from "../src/exit-code.ts";
import { Failure } from "../src/failure.ts";
import { expectDocument, expectPublished } from "./expect-document.ts";
import { clean, failed, hostile, reports, shop, written } from "./report/reports.ts";

const top = join(import.meta.dirname, "..");

test.each([...schemas()])("%s says what the program says now", (path, text) => {
  expect(readFileSync(join(top, path), "utf8")).toBe(text);
});

const plain = { json: false, vendors: false, vendor: undefined };

describe("the schemas of documents", () => {
  test("hold every report of an audit, alone and among many", async () => {
    for (const report of [shop, clean, hostile, failed])
      expectDocument("audit")(await written("json", reports(false, report)));
    expectDocument("audit")(await written("json", reports(true, shop, clean, hostile, failed)));
    for (const line of (await written("jsonl", reports(true, shop, hostile))).trim().split("\n"))
      expectPublished(line);
  });

  test("hold the catalogue of rules, whole and for one", () => {
    const out = () => undefined;
    for (const id of [undefined, "cron-guard-missing"])
      rulesCommand(id, { ...plain, json: true }, { out, document: expectPublished });
    rulesCommand(
      undefined,
      { ...plain, json: true, vendors: true },
      { out, document: expectPublished },
    );
  });

  test("a rule that there isn't is told with the one that was meant", () => {
    const nothing = { out: () => undefined, document: () => undefined };
    const nextOf = (id: string) => {
      try {
        return rulesCommand(id, plain, nothing);
      } catch (error) {
        return error instanceof Failure ? error.parts.next : error;
      }
    };
    expect(nextOf("cron-guard-missin")).toBe(
      "did you mean cron-guard-missing? machinist rules lists them",
    );
    expect(nextOf("missing-cron-guard")).toMatch(/^did you mean cron-guard-missing\?/u);
    expect(nextOf("nothing-of-ours")).toBe("machinist rules lists them");
  });

  test("hold a failure for every reason that there is", () => {
    const parts = { what: "a", where: "b", why: "c", next: "d", paste: "e" };
    for (const reason of Object.keys(exitCodes) as (keyof typeof exitCodes)[])
      for (const failure of [new Failure(reason, parts), new Failure(reason, { what: "a" })])
        for (const command of [null, "setup"])
          expectPublished(JSON.stringify(failureReport(command, failure)));
  });

  test("refuse what is none of them", () => {
    for (const odd of [{}, { version: 2, command: "audit" }, { version: 1, command: "setup" }])
      expect(() => expectPublished(JSON.stringify(odd))).toThrow();
  });
});

describe("the schema of .machinist.yaml", () => {
  const check = expectDocument("machinist-yaml");
  const example = () => {
    const [, text = ""] =
      /says so:\n\n((?: {4}.*\n)+)/u.exec(readFileSync(join(top, "docs/ignoring.md"), "utf8")) ??
      [];
    return text.replaceAll(/^ {4}/gmu, "");
  };

  test.each([
    ["the example of the documentation", example()],
    ["nothing", ""],
    ["a path below a folder whose name starts with a dot", "exclude: [.platform/old]\n"],
  ])("takes what the audit takes: %s", (_what, text) => {
    readConfiguration(".machinist.yaml", text);
    check(JSON.stringify(parse(text) ?? null));
  });

  test.each([
    ["a key that there isn't", "failon: error\n"],
    ["a severity that there isn't", "fail-on: fatal\n"],
    ["a rule that there isn't", "rules: { nothing: { severity: off, reason: x } }\n"],
    ["no reason", "rules: { confirm-missing: { severity: off } }\n"],
    ["a reason of signs", "rules: { confirm-missing: { severity: off, reason: '...' } }\n"],
    ["a path out of the folder", "exclude: [../other]\n"],
    ["a pattern", "exclude: ['apps/*']\n"],
    ["an entry without a place", "ignore: [{ rule: confirm-missing, reason: x }]\n"],
    ["a file that can't be read", "ignore: [{ rule: file-unreadable, at: a.yaml, reason: old }]\n"],
  ])("refuses what the audit refuses: %s", (_what, text) => {
    expect(() => readConfiguration(".machinist.yaml", text)).toThrow(Failure);
    expect(() => check(JSON.stringify(parse(text)))).toThrow();
  });
});
