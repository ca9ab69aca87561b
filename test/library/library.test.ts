import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failure, findApplications, readApplications } from "../../src/library.ts";

const run = promisify(execFile);
const repository = join(import.meta.dirname, "../..");

const text = `name: shop
type: 'php:8.3'
hooks:
    build: |
        set -e
        make
crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = master ]; then
                    platform backup:create --yes
                fi
`;

function shop() {
  const [app] = readApplications(text);
  if (app === undefined) throw new Error("no application");
  return app;
}

describe("the library", () => {
  test("tells what an application has", () => {
    const app = shop();
    expect(app).toMatchObject({ name: "shop", file: ".platform.app.yaml", installsCli: false });
    expect(app.scripts.map(({ name }) => name)).toEqual(["build", "cron backup"]);
    expect(app.crons).toEqual([{ name: "backup", spec: "0 5 * * *" }]);
  });

  test("gives edits, one after the other, and leaves the application as it was", () => {
    const app = shop();
    const first = app.addInstaller("platform", "5.11.0");
    const second = app.with(first).addCron({
      name: "sync",
      spec: "1 2 * * *",
      commands: ["platform sync data --yes --no-wait"],
      branch: "staging",
    });
    expect(app.text).toBe(text);
    expect(second.before).toBe(first.after);
    expect(second.after).toContain("VERSION=5.11.0 bash");
    expect(second.after).toContain('[ "$PLATFORM_BRANCH" = staging ]');
    expect(app.with(second).installsCli).toBe(true);
    const script = app.replaceInScript("build", { start: 7, end: 11, text: "make all" });
    expect(script.edits).toEqual([{ offset: text.indexOf("make"), length: 4, text: "make all" }]);
    expect(app.setKey(["crons", "backup", "spec"], "7 5 * * *").after).toContain("'7 5 * * *'");
    expect(app.removeKey(["hooks"]).after).not.toContain("make");
  });

  test("gives the findings of the audit with the edits that put them right", () => {
    const findings = shop().audit({ defaultBranch: "main" });
    const found = findings.find(({ rule }) => rule === "no-wait-missing");
    expect(found).toMatchObject({ file: ".platform.app.yaml", line: 13, column: 21 });
    expect(found?.fix?.edited[0]?.after).toContain("backup:create --no-wait --yes");
    expect(findings.map(({ rule }) => rule)).toContain("cron-guard-not-default-branch");
  });

  test("throws a failure with place, reason and text to paste", () => {
    const [app] = readApplications("name: a\nhooks: [1]\n");
    expect(() => app?.addBuildLines(["x"])).toThrow(Failure);
    expect(() => readApplications("a: [")).toThrow(Failure);
    expect(() => shop().replaceInScript("cron none", { start: 0, end: 0, text: "" })).toThrow(
      "there is no script cron none",
    );
  });

  test("follows what is included when it reads from disk", async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "machinist-library-")));
    await writeFile(
      join(folder, ".platform.app.yaml"),
      "name: a\ntype: x\nhooks:\n  build: !include {type: string, path: b.sh}\n",
    );
    await writeFile(join(folder, "b.sh"), "make\n");
    const [app] = await findApplications(folder);
    const edited = app?.addBuildLines(["first"]);
    expect(edited).toMatchObject({ file: "b.sh", after: "first\nmake\n" });
    expect(edited && app?.with(edited).scripts).toEqual([{ name: "build", text: "first\nmake\n" }]);
    await rm(folder, { recursive: true });
  });
});

describe("the packed package", () => {
  let folder = "";
  const installed = () => join(folder, "node_modules/machinist");

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "machinist-packed-"));
    await mkdir(installed(), { recursive: true });
    for (const part of ["package.json", "bin", "dist"])
      await cp(join(repository, part), join(installed(), part), { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, ".platform.app.yaml"), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("runs the example of the page as it is written", async () => {
    const page = await readFile(join(repository, "docs/library.md"), "utf8");
    const example = /```js\n(.*?)```/su.exec(page)?.[1] ?? "";
    await writeFile(join(folder, "example.js"), example);
    const { stdout, stderr } = await run(process.execPath, ["example.js"], { cwd: folder });
    expect(stderr).toBe("");
    expect(stdout).toContain(".platform.app.yaml:13: ");
    const after = await readFile(join(folder, ".platform.app.yaml"), "utf8");
    expect(after).toContain("platform --version || exit 1");
    expect(after).toContain("nightly-backup:");
  });

  test("loads nothing of the terminal, the command line or the network", async () => {
    const dist = join(repository, "dist");
    const require = createRequire(join(dist, "library.cjs"));
    const packs = ["./main.cjs", "./audit.cjs"].map((pack) => require(pack).files);
    const packed = new Map<string, unknown>(packs.flatMap((files) => Object.entries(files)));
    const texts = new Map<string, string>();
    const files = new Set(["library.cjs"]);
    for (const name of files) {
      const code = packed.has(name)
        ? String(packed.get(name))
        : await readFile(join(dist, name), "utf8");
      texts.set(name, code);
      for (const [, path = ""] of code.matchAll(/(?:from|import|require\()\s?"\.\/([^"]+)"/gu))
        files.add(path);
    }
    const code = [...texts.values()].join("");
    expect(code).toContain("YAMLMap");
    for (const mark of ["react.element", "yoga", "CommanderError", "undici", "process.stdout"])
      expect(code.includes(mark), mark).toBe(false);
    const names = await readdir(dist);
    expect(files.size).toBeLessThan((names.length + packed.size) / 2);
  });

  test.each(["machinist", "machinist/yaml", "machinist/shell"])(
    "%s takes of the program what it needs, and compiles no pack of it as a whole",
    async (door) => {
      const code = `import(${JSON.stringify(door)}).then(() => console.log(Object.keys(require.cache).join(" ")))`;
      const { stdout } = await run(process.execPath, ["--input-type=commonjs", "--eval", code], {
        cwd: folder,
      });
      expect(stdout).toContain("from-packs.cjs");
      expect(stdout).not.toMatch(/main\.cjs|audit\.cjs/u);
    },
  );

  test("has types that stand alone", async () => {
    await writeFile(
      join(folder, "use.ts"),
      `import { type Application, type Edited, Failure, findApplications, readApplications } from "machinist";
const apps: readonly Application[] = readApplications("name: a");
const edited: Edited | undefined = apps[0]?.addInstaller("platform");
const offsets: number[] = (edited?.edits ?? []).map(({ offset }) => offset);
const where: string | undefined = new Failure("usage", { what: "" }).parts.where;
const later: Promise<readonly Application[]> = findApplications(".");
export * as shell from "machinist/shell";
export * as yaml from "machinist/yaml";
// @ts-expect-error applications are not made by hand
const none = new Application();
export { later, none, offsets, where };
`,
    );
    // The browser's types would be four fifths of the work, and TypeScript's own are not this test's.
    const flags = [
      ...["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"],
      ...["--lib", "es2023", "--skipDefaultLibCheck"],
    ];
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [tsc, ...flags, "use.ts"], {
      cwd: folder,
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe("");
  });
});
