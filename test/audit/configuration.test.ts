import { describe, expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { baselineText, readBaseline } from "../../src/audit/baseline.ts";
import { readConfiguration } from "../../src/audit/configuration/read.ts";
import { type Configuration, isExcluded, noConfiguration } from "../../src/audit/configuration.ts";
import { audit } from "../../src/audit/engine.ts";
import type { Finding } from "../../src/audit/finding.ts";
import { judge } from "../../src/audit/judge.ts";
import { unreadWithoutPlatform } from "../../src/audit/unread.ts";
import { Failure } from "../../src/failure.ts";
import { appLocation, withCron } from "./app.ts";

const read = (...lines: readonly string[]) =>
  readConfiguration(".machinist.yaml", `${lines.join("\n")}\n`);

const refusalOf = (...lines: readonly string[]) => {
  try {
    read(...lines);
  } catch (error) {
    if (error instanceof Failure) return { reason: error.reason, ...error.parts };
  }
  return undefined;
};

describe("a configuration", () => {
  test("may be empty, or say everything", () => {
    expect(read("# nothing yet")).toEqual(noConfiguration);
    const configuration = read(
      "fail-on: warning",
      "exclude: [legacy/, apps/old/.platform.app.yaml]",
      "rules:",
      "    confirm-missing:",
      "        severity: off",
      "        reason: the CLI doesn't ask without a terminal",
      "ignore:",
      "    - rule: token-variable-exposed",
      "      at: variable env:PLATFORMSH_CLI_TOKEN on main",
      "      project: abcdefghijklm",
      "      reason: previews test the backup",
    );
    expect(configuration).toMatchObject({
      failOn: "warning",
      exclude: ["legacy", "apps/old/.platform.app.yaml"],
      ignores: [
        { rule: "token-variable-exposed", project: "abcdefghijklm", location: { line: 8 } },
      ],
    });
    expect(configuration.rules.get("confirm-missing")).toEqual({
      severity: "off",
      reason: "the CLI doesn't ask without a terminal",
    });
    expect(isExcluded(configuration, "legacy/.platform.app.yaml")).toBe(true);
    expect(isExcluded(configuration, "legacy-2/.platform.app.yaml")).toBe(false);
  });

  test.each([
    ["an unknown key", "1:1", ["fail_on: error"]],
    ["an unknown severity", "1:10", ["fail-on: fatal"]],
    [
      "a rule that there isn't",
      "2:5",
      ["rules:", "    no-weight:", "        severity: off", "        reason: why not"],
    ],
    [
      "a rule that is switched off without a reason",
      "3:9",
      ["rules:", "    confirm-missing:", "        severity: off"],
    ],
    [
      "a reason without a word",
      "4:17",
      ["rules:", "    confirm-missing:", "        severity: off", "        reason: '-'"],
    ],
    [
      "an unreadable file called a matter of taste",
      "2:5",
      ["rules:", "    file-unreadable:", "        severity: off", "        reason: why not"],
    ],
    ["a list that is none", "1:10", ["exclude: legacy"]],
    ["a pattern in place of a path", "1:11", ["exclude: ['**/old']"]],
    ["a path that leads out of the directory", "1:11", ["exclude: [../other]"]],
    [
      "an ignore without a place",
      "2:7",
      ["ignore:", "    - rule: confirm-missing", "      reason: why not"],
    ],
    [
      "an ignore of a rule that there isn't",
      "2:13",
      ["ignore:", "    - rule: no-weight", "      at: x", "      reason: why not"],
    ],
    ["a key twice", "2:1", ["fail-on: error", "fail-on: info"]],
    ["a list at the top", "1:1", ["- fail-on"]],
    [
      "a number as text",
      "4:17",
      ["rules:", "    confirm-missing:", "        severity: off", "        reason: 12"],
    ],
  ])("is refused with the place for %s", (_what, place, lines) => {
    expect(refusalOf(...lines)).toMatchObject({
      reason: "usage",
      what: "The configuration can't be used",
      where: `.machinist.yaml:${place}`,
      why: expect.stringMatching(/\w/u),
    });
  });
});

const text = withCron('[ "$PLATFORM_BRANCH" = main ] || exit 0', "platform backup:create");
const main = { name: "main", because: "as the project says" };

const exposed: Finding = {
  rule: "token-variable-exposed",
  severity: "warning",
  confidence: "high",
  message: "it is inherited",
  why: "because",
  location: { kind: "resource", resource: "variable X on main" },
};

function verdictOn(configuration: Configuration, project?: string) {
  const app = parseApp(appLocation, text);
  return judge([...audit({ app, defaultBranch: main }), exposed], {
    apps: [app],
    whole: true,
    unread: [],
    configuration,
    ...(project === undefined ? {} : { project }),
  });
}

const idsOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);

