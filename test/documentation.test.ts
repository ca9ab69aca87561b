import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { manualPage } from "../.config/manual.ts";
import { pagesWithTables, withTables } from "../.config/readme-tables.ts";
import { rulePages } from "../.config/rule-pages.ts";
import packageJson from "../package.json" with { type: "json" };
import { reports, shop, written } from "./report/reports.ts";

const top = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(top, path), "utf8");

test.each(pagesWithTables)("the tables of %s say what the code says", (path) => {
  expect(withTables(read(path))).toBe(read(path));
});

test("the manual page says what the table of flags says", () => {
  expect(read("man/machinist.1")).toBe(manualPage(packageJson));
});

test("no text of the manual page is a line that its checkers call long, or begins like an order", () => {
  const page = manualPage({ version: "1.2.3", description: `${"wide ".repeat(13)}.profile` });
  expect(page).toContain("wide\n\\&.profile\n");
  const texts = page.split("\n").filter((line) => !line.startsWith("."));
  expect(texts.filter((line) => Buffer.byteLength(line) > 80)).toEqual([]);
  expect(texts.filter((line) => line.startsWith("'"))).toEqual([]);
});

test.each([...rulePages()])("%s says what the rule says", (path, text) => {
  expect(read(path)).toBe(text);
});

test("every promise of SECURITY.md names a command that is there, or tests", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const promises = read("SECURITY.md")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (promise|---) /u.test(line));
  expect(promises.length).toBeGreaterThan(8);
  for (const promise of promises) {
    const [, script = "", files] =
      /`npm (?:run )?([\w:]+)(?: -- ([^`]+))?` \|$/u.exec(promise) ?? [];
    expect([promise, scripts[script]]).toEqual([promise, expect.any(String)]);
    for (const beginning of files?.split(" ") ?? []) {
      const folder = dirname(beginning);
      const named = readdirSync(join(top, folder))
        .map((name) => `${folder}/${name}`)
        .filter((path) => path.startsWith(beginning) && path.endsWith(".test.ts"));
      expect(named, beginning).not.toEqual([]);
      for (const file of named) expect(read(file)).toMatch(/\b(test|describe)\b/u);
    }
  }
});

test("the job that docs/over-time.md offers to copy installs nothing that nobody named", () => {
  const [, text = ""] = /```yaml\n(.+?)```/su.exec(read("docs/over-time.md")) ?? [];
  const [install] = parse(text).jobs.remind.steps;
  const run = (named: string) =>
    spawnSync("bash", ["-ec", `npm() { echo "npm $*"; }\n${install.run}`], {
      env: {
        PATH: process.env["PATH"],
        ...install.env,
        ...(named === "" ? {} : { MACHINIST_PACKAGE: named }),
      },
      encoding: "utf8",
    });
  expect(run("")).toMatchObject({ status: 1, stdout: expect.not.stringContaining("npm install") });
  expect(run("machinist@1.0.0").stdout).toBe("npm install --global machinist@1.0.0\n");
});

test("every picture the README shows is there", () => {
  const pictures = [...read("README.md").matchAll(/\]\((docs\/screens\/[a-z]+\.svg)\)/gu)];
  expect(pictures.length).toBeGreaterThan(2);
  for (const [, path = ""] of pictures) expect(read(path)).toContain("<svg");
});

test("no picture tells the day on which it was drawn", () => {
  const folder = "docs/screens";
  const names = readdirSync(join(top, folder), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(".svg")))
    for (const [date] of read(join(folder, name)).matchAll(/\b20\d\d-\d\d-\d\d\b/gu))
      expect(date, name).toMatch(/^2026-01-/u);
});

test("the problem matcher of the page on editors reads what the audit writes", async () => {
  const block = /```json\n(.*?)```/su.exec(read("docs/editors.md"))?.[1] ?? "";
  const [{ problemMatcher }] = JSON.parse(block).tasks;
  const { regexp, file, line, message, code, severity } = problemMatcher.pattern;
  const lines = (await written("github", reports(false, shop))).split("\n");
  const found = lines.flatMap((each) => new RegExp(regexp, "u").exec(each) ?? []);
  expect(lines.filter((each) => new RegExp(regexp, "u").test(each))).toHaveLength(
    shop.findings.length,
  );
  const [first] = shop.findings;
  expect([found[severity], found[file], found[code], found[message]]).toEqual([
    "error",
    ".platform.app.yaml",
    first?.rule,
    first?.message,
  ]);
  expect(Number(found[line])).toBeGreaterThan(1);
});

test("the README can be read in a few minutes", () => {
  expect(read("README.md").split(/\s+/u).length).toBeLessThan(900);
});

test("install.sh takes only the archive that its checksum is of", () => {
  const folder = mkdtempSync(join(tmpdir(), "machinist-install-"));
  try {
    const name = `machinist-linux-x64`;
    const install = (checksum?: string) => {
      const run = `mkdir -p made/${name} && printf '#!/bin/sh\\necho 1.2.3\\n' > made/${name}/machinist && chmod 755 made/${name}/machinist && tar -czf ${name}.tar.gz -C made ${name} && sha256sum ${name}.tar.gz > ${name}.tar.gz.sha256`;
      spawnSync("sh", ["-c", run], { cwd: folder });
      if (checksum !== undefined) writeFileSync(join(folder, `${name}.tar.gz.sha256`), checksum);
      // The system that it asks for is not what is tried here.
      const uname = `uname() { [ "$1" = -s ] && echo Linux || echo x86_64; }\n`;
      return spawnSync("dash", ["-c", uname + read("install.sh")], {
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"],
          MACHINIST_FROM: folder,
          MACHINIST_INTO: join(folder, "bin"),
        },
      });
    };
    const refused = install(`${"0".repeat(64)}  ${name}.tar.gz\n`);
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toContain("nothing was installed");
    expect(existsSync(join(folder, "bin"))).toBe(false);
    expect(install()).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "bin/machinist"), "utf8")).toContain("1.2.3");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
