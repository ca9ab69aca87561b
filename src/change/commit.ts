import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { git } from "../appfile/git.ts";
import { Failure } from "../failure.ts";
import type { CommitChange } from "./change.ts";
import type { CommitRemoval } from "./reversal.ts";

/** Hooks of the checkout run too, and may test the whole project. */
const limitMs = 10 * 60_000;

/**
 * Commits the files of a change and nothing else: what is staged of other files stays staged, and is in no commit.
 *
 * @returns the id of the commit
 * @throws Failure "uneditable" when the branch or a file is no longer what was shown, and when Git refuses; the branch
 * is as it was then
 */
export async function commitFiles(change: CommitChange): Promise<string> {
  const { root, files, message, parent } = change;
  await assertAt(change, parent);
  for (const { path, after } of files) {
    if ((await readFile(join(root, path), "utf8").catch(() => undefined)) === after) continue;
    throw refused("The file was changed meanwhile; nothing was committed", path);
  }
  const paths = files.map(({ path }) => path);
  const failed = await run(root, ["commit", "--quiet", "--only", "-m", message, "--", ...paths])
    .then(() => undefined)
    .catch((error: unknown) => error);
  const head = await headOf(root);
  if (head !== undefined && head !== parent) return head;
  throw refused("Git did not commit the change", root, reasonOf(failed), failed);
}

/**
 * Takes the last commit off its branch, and leaves the files as they are: they count as changed again.
 *
 * @throws Failure "uneditable" when the branch moved on, and when Git refuses
 */
export async function removeCommit(removal: CommitRemoval): Promise<void> {
  const { root, branch, commit, parent, paths } = removal;
  await assertAt(removal, commit);
  try {
    // The old value is named, so that a commit which comes in between stops this.
    await run(root, ["update-ref", "-m", "machinist undo", `refs/heads/${branch}`, parent, commit]);
    await run(root, ["reset", "--quiet", "--", ...paths]);
  } catch (error) {
    throw refused("Git did not take the commit back", root, reasonOf(error), error);
  }
}

/** The commit that is checked out; undefined when there is none yet, or no Git. */
export async function headOf(root: string): Promise<string | undefined> {
  const id = await run(root, ["rev-parse", "--quiet", "--verify", "HEAD"]).catch(() => "");
  return id.trim() || undefined;
}

/** The branch that is checked out; undefined when HEAD is detached. */
export async function branchOf(root: string): Promise<string | undefined> {
  const name = await run(root, ["symbolic-ref", "--quiet", "--short", "HEAD"]).catch(() => "");
  return name.trim() || undefined;
}

async function assertAt(
  { root, branch }: Pick<CommitChange, "root" | "branch">,
  commit: string,
): Promise<void> {
  if ((await headOf(root)) === commit && (await branchOf(root)) === branch) return;
  throw refused("Another commit or branch was checked out meanwhile; nothing was done", root);
}

/** Runs Git as the person would: with their name, their hooks and their signature, but with nobody to ask. */
function run(root: string, args: readonly string[]): Promise<string> {
  const { GPG_TTY: _terminal, ...env } = process.env;
  return git(root, args, { env: { ...env, GIT_EDITOR: "true" }, limitMs });
}

function reasonOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("stderr" in error)) return undefined;
  const lines = String(error.stderr).trim().split("\n");
  return lines.slice(-3).join(" | ") || undefined;
}

function refused(what: string, where: string, why?: string, cause?: unknown): Failure {
  return new Failure(
    "uneditable",
    {
      what,
      where,
      ...(why === undefined ? {} : { why }),
      next: "look at git status, and commit by hand",
    },
    { cause },
  );
}
