import { access, constants, lstat, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { ownedFolder } from "../disk/owned-folder.ts";
import { namesIn, settingOf } from "./configuration.ts";
import {
  committedText,
  filterOf,
  type GitEntry,
  idsOf,
  stagedEntry,
  storedId,
} from "./file-state.ts";
import { isPlain, plainBranch, plainHead } from "./refs.ts";
import type { Repository } from "./repository.ts";

/** The commit that is checked out; undefined when there is none yet. */
export async function headOf({ root, git }: Repository): Promise<string | undefined> {
  const plain = await plainHead(join(root, ".git"));
  return plain ?? ifAny(git(["rev-parse", "--quiet", "--verify", "HEAD"]));
}

/** The branch that is checked out; undefined when HEAD is detached. */
export async function branchOf({ root, git }: Repository): Promise<string | undefined> {
  const named = await plainBranch(join(root, ".git"));
  return named ?? ifAny(git(["symbolic-ref", "--quiet", "--short", "HEAD"]));
}

/** Whether a branch of a remote, as it was last fetched, holds a commit. */
export async function isFetched({ git }: Repository, commit: string): Promise<boolean> {
  const listing = ["for-each-ref", "--contains", commit, "--format=%(refname)", "refs/remotes"];
  return (await git(listing)).trim() !== "";
}

/** The hooks that take part in `git commit` (githooks(5)). */
const hooks = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"];

/**
 * Why a commit made here would be another one than `git commit` makes; undefined when it would be the same. A hook or a
 * filter is a program that the checkout names, and none of those is run.
 *
 * @param paths from the root, with `/`
 */
export async function hindrance(
  repository: Repository,
  paths: readonly string[],
): Promise<string | undefined> {
  const { configuration } = repository;
  if (await hasBegun(repository)) return "a merge, cherry-pick or revert has begun in the checkout";
  const hook = (await hookIn(repository)) ?? namesIn(configuration, "hook")[0];
  if (hook !== undefined) {
    return `the hook ${hook} takes part in commits here, and machinist runs no program that a checkout names`;
  }
  for (const path of paths) {
    const filter = await filterOf(repository, path);
    if (filter === undefined) continue;
    return `${path} goes through the filter ${filter}, and machinist runs no program that a checkout names`;
  }
  return undefined;
}

/** What Git notes of a commit that it is making from others, until it is made (gitrevisions(7)). */
const notes = ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"];

async function hasBegun(repository: Repository): Promise<boolean> {
  const gitDirectory = join(repository.root, ".git");
  const found = (await isPlain(gitDirectory))
    ? await Promise.all(notes.map((name) => lstat(join(gitDirectory, name)).catch(() => undefined)))
    : await idsOf(repository, notes);
  return found.some((note) => note !== undefined);
}

async function hookIn({ git, root, configuration }: Repository): Promise<string | undefined> {
  const named = settingOf(configuration, "core.hookspath")?.value;
  const common = async () =>
    (await isPlain(join(root, ".git")))
      ? ".git"
      : (await git(["rev-parse", "--git-common-dir"])).trim();
  const folder = named ? fromHome(named) : join(await common(), "hooks");
  for (const hook of hooks) {
    const path = join(isAbsolute(folder) ? "" : root, folder, hook);
    const isProgram = await stat(path).then(
      (found) => found.isFile() && access(path, constants.X_OK).then(() => true),
      () => false,
    );
    if (isProgram) return hook;
  }
  return undefined;
}

/** Git takes `~/` in the path of the hooks for the person's own folder. */
function fromHome(path: string): string {
  return path.startsWith("~/") ? join(process.env["HOME"] ?? "", path.slice(2)) : path;
}

/**
 * Commits texts of files and nothing else: what is staged of other files stays staged, and is in no commit. The branch
 * moves only from the commit that is named. A person's commits that are signed are signed here, too.
 *
 * @param o.files paths from the root, with `/`, and the text that is committed of each
 * @returns the id of the commit
 * @throws an Error when a file is not committed yet, and when Git refuses; branch and index are as they were then
 */
export async function makeCommit(
  repository: Repository,
  o: {
    readonly branch: string;
    readonly parent: string;
    readonly files: readonly { readonly path: string; readonly after: string }[];
    readonly message: string;
  },
): Promise<string> {
  const { branch, parent, files, message } = o;
  const entries = new Map<string, GitEntry>();
  for (const { path, after } of files) {
    const old = await committedText(repository, path, parent);
    entries.set(path, {
      mode: old?.mode ?? newFileMode,
      id: await storedId(repository, path, after, true),
    });
  }
  const tree = await treeWith(repository, parent, entries);
  const commit = await committing(repository, tree, parent, message);
  const why = `commit: ${message.split("\n")[0]}`;
  await moveBranch(repository, { branch, from: parent, to: commit, why, entries });
  return commit;
}

/** How Git keeps a file that is no program. */
const newFileMode = "100644";

/** Takes the last commit off its branch; in the index, its files are what they were before it. */
export async function takeCommitOff(
  repository: Repository,
  o: {
    readonly branch: string;
    readonly commit: string;
    readonly parent: string;
    readonly paths: readonly string[];
  },
): Promise<void> {
  const { branch, commit, parent, paths } = o;
  const entries = new Map<string, GitEntry | undefined>();
  for (const path of paths) entries.set(path, await committedText(repository, path, parent));
  const why = "machinist undo";
  await moveBranch(repository, { branch, from: commit, to: parent, why, entries });
}

/** The tree of a commit with other entries, made in an index of its own. */
async function treeWith(
  { git }: Repository,
  parent: string,
  entries: ReadonlyMap<string, GitEntry>,
): Promise<string> {
  const { path: folder } = await ownedFolder(join(tmpdir(), "machinist-index-"));
  try {
    const index = join(folder, "index");
    await git(["read-tree", parent], { index });
    await setEntries(git, entries, parent.length, index);
    return (await git(["write-tree"], { index })).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A person who has a key that asks for its passphrase needs time to type it. */
const signingMs = 5 * 60_000;

async function committing(
  { git, configuration }: Repository,
  tree: string,
  parent: string,
  message: string,
): Promise<string> {
  const signs = settingOf(configuration, "commit.gpgsign")?.value ?? "false";
  const sign = /^(?:false|no|off|0)$/iu.test(signs) ? [] : ["--gpg-sign"];
  const input = message.endsWith("\n") ? message : `${message}\n`;
  const command = ["commit-tree", ...sign, tree, "-p", parent, "-F", "-"];
  return (await git(command, { input, limitMs: signingMs })).trim();
}

/** Puts files of the index back to what is committed of them, or out of it where nothing is; the files stay as they are. */
export async function unstage(
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<void> {
  const entries = new Map<string, GitEntry | undefined>();
  for (const path of paths) entries.set(path, await committedText(repository, path, commit));
  await setEntries(repository.git, entries, commit.length);
}

/**
 * Moves a branch from one commit to another, and the entries of the index with it. A failure leaves both as they were; a
 * kill in between leaves the entries staged.
 */
async function moveBranch(
  repository: Repository,
  o: {
    readonly branch: string;
    readonly from: string;
    readonly to: string;
    readonly why: string;
    readonly entries: ReadonlyMap<string, GitEntry | undefined>;
  },
): Promise<void> {
  const { branch, from, to, why, entries } = o;
  const { git } = repository;
  const before = new Map<string, GitEntry | undefined>();
  for (const path of entries.keys()) before.set(path, await stagedEntry(repository, path));
  const stage = (these: ReadonlyMap<string, GitEntry | undefined>) =>
    setEntries(git, these, to.length);
  await stage(entries);
  try {
    // The old value is named, so that a commit which comes in between stops this.
    await git(["update-ref", "-m", why, `refs/heads/${branch}`, to, from]);
  } catch (error) {
    await stage(before);
    throw error;
  }
}

/**
 * Sets entries of an index; one without content is taken out, by the mode 0 (git-update-index, `--index-info`).
 *
 * @param idLength how many digits an id has in this repository
 */
async function setEntries(
  git: Repository["git"],
  entries: ReadonlyMap<string, GitEntry | undefined>,
  idLength: number,
  index?: string,
): Promise<void> {
  const lines = [...entries].map(
    ([path, entry]) => `${entry?.mode ?? 0} ${entry?.id ?? "0".repeat(idLength)}\t${path}\0`,
  );
  const which = index === undefined ? {} : { index };
  await git(["update-index", "-z", "--index-info"], { input: lines.join(""), ...which });
}

/** What a question printed that Git answers with the exit code 1 where there is nothing to print. */
async function ifAny(asking: Promise<string>): Promise<string | undefined> {
  const answer = await asking.catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === 1) return "";
    throw error;
  });
  return answer.trim() || undefined;
}
