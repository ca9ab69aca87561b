import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as v from "valibot";
import { expect, test } from "vitest";
import { rules } from "../src/audit/registry.ts";
import { kinds } from "../src/change/kinds/registry.ts";
import { commandDefinitions } from "../src/commands/registry.ts";
import { formatNames } from "../src/report/names.ts";
import { setupProcedure } from "../src/setup/steps/registry.ts";
import { tasks } from "../src/setup/tasks/registry.ts";
import { taskIds } from "../src/setup/tasks/task.ts";
import { vendors } from "../src/vendors/registry.ts";

const top = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(top, path), "utf8");
const text = read("CONTRIBUTING.md");

/** What stands in backticks, each once. */
const quoted = [...new Set([...text.matchAll(/`([^`]+)`/gu)].map(([, words = ""]) => words))];

const linked = [...text.matchAll(/\]\(([^)]+)\)/gu)].map(([, path = ""]) => path);
const paths = [
  ...quoted.filter((words) => /^[\w.-]+(?:\/[\w.-]+)*\/?$/u.test(words) && words.includes("/")),
  ...linked,
];

test("names paths, and nothing but such as are there", () => {
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(join(top, path)))).toEqual([]);
});

test("names scripts that there are, and each that one would look for", () => {
  const { scripts } = v.parse(
    v.object({ scripts: v.record(v.string(), v.string()) }),
    JSON.parse(read("package.json")),
  );
  const called = [...text.matchAll(/npm (?:run )?([a-z][\w:]*)/gu)].map(([, name = ""]) => name);
  expect(called.filter((name) => !(name in scripts))).toEqual([]);
  const parts = /^(?:check:|prepack$|prepare$|prepublishOnly$|demo$|build$)/u;
  const missing = Object.keys(scripts).filter(
    (name) => !parts.test(name) && !called.includes(name),
  );
  expect(missing).toEqual([]);
});

test("names what is exported from the file that stands beside it", () => {
  const beside = [...text.matchAll(/`(\w+)` \(`([\w./-]+\.ts)`\)/gu)];
  expect(beside.length).toBeGreaterThan(2);
  for (const [, name = "", path = ""] of beside)
    expect(read(path), path).toMatch(
      new RegExp(`export (?:const|function|interface|type|class) ${name}\\b`, "u"),
    );
});

test("names types and members that the source has", () => {
  const source = readdirSync(join(top, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/u.test(path))
    .map((path) => read(join("src", path)))
    .join("\n");
  for (const name of quoted.filter((words) => /^[A-Za-z]+$/u.test(words)))
    expect(source, name).toMatch(new RegExp(`\\b${name}\\b`, "u"));
});

test("draws the storeys that the imports are held to", () => {
  const list = /const storeys = (\[.*?\n\]);/su.exec(read(".config/layers.cjs"))?.[1] ?? "";
  const storeys: unknown = JSON.parse(list.replaceAll(/,(\s*\])/gu, "$1"));
  const drawn = v.parse(v.array(v.array(v.string())), storeys).map((names) => names.join(", "));
  expect(text).toContain(`    ${drawn.join(" ► ")}\n`);
});

/** The section with this title. */
function section(title: string): string {
  const [, body = ""] = text.split(`## ${title}\n`);
  return body.split("\n## ")[0] ?? "";
}

test("says of a rule what a rule takes: a file, a line, cases, a test, a page", () => {
  const said = section("Adding a rule of the audit");
  for (const part of ["src/audit/rules/", "src/audit/registry.ts", "test/audit/rules/"])
    expect(said).toContain(`\`${part}`);
  for (const part of ["RULE.cases.ts", "RULE.test.ts", "npm run docs"])
    expect(said).toContain(part);
  const ids = rules.map(({ id }) => id);
  const files = (folder: string) => readdirSync(join(top, folder)).sort();
  const named = (...endings: string[]) =>
    ids.flatMap((id) => endings.map((ending) => `${id}${ending}`)).sort();
  expect(files("src/audit/rules")).toEqual(expect.arrayContaining(named(".ts")));
  expect(files("test/audit/rules")).toEqual(named(".cases.ts", ".test.ts"));
  expect(files("docs/rules")).toEqual(expect.arrayContaining(named(".md")));
});

/** The text of all tests below some folders of `test`, and what the files are named after, in quotes. */
function textOfTests(...folders: readonly string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(join(top, "test", folder), { recursive: true, encoding: "utf8" })
        .filter((path) => /\.tsx?$/u.test(path))
        .map((path) => `"${basename(path).split(".")[0]}" ${read(join("test", folder, path))}`),
    )
    .join("\n");
}

