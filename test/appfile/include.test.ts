import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { AppFile } from "../../src/appfile/app-file.ts";
import { locateApps } from "../../src/appfile/locate.ts";
import { addBuildLines, addCron, replaceInScript, setKey } from "../../src/appfile/operations.ts";
import { readApp } from "../../src/appfile/read.ts";
import { misshapenCrons } from "../../src/automation/job-shapes.ts";
import { lines, refusalOf } from "./given.ts";

const cron = { name: "backup", spec: "0 5 * * *", lines: ["platform backup:create"] };
const hooks = `name: app
type: 'php:8.3'
hooks:
    build: !include
        type: string
        path: scripts/build.sh
`;

/** A checkout with these files, and the first app in it. */
async function checkout(files: Readonly<Record<string, string>>): Promise<AppFile> {
  return firstApp(await laidDown(files));
}

async function laidDown(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "machinist-include-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

async function firstApp(folder: string): Promise<AppFile> {
  const [location] = await locateApps(folder);
  if (location === undefined) throw new Error("no app");
  return readApp(location);
}

test("lines for an included build hook go into its script, after the shebang and what sets it up", async () => {
  const app = await checkout({
    ".platform.app.yaml": hooks,
    "scripts/build.sh": "#!/bin/sh\n# Builds the shop.\nset -e\n\nmake all\n",
  });
  expect(app.hooks.build?.text).toContain("make all");
  const patch = addBuildLines(app, lines);
  expect(patch.shown).toBe("scripts/build.sh");
  expect(patch.after).toBe(
    `#!/bin/sh\n# Builds the shop.\nset -e\n${lines.join("\n")}\n\nmake all\n`,
  );
});

test.each([
  ["", `${lines.join("\n")}\n`],
  ["make", `${lines.join("\n")}\nmake`],
  ["set -e", `set -e\n${lines.join("\n")}`],
  ["set -e\r\nmake\r\n", `set -e\r\n${lines.join("\r\n")}\r\nmake\r\n`],
])("an included script %j keeps its bytes and its line ends", async (before, after) => {
  const app = await checkout({ ".platform.app.yaml": hooks, "scripts/build.sh": before });
  expect(addBuildLines(app, lines)).toMatchObject({ before, after });
});

test("a token in an included script is replaced where it stands", async () => {
  const app = await checkout({
    ".platform.app.yaml": hooks,
    "scripts/build.sh": "make one\nmake two\n",
  });
  const script = app.hooks.build;
  if (script === undefined) throw new Error("no hook");
  const patch = replaceInScript(script, { start: 5, end: 8, text: "three" });
  expect(patch).toMatchObject({ shown: "scripts/build.sh", after: "make three\nmake two\n" });
});

test("a cron goes into the file that the crons are included from", async () => {
  const app = await checkout({
    ".platform.app.yaml": "name: app\ntype: 'php:8.3'\ncrons: !include config/crons.yaml\n",
    "config/crons.yaml":
      'drush:\n  spec: "*/20 * * * *"\n  cmd: "drush cron"\n\nmail:\n  spec: "5 * * * *"\n  cmd: mail\n',
  });
  expect(app.crons.map(({ name }) => name)).toEqual(["drush", "mail"]);
  const patch = addCron(app, cron);
  expect(patch.shown).toBe("config/crons.yaml");
  expect(patch.after.slice(patch.before.length)).toBe(
    '\nbackup:\n  spec: "0 5 * * *"\n  cmd: "platform backup:create"\n',
  );
  expect(refusalOf(() => addCron(app, { ...cron, name: "drush" })).what).toContain("already");
});

test("hooks that are included whole get a build hook, or lines in the one they have", async () => {
  const main = "name: app\ntype: 'php:8.3'\nhooks: !include hooks.yaml\n";
  const without = await checkout({
    ".platform.app.yaml": main,
    "hooks.yaml": "deploy: |\n    run\n",
  });
  expect(addBuildLines(without, lines).after).toBe(
    `deploy: |\n    run\nbuild: |\n${lines.map((line) => `    ${line}\n`).join("")}`,
  );
  const having = await checkout({
    ".platform.app.yaml": main,
    "hooks.yaml": "build: |\n  make\n",
  });
  expect(addBuildLines(having, lines).after).toBe(
    `build: |\n${lines.map((line) => `  ${line}\n`).join("")}  make\n`,
  );
});

test("an app that a list includes is read from its own file", async () => {
  const folder = await laidDown({
    ".platform/applications.yaml": "- !include one.app.yaml\n- name: two\n  type: 'php:8.3'\n",
    ".platform/one.app.yaml": "name: one\ntype: 'python:3.12'\n",
  });
  const locations = await locateApps(folder);
  expect(locations.map(({ name, shown }) => [name, shown])).toEqual([
    ["one", ".platform/one.app.yaml"],
    ["two", ".platform/applications.yaml"],
  ]);
  const patch = addCron(await firstApp(folder), cron);
  expect(patch.shown).toBe(".platform/one.app.yaml");
});

test.each<
  [
    what: string,
    files: Record<string, string>,
    prepare: ((folder: string) => Promise<void>) | undefined,
    why: string,
  ]
>([
  ["isn't there", {}, undefined, "scripts/build.sh is included, but isn't there"],
  [
    "has another user",
    {
      "scripts/build.sh": "make\n",
      "other/.platform.app.yaml": hooks.replace("scripts/", "../scripts/").replace("app\n", "b\n"),
    },
    undefined,
    "scripts/build.sh is included by .platform.app.yaml:5 and other/.platform.app.yaml:5",
  ],
  [
    "isn't text",
    {},
    async (folder) => {
      await mkdir(join(folder, "scripts"));
      await writeFile(join(folder, "scripts/build.sh"), Buffer.from([0x73, 0xff, 0x0a]));
    },
    "scripts/build.sh:1:1: This line isn't UTF-8",
  ],
  [
    "is in a submodule",
    { "scripts/build.sh": "make\n", "scripts/.git": "gitdir: ../.git/modules/scripts\n" },
    undefined,
    "scripts/build.sh is in another repository",
  ],
  [
    "may be in a submodule that isn't fetched",
    { ".gitmodules": '[submodule "s"]\n\tpath = scripts\n\turl = ../scripts.git\n' },
    undefined,
    "scripts/build.sh may be in the submodule scripts, which isn't fetched",
  ],
  [
    "leads out of the checkout",
    {},
    async (folder) => {
      await mkdir(join(folder, "scripts"));
      await symlink("/bin/sh", join(folder, "scripts/build.sh"));
    },
    "scripts/build.sh leads out of the checkout",
  ],
])(
  "an included script that %s is refused with the reason, and a cron can still be added",
  async (_what, files, prepare, why) => {
    const folder = await laidDown({ ".platform.app.yaml": hooks, ...files });
    await prepare?.(folder);
    const app = await firstApp(folder);
    const parts = refusalOf(() => addBuildLines(app, lines));
    expect(parts.why).toBe(why);
    expect(parts.where).toMatch(/^(?:\.platform\.app\.yaml:4:5|scripts\/build\.sh:1:1)$/u);
    expect(parts.paste).toContain("install || exit 1");
    expect(addCron(app, cron).after).toContain("backup:");
  },
);

test("a command of a worker is read from the file that it includes", async () => {
  const app = await checkout({
    ".platform.app.yaml":
      "name: app\ntype: 'php:8.3'\nworkers:\n    queue:\n        commands:\n            start: !include\n                type: string\n                path: queue.sh\n",
    "queue.sh": "run\n",
  });
  expect(app.commands).toMatchObject([
    { of: "worker", name: "queue", key: "start", script: { text: "run\n", style: "included" } },
  ]);
});

test.each([
  [
    "a cron by its path",
    "crons:\n  night: !include night.yaml\n",
    { "night.yaml": "spec: '0 5 * * *'\ncommands:\n  start: platform backup:create\n" },
  ],
  [
    "a cron by type and path, with its command elsewhere",
    "crons:\n  night: !include\n    type: yaml\n    path: night.yaml\n",
    { "night.yaml": "spec: '0 5 * * *'\ncmd: platform backup:create\n" },
  ],
  [
    "the commands of a cron",
    "crons:\n  night:\n    spec: '0 5 * * *'\n    commands: !include night.yaml\n",
    { "night.yaml": "start: platform backup:create\n" },
  ],
])("%s may be included, and is read", async (_what, crons, files) => {
  const app = await checkout({
    ".platform.app.yaml": `name: app\ntype: 'php:8.3'\n${crons}`,
    ...files,
  });
  const [cron] = app.crons;
  expect(cron).toMatchObject({
    name: "night",
    spec: { value: "0 5 * * *" },
    script: { text: "platform backup:create", in: { shown: "night.yaml" } },
  });
  expect(misshapenCrons(app)).toEqual([]);
  const text = cron?.in.text ?? "";
  expect(text.slice(cron?.spec?.start, cron?.spec?.end)).toBe("'0 5 * * *'");
});

test("a worker, an operation and the source operations may be included, and are read", async () => {
  const app = await checkout({
    ".platform.app.yaml":
      "name: app\ntype: 'php:8.3'\nworkers:\n  queue: !include queue.yaml\noperations:\n  clear:\n    commands: !include clear.yaml\nsource:\n  operations: !include operations.yaml\n",
    "queue.yaml": "commands:\n  start: platform redeploy\n",
    "clear.yaml": "start: platform cc\n",
    "operations.yaml": "update:\n  command: composer update\n",
  });
  expect(app.commands.map(({ of, name, script: { text } }) => [of, name, text])).toEqual([
    ["worker", "queue", "platform redeploy"],
    ["operation", "clear", "platform cc"],
    ["source operation", "update", "composer update"],
  ]);
  expect(app.sourceOperations).toEqual([{ name: "update", command: "composer update" }]);
});

test("nothing is written beside the type and the path of what is included", async () => {
  const app = await checkout({
    ".platform.app.yaml":
      "name: app\ntype: 'php:8.3'\ncrons:\n  night: !include\n    type: yaml\n    path: night.yaml\n",
    "night.yaml": "spec: '0 5 * * MON'\ncmd: date\n",
  });
  const refused = refusalOf(() => setKey(app, ["crons", "night", "spec"], "0 5 * * 1"));
  expect(refused.why).toBe("crons.night is what !include makes of it");
});

const parts = (...roots: readonly string[]) =>
  roots
    .map(
      (root) =>
        `${root}:\n    type: 'php:8.3'\n    source:\n        root: /${root}\n    hooks:\n        build: !include\n            type: string\n            path: bin/build.sh\n`,
    )
    .join("");

test("a path counts from the app's own folder, where each of several apps has a file of that name", async () => {
  const folder = await laidDown({
    ".platform/applications.yaml": parts("api", "web"),
    "api/bin/build.sh": "make api\n",
    "web/bin/build.sh": "make web\n",
  });
  const apps = await Promise.all((await locateApps(folder)).map((each) => readApp(each)));
  expect(apps.map(({ hooks: { build } }) => build?.text)).toEqual(["make api\n", "make web\n"]);
  expect(apps.map((app) => addBuildLines(app, lines).shown)).toEqual([
    "api/bin/build.sh",
    "web/bin/build.sh",
  ]);
});

test("of a file in the app's own folder and one at the top, neither is chosen", async () => {
  const app = await checkout({
    "conf/.platform.app.yaml": hooks.replace("hooks:", "source:\n    root: shop\nhooks:"),
    "shop/scripts/build.sh": "make\n",
    "scripts/build.sh": "make all\n",
  });
  expect(refusalOf(() => addBuildLines(app, lines)).why).toBe(
    "scripts/build.sh may be either of two files",
  );
});

test("an app that a list includes from a file that isn't there is refused with its place, and the others are read", async () => {
  const folder = await laidDown({
    ".platform/applications.yaml": "- name: one\n  type: 'php:8.3'\n- !include two.app.yaml\n",
  });
  const [one, two] = await locateApps(folder);
  if (one === undefined || two === undefined) throw new Error("no app");
  expect((await readApp(one)).name).toBe("one");
  await expect(readApp(two)).rejects.toMatchObject({
    parts: {
      where: ".platform/applications.yaml:3:12",
      why: "two.app.yaml is included, but isn't there",
    },
  });
});
