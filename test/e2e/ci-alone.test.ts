import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const home = mkdtempSync(join(tmpdir(), "machinist-test-"));

afterAll(() => rmSync(home, { recursive: true, force: true }));

const workflow = ".github/workflows/backup.yml";

/** A workflow that backs up with the CLI of Upsun. @param backup the command without its name */
const backingUp = (backup: string) => `
on:
  schedule:
    - cron: '23 3 * * *'
permissions: {}
concurrency: {group: platform-main, cancel-in-progress: false}
jobs:
  backup:
    runs-on: ubuntu-24.04
    timeout-minutes: 45
    steps:
      - shell: bash
        run: curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.12.0 bash
      - env:
          UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}
        run: upsun backup:create --project abcdefgh1234567 --environment main --yes ${backup}
`;

/** A checkout with these files, by their paths. */
function checkout(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(home, "checkout-"));
  spawnSync("git", ["init", "--quiet", folder]);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs the built program, where nobody is signed in. */
function machinist(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd,
    encoding: "utf8",
    input: "",
    timeout: 60_000,
    env: { PATH: process.env["PATH"] ?? "", HOME: home, MACHINIST_HOME: join(home, "state") },
  });
  return { status, stdout, stderr };
}

test("the CI of a repository without an app is audited, in every format", () => {
  const folder = checkout({ [workflow]: backingUp("|| true") });
  const warned = ["audit", "--offline", "--fail-on", "warning"];
  const text = machinist(folder, ...warned);
  expect(text).toMatchObject({ status: 10, stderr: "" });
  expect(text.stdout).toContain(
    "the CI files alone; Upsun (from the job backup in .github/workflows/backup.yml, with upsun)",
  );
  expect(text.stdout).toContain("the apps of the project: no app is configured here");
  const json = machinist(folder, ...warned, "--format", "json");
  expect(json.status).toBe(10);
  const document = JSON.parse(json.stdout);
  expect(document).toMatchObject({ apps: [], vendor: { id: "upsun" } });
  const rulesOf = (parts: readonly { readonly rule: string }[]) => parts.map(({ rule }) => rule);
  expect(rulesOf(document.findings)).toContain("ci-failure-hidden");
  const [{ rules: silent }] = document.unread;
  expect(silent).toEqual(expect.arrayContaining(["ci-doubles-cron", "token-variable-exposed"]));
  expect(silent).not.toContain("ci-login");
  expect(silent).not.toContain("token-in-repository");
  const sarif = machinist(folder, ...warned, "--format", "sarif");
  expect(sarif.status).toBe(10);
  const uris = [...sarif.stdout.matchAll(/"uri":"([^"]*)"/gu)].map(([, uri]) => uri);
  expect(new Set(uris)).toEqual(new Set([workflow]));
  expect(machinist(folder, ...warned, workflow).stdout).toContain("ci-failure-hidden");
});

test("of a repository without an app nothing but its CI is looked at, and --complete says so", () => {
  const folder = checkout({ [workflow]: backingUp("--wait") });
  const { status, stdout } = machinist(folder, "audit", "--offline");
  expect(stdout).toContain("Nothing found in what was looked at.");
  expect(status).toBe(0);
  expect(machinist(folder, "audit", "--offline", "--complete").status).toBe(11);
});

test("an app says whose project it is, whatever the CI calls", () => {
  const app = "name: shop\ntype: 'php:8.3'\n";
  const folder = checkout({ [workflow]: backingUp("--wait"), ".platform.app.yaml": app });
  const { stdout } = machinist(folder, "audit", "--offline", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ vendor: { id: "platformsh", rivals: [] } });
});

test("a repository whose app can't be read isn't taken for one without an app", () => {
  const folder = checkout({ [workflow]: backingUp("--wait"), ".platform.app.yaml": "a: b: c\n" });
  const { status, stdout } = machinist(folder, "audit", "--offline");
  expect(status).toBe(10);
  expect(stdout).toMatch(/^files that can't be read; /u);
});

test.each([
  ["a part of the repository", { "docs/index.md": "" }, ["docs"], "No application is configured"],
  ["an app that is named", {}, ["--app", "shop"], "No application is configured"],
  ["a file that is named", {}, ["--app-file", "app.yaml"], "There is no file app.yaml"],
  ["a file with the wrong ending", { ".platform.app.yml": "name: shop\n" }, [], ".yml"],
  [
    "a configuration without an app",
    { ".upsun/config.yaml": "routes: {}\n" },
    [],
    "No application is configured",
  ],
  [
    "CI that has nothing to do with the platform",
    { [workflow]: "on: push\njobs: {test: {runs-on: ubuntu-24.04, steps: [{run: make}]}}\n" },
    [],
    "No application is configured",
  ],
])("of %s the audit says that there is no app", (_what, files, args, says) => {
  const folder = checkout({ [workflow]: backingUp("--wait"), ...files });
  const { status, stdout, stderr } = machinist(folder, "audit", "--offline", ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(says);
});

test("of a CI file that can't be read and no app the audit says both", () => {
  const folder = checkout({ ".gitlab-ci.yml": "a:\n\tscript: upsun backup:create\n" });
  const { status, stdout, stderr } = machinist(folder, "audit", "--offline");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(
    /\.gitlab-ci\.yml:2:1: No application is configured here, and the CI file/u,
  );
});

test("status tells of no app where there is CI alone", () => {
  const folder = checkout({ [workflow]: backingUp("--wait") });
  expect(machinist(folder, "status", "--offline").stdout).toContain("No application is configured");
});