/** Those of some ids that no test names, in quotes or in front of a colon. */
function untested(ids: readonly string[], ...folders: readonly string[]): readonly string[] {
  const tests = textOfTests(...folders);
  return ids.filter(
    (id) => !new RegExp(`["'\`. ]${id}(?:["'\`]|:|\\()|\\.${id}\\b`, "u").test(tests),
  );
}

test("each task, command, vendor and format is named in a test", () => {
  expect(untested(taskIds, "setup")).toEqual([]);
  const commands = commandDefinitions.map(({ name }) => name);
  expect(untested(commands, "commands", "e2e", "screens")).toEqual([]);
  expect(untested(Object.keys(vendors), "setup", "vendors")).toEqual([]);
  expect(untested(formatNames, "report")).toEqual([]);
});

test("says of a step what a step takes: a file, an id, a line, and where its flag is", () => {
  const said = section("Adding a step of the setup");
  const files = readdirSync(join(top, "src/setup/steps")).map((name) =>
    read(join("src/setup/steps", name)),
  );
  const named = (path: string) => {
    expect(said).toContain(`\`${path}\``);
    return read(path);
  };
  const ids = named("src/setup/session.ts");
  named("src/setup/steps/registry.ts");
  expect(named("src/commands/flags/table.ts")).toContain("answers: { step: ");
  for (const id of new Set(setupProcedure.steps.map((step) => step.id.split(":")[0] ?? ""))) {
    const word = new RegExp(`["\`]${id}(?:["\`]|:)`, "u");
    expect(ids, id).toMatch(word);
    expect(
      files.some((file) => word.test(file)),
      id,
    ).toBe(true);
  }
});

test("says of a task what a task takes: an id, a file, a line", () => {
  const said = section("Adding a task");
  for (const part of ["src/setup/tasks/", "src/setup/tasks/task.ts", "src/setup/tasks/registry.ts"])
    expect(said).toContain(`\`${part}\``);
  expect(tasks.map(({ id }) => id).sort()).toEqual([...taskIds].sort());
  for (const id of taskIds) expect(read(`src/setup/tasks/${id}.ts`)).toContain(`id: "${id}"`);
});

test("says of a command what a command takes: its words, a file and a line", () => {
  const said = section("Adding a command");
  for (const part of [
    "src/commands/",
    "src/commands/flags/table.ts",
    "src/commands/registry.ts",
    "CommandDefinition",
  ])
    expect(said).toContain(`\`${part}\``);
  for (const { name } of commandDefinitions)
    expect(existsSync(join(top, `src/commands/${name}/command.ts`))).toBe(true);
});

test("says of a kind of change what it takes: a file, a line, and what is in the file", () => {
  const words = section("Adding a kind of change");
  for (const part of ["src/change/kinds/", "src/change/kinds/registry.ts", "test/change/"])
    expect(words).toContain(`\`${part}\``);
  for (const kind of kinds) {
    expect(existsSync(join(top, `src/change/kinds/${kind.kind}.ts`)), kind.kind).toBe(true);
    for (const name of Object.keys(kind).filter((each) => each !== "kind"))
      expect(words, name).toContain(`\`${name}\``);
  }
});
