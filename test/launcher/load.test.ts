import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const repository = join(import.meta.dirname, "../..");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "machinist-launcher-"));
  for (const part of ["bin", "package.json"])
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  cpSync(join(repository, "dist"), join(folder, "dist"), {
    recursive: true,
    filter: (path) => !path.endsWith("compiled"),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { NODE_OPTIONS: _flags, ...env } = process.env;

function rules(options: { readonly flags?: readonly string[] } = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...(options.flags ?? []), join(folder, "bin/machinist.js"), "rules"],
    { encoding: "utf8", env },
  );
  return { status, stdout, stderr };
}

const compiledFiles = () =>
  readdirSync(join(folder, "dist/compiled"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

test("what was compiled is kept, and the next run says the same with it", () => {
  const first = rules();
  expect(first).toMatchObject({ status: 0, stderr: "" });
  const files = compiledFiles();
  expect(files.some((file) => file.includes("main.cjs"))).toBe(true);
  const before = files.map((file) => readFileSync(file));
  expect(rules()).toEqual(first);
  expect(compiledFiles().map((file) => readFileSync(file))).toEqual(before);
});

test("damaged files are made anew", () => {
  const first = rules();
  for (const file of compiledFiles()) {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
  }
  expect(rules()).toEqual(first);
  expect(rules()).toEqual(first);
});

test("where nothing can be kept, nothing is said of it", () => {
  writeFileSync(join(folder, "dist/compiled"), "in the way");
  expect(rules()).toMatchObject({ status: 0, stderr: "" });
});

test("a run with flags of its own keeps nothing", () => {
  expect(rules({ flags: ["--max-lazy"] })).toMatchObject({ status: 0, stderr: "" });
  expect(readdirSync(join(folder, "dist"))).not.toContain("compiled");
});

test("a program that is not built says how to build it", () => {
  rmSync(join(folder, "dist/main.cjs"));
  const { status, stderr } = rules();
  expect(status).toBe(1);
  expect(stderr).toBe("machinist is not built yet; run: npm run build\n");
});
