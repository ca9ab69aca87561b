import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bashisms, readShell, syntaxError } from "../../src/library/shell.ts";
import { applyEdits, Failure, inverseEdits, readYaml } from "../../src/library/yaml.ts";

const run = promisify(execFile);
const repository = join(import.meta.dirname, "../..");

describe("machinist/yaml", () => {
  const text = "# Jobs\njobs:\n  night: { at: '3:00' } # UTC\n  day:\n    at: 9:00\n";

  test("sets a key where it stands, and leaves every other byte", () => {
    const edit = readYaml(text).setKey(["jobs", "night", "at"], "4:00");
    expect(edit.after).toBe(text.replace("3:00", "4:00"));
    expect(applyEdits(text, edit.edits)).toBe(edit.after);
    expect(applyEdits(edit.after, inverseEdits(text, edit.edits))).toBe(text);
  });

  test("adds a key in the style of those before it, and takes it out again", () => {
    const file = readYaml(text);
    const added = file.with(file.setKey(["jobs", "day", "days"], 5));
    expect(added.text).toBe(`${text}    days: 5\n`);
    expect(added.removeKey(["jobs", "day", "days"]).after).toBe(text);
    expect(added.value).toEqual(
      new Map([
        [
          "jobs",
          new Map([
            ["night", new Map([["at", "3:00"]])],
            [
              "day",
              new Map<string, unknown>([
                ["at", "9:00"],
                ["days", 5],
              ]),
            ],
          ]),
        ],
      ]),
    );
  });

  test("refuses with a place what can't be edited with certainty", () => {
    expect(() => readYaml("a: [", "jobs.yaml")).toThrow(Failure);
    expect(() => readYaml("- a\n").setKey(["b"], 1)).toThrow("can't be edited safely");
    try {
      readYaml("a: &x {b: 1}\nc: *x\n", "jobs.yaml").setKey(["a", "b"], 2);
      expect.unreachable("the alias changes too");
    } catch (error) {
      expect(error).toMatchObject({ reason: "uneditable", parts: { where: "jobs.yaml:1:11" } });
    }
  });
});

describe("machinist/shell", () => {
  test("gives the calls of a script with where each runs", () => {
    const facts = readShell(
      'platform list\nif [ "$PLATFORM_BRANCH" = main ]; then platform backup:create --yes; fi\n',
    );
    expect(facts).toMatchObject({
      whole: true,
      calls: [
        { command: "list", start: 0, runs: { where: "everywhere" } },
        {
          command: "backup:create",
          flags: ["--yes"],
          runs: { where: "only", branches: ["main"], types: [] },
        },
      ],
    });
  });

  test("says that it isn't whole where a script is called that isn't known", () => {
    expect(readShell("sh ./nightly.sh")).toMatchObject({ whole: false, unread: ["nightly.sh"] });
    const followed = readShell("sh ./nightly.sh", { "nightly.sh": "platform sync data --yes\n" });
    expect(followed).toMatchObject({
      whole: true,
      calls: [{ script: "nightly.sh", runs: { where: "everywhere" } }],
    });
  });

  test("finds what dash doesn't take", () => {
    expect(bashisms("[[ -f x ]]").map(({ what }) => what)).toEqual(["[["]);
    expect(syntaxError("if true; fi")).toMatchObject({ start: 9, end: 11 });
    expect(syntaxError("true")).toBeUndefined();
  });
});

describe("the doors of the packed package", () => {
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "machinist-doors-"));
    const installed = join(folder, "node_modules/machinist");
    await mkdir(installed, { recursive: true });
    for (const part of ["package.json", "dist"])
      await cp(join(repository, part), join(installed, part), { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("run the examples of the page as they are written, with types", async () => {
    const page = await readFile(join(repository, "docs/library.md"), "utf8");
    const examples = [...page.matchAll(/```js\n(.*?)```/gsu)].map(([, code = ""]) => code);
    const said: string[] = [];
    for (const [index, code] of examples.slice(1).entries()) {
      await writeFile(join(folder, `example-${index}.ts`), code);
      await writeFile(join(folder, `example-${index}.js`), code);
      const { stdout } = await run(process.execPath, [`example-${index}.js`], { cwd: folder });
      said.push(stdout);
    }
    expect(said).toHaveLength(2);
    expect(said[0]).toContain("at: '4:00'");
    expect(said[1]).toContain("backup:create");
    // The package's own types are checked where they stand alone (library.test.ts); here, the examples.
    const flags = [
      ...["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"],
      ...["--lib", "es2023", "--skipLibCheck"],
    ];
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const types = join(repository, "node_modules/@types");
    const { stdout } = await run(
      process.execPath,
      [tsc, ...flags, "--types", "node", "--typeRoots", types, "example-0.ts", "example-1.ts"],
      { cwd: folder },
    ).catch((error: { stdout: string }) => error);
    expect(stdout).toBe("");
  });
});
