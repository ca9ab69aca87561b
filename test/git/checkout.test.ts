import { execFileSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBranches, readCheckout } from "../../src/git/checkout.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { emptyDirectory } from "../change/place.ts";

const project = "abcdefgh12345";
const url = `${project}@git.eu-5.platform.sh:${project}.git`;

async function repository(): Promise<{ root: string; git: (...args: string[]) => void }> {
  const root = await emptyDirectory();
  const git = (...args: string[]) => {
    const who = ["-c", "user.name=Jane", "-c", "user.email=jane@example.org"];
    execFileSync("git", [...who, ...args], { cwd: root, stdio: "ignore" });
  };
  git("init", "--initial-branch", "feature/x");
  return { root, git };
}

test("knows the project from the remote named platform, before origin", async () => {
  const { root, git } = await repository();
  git("remote", "add", "origin", "xyzxyzxyz98765@git.platform.sh:xyzxyzxyz98765.git");
  git("remote", "add", "platform", url);
  const [first] = (await readCheckout(root)).projects;
  expect(first).toEqual({ id: project, because: "from the git remote platform", by: "remote" });
});

test("knows whose project it is where the Git server is one vendor's alone", async () => {
  const { root, git } = await repository();
  git("remote", "add", "origin", `${project}@git.us-3.magento.cloud:${project}.git`);
  const { projects } = await readCheckout(root);
  expect(projects[0]?.vendor?.vendor).toBe(vendors.magento);
  git(
    "remote",
    "set-url",
    "origin",
    `${project}@git.us-3.magento.cloud.example.org:${project}.git`,
  );
  expect((await readCheckout(root)).projects).toEqual([]);
});

test("knows the project from origin when that is the platform's", async () => {
  const { root, git } = await repository();
  git("remote", "add", "origin", url);
  const { projects } = await readCheckout(root);
  expect(projects).toEqual([{ id: project, because: "from the git remote origin", by: "remote" }]);
});

test.each([
  "git@example.org:shop/shop.git",
  `${project}@git.platform.sh:otherproject9.git`,
  `${project}@git.eu.platform.sh.example.org:${project}.git`,
  `https://${project}@git.eu.platform.sh/${project}.git`,
])("does not take %s for a project", async (remote) => {
  const { root, git } = await repository();
  git("remote", "add", "platform", remote);
  expect((await readCheckout(root)).projects).toEqual([]);
});

test("believes the remotes before the file that the official CLI leaves", async () => {
  const { root, git } = await repository();
  git("remote", "add", "platform", url);
  await mkdir(join(root, ".platform/local"), { recursive: true });
  await writeFile(join(root, ".platform/local/project.yaml"), "id: localproject1\nhost: eu\n");
  expect((await readCheckout(root)).projects).toEqual([
    { id: project, because: "from the git remote platform", by: "remote" },
    { id: "localproject1", because: "from .platform/local/project.yaml", by: "file" },
  ]);
});

test.each(["id: [", "id: 12", "id: ../../users/me", "- id", "", `id: ${"[".repeat(5000)}`])(
  "falls back to the remote when the CLI's file holds %j",
  async (content) => {
    const { root, git } = await repository();
    git("remote", "add", "platform", url);
    await mkdir(join(root, ".upsun/local"), { recursive: true });
    await writeFile(join(root, ".upsun/local/project.yaml"), content);
    expect((await readCheckout(root)).projects.map(({ because }) => because)).toEqual([
      "from the git remote platform",
    ]);
  },
);

test("finds the checkout from a folder inside it, and the branch that is checked out", async () => {
  const { root } = await repository();
  const inside = join(root, "apps/shop");
  await mkdir(inside, { recursive: true });
  const checkout = await readCheckout(inside);
  expect(checkout.root).toBe(root);
  expect(checkout.branch).toBe("feature/x");
});

test("has no branch when HEAD is detached", async () => {
  const { root, git } = await repository();
  git("commit", "--allow-empty", "--message", "first");
  git("checkout", "--detach");
  expect((await readCheckout(root)).branch).toBeUndefined();
});

test("takes the only branch for production, and not the one that the git host opens with", async () => {
  const { root, git } = await repository();
  git("remote", "add", "origin", url);
  git("commit", "--allow-empty", "--message", "first");
  expect((await readCheckout(root)).production).toMatchObject({ kind: "taken", name: "feature/x" });
  git("update-ref", "refs/remotes/origin/release/1", "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/1");
  expect((await readCheckout(root)).production).toMatchObject({
    kind: "doubtful",
    names: ["release/1"],
  });
});

test("tells a file that is committed from one that was edited or never added", async () => {
  const { root, git } = await repository();
  const file = join(root, ".platform.app.yaml");
  await writeFile(file, "name: app\n");
  const checkout = await readCheckout(root);
  expect(await checkout.state(file)).toBe("changed");
  git("add", ".platform.app.yaml");
  git("commit", "--message", "first");
  expect(await checkout.state(file)).toBe("as committed");
  await writeFile(file, "name: shop\n");
  expect(await checkout.state(file)).toBe("changed");
});

test("outside a checkout nothing is known", async () => {
  const directory = await emptyDirectory();
  const checkout = await readCheckout(directory);
  expect(checkout).toEqual({
    projects: [],
    repositories: [],
    production: { kind: "unknown" },
    branchNow: expect.any(Function),
    state: expect.any(Function),
  });
  expect(await checkout.state(join(directory, "file"))).toBe("unknown");
});

test("without git the root is still found, and the rest is missing", async () => {
  const { root } = await repository();
  const checkout = await readCheckout(root, { PATH: root });
  expect(checkout).toEqual({
    root,
    projects: [],
    repositories: [],
    production: { kind: "unknown" },
    branchNow: expect.any(Function),
    state: expect.any(Function),
  });
});

test("git gets no token, and is not sent to another repository", async () => {
  const { root } = await repository();
  const bin = await emptyDirectory();
  const log = join(bin, "log");
  await writeFile(join(bin, "git"), `#!/bin/sh\nenv > '${log}'\n`);
  await chmod(join(bin, "git"), 0o755);
  await readCheckout(root, {
    PATH: `${bin}:${process.env["PATH"]}`,
    PLATFORMSH_CLI_TOKEN: "canary-token",
    UPSUN_CLI_TOKEN: "canary-token",
    GIT_DIR: "/elsewhere",
  });
  const seen = execFileSync("cat", [log], { encoding: "utf8" });
  expect(seen).toContain("PATH=");
  expect(seen).not.toContain("canary-token");
  expect(seen).not.toContain("/elsewhere");
});

test("names the branches here and at the remotes, and no HEAD", async () => {
  const { root, git } = await repository();
  git("commit", "--allow-empty", "--message", "first");
  git("branch", "main");
  git("update-ref", "refs/remotes/origin/staging", "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/staging");
  expect([...((await readCheckout(root)).branches ?? [])].sort()).toEqual([
    "feature/x",
    "main",
    "staging",
  ]);
});

test("tells branches that can't be read from those that aren't there", async () => {
  const { root, git } = await repository();
  git("commit", "--allow-empty", "--message", "first");
  expect((await readCheckout(root)).branchesUnread).toBeUndefined();
  await mkdir(join(root, ".git/packed-refs"));
  for (const { branches, branchesUnread, production } of [
    await readCheckout(root),
    await readBranches(root),
  ]) {
    expect(branches).toBeUndefined();
    expect(production).toEqual({ kind: "unknown" });
    expect(branchesUnread).toBe("It is a folder, not a file");
  }
  expect((await readBranches(await emptyDirectory())).branchesUnread).toBeUndefined();
});
