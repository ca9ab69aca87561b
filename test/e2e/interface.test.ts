import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { catalogue } from "../../src/audit/registry.ts";
import { commandDefinitions } from "../../src/commands/registry.ts";
import { oneOf, someOf } from "../amounts.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const folder = mkdtempSync(join(tmpdir(), "machinist-test-"));
const app = (name: string) =>
  `name: ${name}\ntype: 'php:8.3'\ncrons:\n    '##[error]save':\n        spec: '11 2 * * *'\n        commands:\n            start: platform backup:create --yes\n`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built program with pipes on all three ends. */
function machinist(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: "utf8",
    input: "",
    timeout: 60_000,
    env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(folder, "state") },
  });
  return { status, stdout, stderr };
}

writeFileSync(join(folder, ".platform.app.yaml"), app("web"));
mkdirSync(join(folder, "api"));
writeFileSync(join(folder, "api/.platform.app.yaml"), app("api"));

describe("help", () => {
  test("is a command, alone and of another one", () => {
    expect(machinist("help")).toEqual(machinist("--help"));
    expect(machinist("help", "rotate").stdout).toBe(machinist("rotate", "--help").stdout);
    expect(machinist("help", "--json", "veryfi")).toEqual(machinist("veryfi"));
    expect(machinist("help", "veryfi")).toEqual(machinist("veryfi"));
  });

  const mistyped = [
    ["veryfi", "verify"],
    ["roate", "rotate"],
    ["udno", "undo"],
  ] as const;
  test.each(oneOf(mistyped, 0))("names what %s is likely to mean", (typed, meant) => {
    const { status, stderr } = machinist(typed);
    expect(status).toBe(2);
    expect(stderr).toContain(`did you mean ${meant}?`);
    expect(stderr).not.toContain(typed);
  });
});

describe("--json", () => {
  const withJson = commandDefinitions.filter(({ flags }) => "json" in flags);

  test.each(someOf(withJson).map(({ name }) => [name]))(
    "gives one document of %s also when it is used wrongly",
    (name) => {
      const { status, stdout } = machinist(name, "--json", "--no-such-flag");
      expect(status).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({
        version: 1,
        command: name,
        failure: { code: 2, reason: "usage" },
      });
    },
  );

  test("gives one document for a folder that isn't there, an app that isn't, and nobody signed in", () => {
    const wrong = [
      ["audit", "--json", "--offline", "nowhere"],
      ["audit", "--format", "json", "--app", "shop", "--offline"],
      ["audit", "--format=json", "--all"],
      ["setup", "--json", "--yes"],
      ["verify", "--json"],
      ["rotate", "--json"],
    ];
    for (const args of someOf(wrong)) {
      const { status, stdout } = machinist(...args);
      expect([args, JSON.parse(stdout)]).toMatchObject([
        args,
        { version: 1, command: args[0], failure: { code: status } },
      ]);
    }
  });

  test("of rules gives each with what it finds and why", () => {
    const { rules } = JSON.parse(machinist("rules", "--json").stdout);
    expect(rules).toHaveLength(catalogue.length);
    for (const { id, what, why, severity } of rules)
      expect([id, what, why, severity]).not.toContain(undefined);
    expect(JSON.parse(machinist("rules", "--json", "token-shown").stdout).rules).toHaveLength(1);
  });
});

describe("the audit of a file", () => {
  test.each([".platform.app.yaml", "api/.platform.app.yaml"])(
    "%s says what is found in that file alone",
    (path) => {
      const { status, stdout } = machinist("audit", "--offline", "--json", path);
      const { directory, findings } = JSON.parse(stdout);
      expect(status).toBe(10);
      const found = new Set(
        findings.map(({ location }: { location: { file: string } }) =>
          relative(folder, join(directory, location.file)),
        ),
      );
      expect([...found]).toEqual([path]);
    },
  );

  test("and an app that is named as well is refused", () => {
    const { status, stderr } = machinist(
      "audit",
      "--offline",
      "--app-file",
      "a",
      ".platform.app.yaml",
    );
    expect(status).toBe(2);
    expect(stderr).toContain("Files that are named are looked at in all apps");
  });
});

test("a question that nobody can answer names what can be answered", () => {
  const { status, stderr } = machinist(
    "setup",
    "--offline",
    "--yes",
    "--task",
    "backup",
    "--branch",
    "main",
  );
  expect(status).toBe(2);
  expect(stderr).toMatch(/answer it with --app: (web, api|api, web)/u);
});

const formats = ["text", "github", "json", "jsonl", "sarif", "junit", "markdown", "html"];

test.each(someOf(formats))(
  "a name that a CI system would obey is none in the format %s",
  (format) => {
    const { stdout, stderr } = machinist("audit", "--offline", "--format", format);
    expect(stdout.length).toBeGreaterThan(100);
    expect(stdout + stderr).not.toContain("##[");
    if (format !== "github") expect(stdout + stderr).not.toMatch(/^\s*::/mu);
  },
);

describe("--complete", () => {
  const quiet = join(folder, "quiet");
  mkdirSync(quiet);
  writeFileSync(join(quiet, ".platform.app.yaml"), "name: quiet\ntype: 'php:8.3'\n");

  test("ends an audit with 11 where nobody is signed in, and with 0 where the platform was left out", () => {
    expect(machinist("audit", quiet).status).toBe(0);
    expect(machinist("audit", quiet, "--complete").status).toBe(11);
    expect(machinist("audit", quiet, "--complete", "--offline").status).toBe(0);
  });

  test("gives way to what was found", () => {
    expect(machinist("audit", folder, "--complete").status).toBe(10);
  });
});
