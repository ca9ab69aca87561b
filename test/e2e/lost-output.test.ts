import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { oneOf } from "../amounts.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const setUp = "setup --offline --task backup --branch main --schedule '7 4 * * *' --yes";
const badApp = [
  "name: web",
  "type: 'php:8.3'",
  "hooks:",
  "    build: |",
  "        set -e",
  "        curl -fsS https://platform.sh/cli/installer | php",
  "crons:",
  "    save:",
  "        spec: '11 2 * * *'",
  "        commands:",
  "            start: platform backup:create --yes",
  "",
].join("\n");
const goodApp = "name: web\ntype: 'php:8.3'\n";

const folder = mkdtempSync(join(tmpdir(), "machinist-test-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a line of bash in which `machinist` is the built program, and gives the program's own exit code. */
function bash(line: string) {
  const run = spawnSync("bash", ["-c", `${line}; exit "\${PIPESTATUS[0]}"`], {
    cwd: folder,
    encoding: "utf8",
    input: "",
    timeout: 60_000,
    env: {
      PATH: process.env["PATH"] ?? "",
      MACHINIST_HOME: join(folder, "state"),
      "BASH_FUNC_machinist%%": `() { '${process.execPath}' '${launcher}' "$@"; }`,
    },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const app = () => readFileSync(join(folder, ".platform.app.yaml"), "utf8");

describe("a reader that leaves", () => {
  test("keeps setup from nothing, and is told by 141", () => {
    writeFileSync(join(folder, ".platform.app.yaml"), goodApp);
    const { code, err } = bash(`machinist ${setUp} | exec true`);
    expect(code).toBe(141);
    expect(err).toContain("standard output was closed before its end");
    expect(app()).toContain("backup:create");
    expect(app()).toContain("hooks:");
  });

  test("keeps audit --fix from no fix", () => {
    writeFileSync(join(folder, ".platform.app.yaml"), badApp);
    const unread = bash("machinist audit --offline --fix | exec true");
    const fixed = app();
    expect(fixed).not.toBe(badApp);
    writeFileSync(join(folder, ".platform.app.yaml"), badApp);
    const read = bash("machinist audit --offline --fix | cat");
    expect(app()).toBe(fixed);
    expect([unread.code, read.code]).toEqual([141, 0]);
  });

  test.each(oneOf(["text", "github", "sarif", "json", "junit"], 0))(
    "doesn't make a failed audit a good one, written as %s",
    (format) => {
      writeFileSync(join(folder, ".platform.app.yaml"), badApp);
      const { code } = bash(`machinist audit --offline --format ${format} | exec true`);
      expect(code).toBe(10);
    },
  );

  test.each(oneOf(["rules", "--help", "--version", "setup --help", "rules cron-guard-missing"], 1))(
    "makes %s end with 141",
    (words) => {
      const { code, err } = bash(`machinist ${words} | exec true`);
      expect(code).toBe(141);
      expect(err).toContain("standard output was closed before its end");
    },
  );
});

describe("a full disk", () => {
  test.each(oneOf(["rules", "--help", "--version"], 2))(
    "under the output of %s is no success",
    (words) => {
      const { code, err } = bash(`machinist ${words} > /dev/full`);
      expect(code).toBe(1);
      expect(err).toContain(words === "--version" ? "could not be written" : "can't be written");
    },
  );

  test("under the output of setup keeps it from nothing, and is told", () => {
    writeFileSync(join(folder, ".platform.app.yaml"), goodApp);
    const { code, err } = bash(`machinist ${setUp} > /dev/full`);
    expect(code).toBe(1);
    expect(err).toContain("part of it is missing");
    expect(app()).toContain("backup:create");
  });

  test("that takes the first part of a document is no success", () => {
    const { code, err } = bash("(ulimit -f 1; machinist rules > part.txt)");
    expect(statSync(join(folder, "part.txt")).size).toBe(1024);
    expect(code).toBe(1);
    expect(err).toContain("part of it is missing");
  });
});

test("a full disk under an output that nothing was to be written to takes nothing from the answer", () => {
  writeFileSync(join(folder, ".platform.app.yaml"), badApp);
  const { code, err } = bash("machinist audit --offline --write-baseline all.json > /dev/full");
  expect(code).toBe(0);
  expect(err).not.toContain("missing");
});

test("a full disk under standard error keeps the verdict", () => {
  writeFileSync(join(folder, ".platform.app.yaml"), badApp);
  expect(bash("machinist audit --offline --verbose 2> /dev/full").code).toBe(10);
});

test.each(oneOf(["000", "027", "077"], 3))(
  "what a run keeps is its owner's alone, with the umask %s",
  (umask) => {
    rmSync(join(folder, "state"), { recursive: true, force: true });
    writeFileSync(join(folder, ".platform.app.yaml"), goodApp);
    expect(bash(`umask ${umask}; machinist ${setUp}`).code).toBe(0);
    const kept = readdirSync(join(folder, "state"), { recursive: true, encoding: "utf8" });
    expect(kept.some((name) => name.endsWith("1.json"))).toBe(true);
    for (const name of kept)
      expect([name, statSync(join(folder, "state", name)).mode & 0o077]).toEqual([name, 0]);
  },
);
