import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { branchFolders, plainBranch, plainHead, plainRefs } from "../../src/git/refs.ts";
import { emptyDirectory } from "../change/place.ts";

async function repository() {
  const root = await emptyDirectory();
  const git = (...args: string[]) => {
    const who = ["-c", "user.name=Jane", "-c", "user.email=jane@example.org"];
    return execFileSync("git", [...who, ...args], { cwd: root, encoding: "utf8", stdio: "pipe" });
  };
  git("init", "--initial-branch", "main");
  git("commit", "--allow-empty", "--message", "first");
  for (const branch of ["feature/a/b", "update-dependencies"]) git("branch", branch);
  for (const name of ["main", "old/one"]) git("update-ref", `refs/remotes/origin/${name}`, "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  git("tag", "v1");
  return { root, git };
}

const sorted = (text: string | undefined) =>
  text
    ?.split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .sort();

test.each([
  ["loose", []],
  ["packed", ["pack-refs", "--all"]],
])("reads %s refs as Git prints them", async (_kind, pack) => {
  const { root, git } = await repository();
  if (pack.length > 0) git(...pack);
  git("branch", "after-packing");
  const printed = git("for-each-ref", "--format=%(refname) %(symref)", ...branchFolders);
  expect(sorted(await plainRefs(join(root, ".git")))).toEqual(sorted(printed));
  expect(printed).toContain("refs/remotes/origin/HEAD refs/remotes/origin/main");
});

test("leaves a linked worktree to Git", async () => {
  const { git } = await repository();
  const linked = join(await emptyDirectory(), "linked");
  git("worktree", "add", linked, "update-dependencies");
  expect(await plainRefs(join(linked, ".git"))).toBeUndefined();
});

test("knows the branch that is checked out as Git does, and leaves to Git what it doesn't know", async () => {
  const { root, git } = await repository();
  const branch = () => plainBranch(join(root, ".git"));
  expect(await branch()).toBe(git("symbolic-ref", "--short", "HEAD").trim());
  git("checkout", "--quiet", "-b", "feature/x");
  expect(await branch()).toBe("feature/x");
  git("checkout", "--quiet", "--detach");
  expect(await branch()).toBeUndefined();
  // As in a repository that keeps its refs in tables.
  await writeFile(join(root, ".git", "HEAD"), "ref: refs/heads/.invalid\n");
  expect(await branch()).toBeUndefined();
  const linked = join(await emptyDirectory(), "linked");
  git("symbolic-ref", "HEAD", "refs/heads/feature/x");
  git("worktree", "add", linked, "update-dependencies");
  expect(await plainBranch(join(linked, ".git"))).toBeUndefined();
});

test("knows the commit that is checked out as Git does, loose and packed, and leaves to Git what it doesn't know", async () => {
  const { root, git } = await repository();
  const head = () => plainHead(join(root, ".git"));
  const asGit = () => git("rev-parse", "HEAD").trim();
  expect(await head()).toBe(asGit());
  git("checkout", "--quiet", "-b", "feature/x");
  git("commit", "--allow-empty", "--message", "second");
  git("pack-refs", "--all");
  expect(await head()).toBe(asGit());
  git("commit", "--allow-empty", "--message", "third");
  expect(await head()).toBe(asGit());
  git("checkout", "--quiet", "--detach");
  expect(await head()).toBeUndefined();
  git("checkout", "--quiet", "--orphan", "new");
  expect(await head()).toBeUndefined();
  git("symbolic-ref", "refs/heads/other", "refs/heads/main");
  git("symbolic-ref", "HEAD", "refs/heads/other");
  expect(await head()).toBeUndefined();
  const linked = join(await emptyDirectory(), "linked");
  git("worktree", "add", linked, "update-dependencies");
  expect(await plainHead(join(linked, ".git"))).toBeUndefined();
});
