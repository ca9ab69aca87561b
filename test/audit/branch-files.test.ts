import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { branchFiles } from "../../src/audit/fleet/branch-files.ts";
import { readSubjects, type Subject } from "../../src/audit/subject.ts";
import { branchTree } from "../../src/platform/git-data.ts";
import { fakeApi } from "../platform/fake-api.ts";

const git = promisify(execFile);

/** What a checkout of some folder layout must give in both ways. */
const project: Readonly<Record<string, string>> = {
  ".platform.app.yaml": `name: shop
type: php:8.3
hooks:
    build: |
        bash scripts/install.sh
crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: !include
                type: string
                path: cron/backup.sh
`,
  "scripts/install.sh": "curl -fsSL https://example.org/installer.sh | bash\n",
  "cron/backup.sh": "platform backup:create --yes --no-wait\n",
  "apps/blog/.platform.app.yaml": "type: nodejs:22\nhooks: !include hooks.yaml\n",
  "apps/blog/hooks.yaml": "build: make\r\n",
  "apps/broken/.platform.app.yaml": "name: [\n",
  ".platform/routes.yaml": "{}\n",
  "docs/manual.md": "Nothing for machines.\n",
};
const links = { "apps/linked/.platform.app.yaml": "../blog/.platform.app.yaml" };

async function pushed() {
  const folder = await mkdtemp(join(tmpdir(), "machinist-branch-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(project)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(target, join(folder, path));
  }
  const run = async (...args: string[]) =>
    (await git("git", ["-C", folder, ...args], { encoding: "buffer" })).stdout;
  await run("init", "--quiet", "--initial-branch=main");
  await run("add", "--all");
  const tree = String(await run("write-tree")).trim();
  const api = await fakeApi(async ({ url }) => {
    const [, kind = "", id = ""] = /\/git\/([a-z]+)\/([^/]+)$/u.exec(url) ?? [];
    if (kind === "commits") return { json: { tree } };
    if (kind === "trees") {
      const lines = String(await run("ls-tree", "-z", id)).split("\0");
      const entries = lines.slice(0, -1).map((line) => {
        const [, mode, type, sha, path] = /^(\d+) (\w+) (\w+)\t(.*)$/su.exec(line) ?? [];
        return { path, mode, type, sha };
      });
      return { json: { sha: id, tree: entries } };
    }
    const content = (await run("cat-file", "blob", id)).toString("base64");
    return { json: { sha: id, size: content.length, encoding: "base64", content } };
  });
  return { folder, api, tree: branchTree(api.connection, "p1", { commit: "c" }) };
}

/** A subject without the places where its files lie. */
function described(subject: Subject, top: string) {
  if (subject.kind === "unreadable")
    return { kind: subject.kind, shown: subject.location.shown, parts: subject.failure.parts };
  const { app, beside } = subject;
  return {
    location: { ...app.location, file: app.location.file.replace(top, "") },
    texts: [app.text, app.hooks.build?.text, ...app.crons.map(({ script }) => script?.text)],
    places: app.crons.map(({ nameStart, script }) => [nameStart, script?.in.shown, script?.start]),
    includes: [...app.includes].map(([key, included]) =>
      included.kind === "closed" ? [key, included.why] : [key, included.in.shown],
    ),
    name: app.name,
    beside: { ...beside, environmentFile: beside.environmentFile?.text },
    called: [...app.called].map(([path, { text }]) => [path, text]),
  };
}

test("a branch gives the same applications as a checkout of it", async () => {
  const { folder, tree } = await pushed();
  const files = await branchFiles(tree, "p1", undefined);
  const fromDisk = await readSubjects(folder, {});
  const fromApi = await readSubjects(files.top, {}, files);
  expect(fromApi).toHaveLength(3);
  expect(fromApi.map((one) => described(one, files.top))).toEqual(
    fromDisk.map((one) => described(one, folder)),
  );
  expect(described(fromApi[0] ?? never(), files.top)).toMatchObject({
    texts: [expect.anything(), "bash scripts/install.sh\n", project["cron/backup.sh"]],
    called: [["scripts/install.sh", project["scripts/install.sh"]]],
  });
});

test("where the applications are known to be, no other folder is looked through", async () => {
  const { api, tree } = await pushed();
  const files = await branchFiles(tree, "p1", ["", "apps/blog"]);
  const apps = await readSubjects(files.top, {}, files);
  expect(apps.map((one) => one.kind === "read" && one.app.location.shown)).toEqual([
    ".platform.app.yaml",
    "apps/blog/.platform.app.yaml",
  ]);
  const trees = api.seen.filter(({ url }) => url.includes("/git/trees/"));
  // The top, apps, apps/blog, and the two folders that the first app includes and calls from.
  expect(trees).toHaveLength(5);
});

test("an application without a file in its own folder is looked for in .platform", async () => {
  const { tree } = await pushed();
  const files = await branchFiles(tree, "p1", ["docs"]);
  const folders = await files.entries(files.top);
  const names = folders.filter(({ isFolder }) => isFolder).map(({ name }) => name);
  expect(names).toEqual([".platform", "docs"]);
});

function never(): never {
  throw new Error("there is no application");
}
