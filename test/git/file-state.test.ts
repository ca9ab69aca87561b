import { execFileSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { headOf, hindrance } from "../../src/git/commit.ts";
import { committedText, stagedEntry, stateOf, storedId } from "../../src/git/file-state.ts";
import { openRepository, type Repository } from "../../src/git/repository.ts";
import { emptyDirectory } from "../change/place.ts";

const text = "name: shop\ntype: 'php:8.3'\n";

async function repository(...init: string[]) {
  const root = await emptyDirectory();
  const git = (args: readonly string[], input = "") => {
    const who = ["-c", "user.name=Jane", "-c", "user.email=jane@example.org"];
    const options = { cwd: root, encoding: "utf8", stdio: "pipe", input } as const;
    return execFileSync("git", [...who, ...args], options).trim();
  };
  git(["init", "--quiet", "--initial-branch", "main", ...init]);
  await writeFile(join(root, "app.yaml"), text);
  git(["add", "app.yaml"]);
  git(["commit", "--quiet", "--message", "first"]);
  return { root, git };
}

/** A second checkout of the same repository, whose `.git` is a file. */
async function linkedTo({ git }: Awaited<ReturnType<typeof repository>>): Promise<string> {
  const linked = join(await emptyDirectory(), "linked");
  git(["worktree", "add", "--quiet", linked]);
  return linked;
}

/** The same, and none of its questions may start Git. */
function withoutGit(repository: Repository): Repository {
  const git = (args: readonly string[]) => Promise.reject(new Error(`started: ${args.join(" ")}`));
  return { ...repository, git };
}

const texts = {
  plain: text,
  "Windows line ends": "name: shop\r\ntype: 'php:8.3'\r\n",
  "an id that is filled in": "# $Id: 1f3c $\nname: shop\n",
  umlauts: "name: 'Bücher'\n",
  "a backslash and a tilde": 'path: "\\~/"\n',
};

const attributes = `*.text text
*.ident ident
*.latin working-tree-encoding=ISO-8859-1
`;

test.each(["sha1", "sha256"])(
  "gives a text the id that Git gives it, in a repository with ids of %s",
  async (format) => {
    const { root, git } = await repository(`--object-format=${format}`);
    await writeFile(join(root, ".gitattributes"), attributes);
    const opened = await openRepository(root);
    for (const path of ["a.yaml", "a.text", "a.ident", "a.latin"])
      for (const [what, text] of Object.entries(texts)) {
        const asGit = git(["hash-object", "--stdin", `--path=${path}`], text);
        expect(await storedId(opened, path, text), `${what} in ${path}`).toBe(asGit);
      }
  },
);

test("knows of a plain repository what is checked out and staged, and whether a commit is begun, without Git", async () => {
  const { root, git } = await repository();
  const opened = withoutGit(await openRepository(root));
  expect(await headOf(opened)).toBe(git(["rev-parse", "HEAD"]));
  expect(await hindrance(opened, ["app.yaml"])).toBeUndefined();
  const id = git(["rev-parse", ":app.yaml"]);
  expect(await stagedEntry(opened, "app.yaml")).toEqual({ mode: "100644", id });
  expect(await stagedEntry(opened, "app")).toBeUndefined();
  expect(await storedId(opened, "app.yaml", text)).toBe(id);
  await chmod(join(root, "app.yaml"), 0o755);
  git(["add", "app.yaml"]);
  expect(await stagedEntry(opened, "app.yaml")).toEqual({ mode: "100755", id });
});

test.each(["a plain repository", "a linked worktree"])(
  "judges a file and what would hinder its commit alike in %s",
  async (kind) => {
    const first = await repository();
    const root = kind === "a plain repository" ? first.root : await linkedTo(first);
    const git = (...args: string[]) => first.git(["-C", root, ...args]);
    const opened = await openRepository(root);
    expect(await headOf(opened)).toBe(git("rev-parse", "HEAD"));
    expect(await stagedEntry(opened, "app.yaml")).toEqual(await committedText(opened, "app.yaml"));
    expect(await stateOf(opened, "app.yaml", text)).toBe("as committed");
    expect(await stateOf(opened, "app.yaml", `${text}\n`)).toBe("changed");
    expect(await hindrance(opened, ["app.yaml"])).toBeUndefined();
    const head = git("rev-parse", "HEAD");
    for (const note of ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"]) {
      git("update-ref", note, head);
      expect(await hindrance(opened, ["app.yaml"]), note).toContain("has begun in the checkout");
      git("update-ref", "-d", note);
    }
    const hook = join(first.root, ".git/hooks/pre-commit");
    await writeFile(hook, "#!/bin/sh\n");
    await chmod(hook, 0o755);
    expect(await hindrance(opened, ["app.yaml"])).toContain("the hook pre-commit takes part");
  },
);

test("during a merge, a file with several versions is not staged", async () => {
  const { root, git } = await repository();
  git(["checkout", "--quiet", "-b", "other"]);
  await writeFile(join(root, "app.yaml"), "name: other\n");
  git(["commit", "--quiet", "--all", "--message", "other"]);
  git(["checkout", "--quiet", "main"]);
  await writeFile(join(root, "app.yaml"), "name: mine\n");
  git(["commit", "--quiet", "--all", "--message", "mine"]);
  expect(() => git(["merge", "other"])).toThrow();
  const opened = await openRepository(root);
  expect(await stagedEntry(opened, "app.yaml")).toBeUndefined();
  expect(await hindrance(opened, ["app.yaml"])).toContain("a merge");
});
