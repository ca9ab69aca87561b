import { mkdir, mkdtemp, realpath, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { locateApps } from "../../src/appfile/locate.ts";
import { readApp } from "../../src/appfile/read.ts";

/** A directory with these files in it. */
async function directoryWith(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "machinist-locate-")));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return directory;
}

const found = async (files: Readonly<Record<string, string>>, appFile?: string) =>
  (await locateApps(await directoryWith(files), appFile)).map(({ shown, form, path, name }) => ({
    shown,
    form,
    path,
    name,
  }));

test("one file at the root is one application, with the name it gives itself", async () => {
  expect(await found({ ".platform.app.yaml": "name: shop\ntype: php\n" })).toEqual([
    { shown: ".platform.app.yaml", form: "single", path: [], name: "shop" },
  ]);
});

test("folders are searched five deep, without those that are not the project's own", async () => {
  const app = (name: string) => `name: ${name}\n`;
  const apps = await found({
    "b/.platform.app.yaml": app("b"),
    "a/1/2/3/4/.platform.app.yaml": app("deep"),
    "a/1/2/3/4/5/.platform.app.yaml": app("deeper"),
    ".hidden/.platform.app.yaml": app("hidden"),
    "node_modules/x/.platform.app.yaml": app("no"),
    "b/vendor/.platform.app.yaml": app("no"),
    ".platform/local/builds/.platform.app.yaml": app("no"),
    "submodule/.git": "gitdir: elsewhere\n",
    "submodule/.platform.app.yaml": app("no"),
  });
  expect(apps.map(({ name }) => name)).toEqual(["hidden", "deep", "b"]);
});

test("a list and a map in .platform/applications.yaml give their applications", async () => {
  const list = "- name: a\n- name: b\n- !include c.yaml\n";
  expect(await found({ ".platform/applications.yaml": list })).toMatchObject([
    { form: "list", path: [0], name: "a" },
    { form: "list", path: [1], name: "b" },
    { form: "list", path: [2], name: "app-3" },
  ]);
  const map = "a:\n  source: { root: a }\nb:\n  type: php\n";
  expect(await found({ ".platform/applications.yaml": map })).toMatchObject([
    { form: "map", path: ["a"], name: "a" },
    { form: "map", path: ["b"], name: "b" },
  ]);
});

test("every file right below .upsun is looked into for applications", async () => {
  const apps = await found({
    ".upsun/config.yaml": "applications:\n  a: { type: php }\nroutes: {}\n",
    ".upsun/more.yaml": "applications:\n  b: { type: php }\n",
    ".upsun/services.yaml": "services: {}\n",
    ".upsun/deeper/more.yaml": "applications:\n  c: { type: php }\n",
  });
  expect(apps).toMatchObject([
    { shown: ".upsun/config.yaml", form: "applications", path: ["applications", "a"], name: "a" },
    { shown: ".upsun/more.yaml", form: "applications", path: ["applications", "b"], name: "b" },
  ]);
});

test.each([
  ["applications:\n  a: {}\n  b: {}\n", "applications", ["a", "b"]],
  ["- name: a\n- name: b\n", "list", ["a", "b"]],
  ["a:\n  type: php\nb: { stack: [php] }\n", "map", ["a", "b"]],
  ["name: a\ntype: php\nweb: { x: y }\n", "single", ["a"]],
  ["hooks: {}\nweb: { type: x }\n", "single", ["folder"]],
])("the form of a named file is told from its content: %j", async (text, form, names) => {
  const apps = await found({ "folder/any+name.yaml": text }, "folder/any+name.yaml");
  expect(apps.map(({ name }) => name)).toEqual(names);
  expect(apps.every((app) => app.form === form)).toBe(true);
});

test("a file that can't be read is listed, so that reading it says why", async () => {
  const directory = await directoryWith({ "shop/.platform.app.yaml": "a: 1\na: 2\n" });
  const [location, ...others] = await locateApps(directory);
  expect(others).toEqual([]);
  expect(location).toMatchObject({ name: "shop", shown: "shop/.platform.app.yaml" });
  if (location !== undefined)
    await expect(readApp(location)).rejects.toMatchObject({ reason: "uneditable" });
});

test("a file is shown under the name of a link to it, and edited where it is", async () => {
  const directory = await directoryWith({ "config/app.yaml": "name: a\n" });
  await symlink(join("config", "app.yaml"), join(directory, ".platform.app.yaml"));
  expect(await locateApps(directory)).toMatchObject([
    { shown: ".platform.app.yaml", file: join(directory, "config", "app.yaml") },
  ]);
});

test("a link that leads out of the directory is not followed", async () => {
  const elsewhere = await directoryWith({ "app.yaml": "name: a\n" });
  const directory = await directoryWith({});
  await symlink(join(elsewhere, "app.yaml"), join(directory, ".platform.app.yaml"));
  await expect(locateApps(directory)).rejects.toMatchObject({
    reason: "usage",
    parts: { where: ".platform.app.yaml" },
  });
});

test("without any application the names that count are told", async () => {
  await expect(found({ "README.md": "" })).rejects.toMatchObject({
    reason: "usage",
    parts: { what: "No application is configured here" },
  });
});

test.each([".platform.app.yml", ".platform/applications.yml", ".upsun/config.yml"])(
  "%s is told to have the wrong ending",
  async (path) => {
    await expect(found({ [path]: "name: a\n" })).rejects.toMatchObject({
      reason: "usage",
      parts: { where: path, next: expect.stringContaining(".yaml") },
    });
  },
);

test("a named file that isn't there is a wrong answer", async () => {
  await expect(found({}, "no.yaml")).rejects.toMatchObject({
    reason: "usage",
    parts: { what: "There is no file no.yaml" },
  });
});

test("a directory that isn't there is a wrong answer", async () => {
  await expect(locateApps("/no/such/directory")).rejects.toMatchObject({ reason: "usage" });
});
