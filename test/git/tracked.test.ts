import { execFileSync } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { trackedFiles, trackedText } from "../../src/git/tracked.ts";
import { emptyDirectory } from "../change/place.ts";

async function repository(...init: string[]) {
  const root = await emptyDirectory();
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  git("init", "--quiet", ...init);
  for (const folder of ["web/deep/er", "ümlaut"])
    await mkdir(join(root, folder), { recursive: true });
  const long = "n".repeat(120);
  for (const path of ["a", "web/index.php", "web/deep/er/b.txt", "ümlaut/ö", `web/${long}`])
    await writeFile(join(root, path), `${path}\n`);
  await writeFile(join(root, "untracked"), "x");
  await symlink("a", join(root, "link"));
  git("add", "a", "web", "ümlaut", "link");
  const listed = git("ls-files", "-z").split("\0");
  return { root, git, files: listed.filter((path) => path !== "" && path !== "link").sort() };
}

test.each(["2", "3", "4"])(
  "lists what is tracked from an index of version %s, as Git does",
  async (version) => {
    const { root, git, files } = await repository();
    if (version === "3") git("update-index", "--skip-worktree", "a");
    git("update-index", "--index-version", version);
    const tracked = await trackedFiles(root, { PATH: "" });
    expect(tracked).toEqual({ kind: "listed", paths: expect.any(Array) });
    expect(tracked.kind === "listed" && [...tracked.paths].sort()).toEqual(files);
  },
);

test.each([
  ["ids of SHA-256", ["--object-format=sha256"], []],
  ["a split index", [], ["update-index", "--split-index"]],
])("leaves %s to Git", async (_what, init, command) => {
  const { root, git, files } = await repository(...init);
  if (command.length > 0) git(...command);
  expect(await trackedFiles(root, { PATH: "" })).toMatchObject({ kind: "unread" });
  const tracked = await trackedFiles(root);
  expect(tracked.kind === "listed" && [...tracked.paths].sort()).toEqual(files);
});

test("leaves an index to Git that has a folder in place of its files", async () => {
  const { root, git, files } = await repository();
  git("-c", "user.name=Jane", "-c", "user.email=jane@example.org", "commit", "--message", "first");
  git("sparse-checkout", "set", "--cone", "--sparse-index", "ümlaut");
  expect(git("ls-files", "--sparse")).toContain("web/\n");
  expect(await trackedFiles(root, { PATH: "" })).toMatchObject({ kind: "unread" });
  const tracked = await trackedFiles(root);
  expect(tracked.kind === "listed" && [...tracked.paths].sort()).toEqual(files);
});

test("an index that is a named pipe is not waited for", async () => {
  const { root } = await repository();
  await rm(join(root, ".git/index"));
  execFileSync("mkfifo", [join(root, ".git/index")]);
  expect(await trackedFiles(root)).toEqual({
    kind: "unread",
    why: "It is a named pipe, not a file",
  });
});

test("a tracked text is read, and what is binary, huge, a pipe or leads out of the checkout is not", async () => {
  const { root } = await repository();
  const outside = await emptyDirectory();
  await writeFile(join(outside, "b.txt"), "secret");
  await writeFile(join(root, "binary"), "a\0b");
  await writeFile(join(root, "huge"), "x".repeat(300_000));
  execFileSync("mkfifo", [join(root, "pipe")]);
  expect(await trackedText(root, "a")).toEqual({ kind: "known", value: "a\n" });
  for (const [path, kind] of [
    ["binary", "absent"],
    ["gone", "absent"],
    ["huge", "unread"],
    ["pipe", "unread"],
  ] as const)
    expect(await trackedText(root, path), path).toMatchObject({ kind });
  await rm(join(root, "web/deep/er"), { recursive: true });
  await symlink(outside, join(root, "web/deep/er"));
  expect(await trackedText(root, "web/deep/er/b.txt")).toEqual({ kind: "absent" });
});