describe("with a configuration, the audit", () => {
  test("tells what is switched off with the reason, and doesn't count it", () => {
    const off = read("rules:", "    confirm-missing: { severity: off, reason: nobody is asked }");
    const { findings, ignored } = verdictOn(off);
    expect(idsOf(findings)).not.toContain("confirm-missing");
    expect(ignored).toMatchObject([
      { rule: "confirm-missing", ignored: { by: "configuration", reason: "nobody is asked" } },
    ]);
  });

  test("gives a rule another severity", () => {
    const graver = read("rules:", "    confirm-missing: { severity: error, reason: it hung once }");
    expect(verdictOn(graver).findings.find(({ rule }) => rule === "confirm-missing")).toMatchObject(
      {
        severity: "error",
      },
    );
  });

  test("ignores what is on the platform, in the project that is named", () => {
    const ignore = read(
      "ignore:",
      "    - { rule: token-variable-exposed, at: variable X on main, project: abc, reason: a test }",
    );
    expect(idsOf(verdictOn(ignore, "abc").ignored)).toEqual(["token-variable-exposed"]);
    expect(idsOf(verdictOn(ignore, "xyz").ignored)).toEqual([]);
    expect(idsOf(verdictOn(ignore, "xyz").findings)).not.toContain("ignore-unused");
  });

  test("says where an ignore is of no use", () => {
    const useless = read(
      "ignore:",
      "    - { rule: token-variable-exposed, at: variable Y on main, reason: a test }",
    );
    expect(verdictOn(useless).findings.find(({ rule }) => rule === "ignore-unused")).toMatchObject({
      location: { file: ".machinist.yaml", line: 2, column: 7 },
    });
  });
});

describe("a baseline", () => {
  const app = parseApp(appLocation, text);
  const found = (of = app) => audit({ app: of, defaultBranch: main });
  const judged = (of = app, baseline?: ReturnType<typeof readBaseline>) =>
    judge(found(of), {
      apps: [of],
      whole: true,
      unread: unreadWithoutPlatform("offline", true),
      ...(baseline ? { baseline } : {}),
    });
  const baseline = readBaseline("old.json", baselineText(judged().findings));

  test("lets what was there stay, also when lines have moved", () => {
    const moved = parseApp(appLocation, text.replace("crons:", "# nightly\n\ncrons:"));
    for (const now of [app, moved]) {
      const { findings, ignored } = judged(now, baseline);
      expect(findings).toEqual([]);
      expect(ignored).toHaveLength(found().length);
      expect(ignored[0]?.ignored).toEqual({
        by: "baseline",
        reason: "it is in the baseline old.json",
      });
    }
  });

  test("counts what is new, even if it looks like what was there", () => {
    const twice = text.replace(
      "platform backup:create\n",
      "platform backup:create\n                platform backup:create\n",
    );
    const { findings } = judged(parseApp(appLocation, twice), baseline);
    expect(findings).toHaveLength(found().length);
  });

  test.each([
    "",
    "{}",
    '{ "version": 2, "baseline": [] }',
    '{ "version": 1, "baseline": [{ "fingerprint": "x" }] }',
  ])("isn't taken from %j", (other) => {
    expect(() => readBaseline("old.json", other)).toThrow(Failure);
  });
});
