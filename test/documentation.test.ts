import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { manualPage } from "../.config/manual.ts";
import { withTables } from "../.config/readme-tables.ts";
import { rulePages } from "../.config/rule-pages.ts";
import packageJson from "../package.json" with { type: "json" };

const top = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(top, path), "utf8");

test.each(["README.md", "docs/vendors.md", "docs/sandbox-commands.md"])(
  "the tables of %s say what the code says",
  (path) => {
    expect(withTables(read(path))).toBe(read(path));
  },
);

test("the manual page says what the table of flags says", () => {
  expect(read("man/machinist.1")).toBe(manualPage(packageJson));
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
    for (const file of files?.split(" ") ?? []) expect(read(file)).toMatch(/\b(test|describe)\b/u);
  }
});

test("every picture the README shows is there", () => {
  const pictures = [...read("README.md").matchAll(/\]\((docs\/screens\/[a-z]+\.svg)\)/gu)];
  expect(pictures.length).toBeGreaterThan(2);
  for (const [, path = ""] of pictures) expect(read(path)).toContain("<svg");
});

test("no picture tells the day on which it was drawn", () => {
  const folder = "docs/screens";
  for (const name of readdirSync(join(top, folder)))
    for (const [date] of read(join(folder, name)).matchAll(/\b20\d\d-\d\d-\d\d\b/gu))
      expect(date, name).toMatch(/^2026-01-/u);
});
