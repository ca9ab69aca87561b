import { join } from "node:path";
import { Failure, UnclearFailure } from "../../failure.ts";
import { branchOf, headOf, hindrance, makeCommit, takeCommitOff } from "../../git/commit.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { mebibyte, readRegularText } from "../../regular-file.ts";
import type { CommitChange } from "../change.ts";
import type { CommitRemoval } from "./reversal.ts";

/**
 * Commits the files of a change and nothing else: what is staged of other files stays staged, and is in no commit.
 *
 * @returns the id of the commit
 * @throws Failure "uneditable" when the branch or a file is no longer what was shown, and when Git refuses; the branch
 * is as it was then
 */
export async function commitFiles(change: CommitChange): Promise<string> {
  const { root, files } = change;
  try {
    const repository = await openRepository(root);
    await assertAt(repository, change.branch, change.parent);
    for (const { path, after } of files) {
      const now = await readRegularText(join(root, path), 2 * mebibyte).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw refused("The file can't be read; nothing was committed", path, why, error);
      });
      if (now === after) continue;
      throw refused("The file was changed meanwhile; nothing was committed", path);
    }
    const paths = files.map(({ path }) => path);
    const why = await hindrance(repository, paths);
    if (why !== undefined) throw refused("The change can't be committed", root, why);
    return await makeCommit(repository, change);
  } catch (error) {
    if (error instanceof Failure) throw error;
    // Git may have moved the branch, and its answer been lost.
    const head = await openRepository(root)
      .then(headOf)
      .catch(() => undefined);
    if (head === change.parent)
      throw refused("Git did not commit the change", root, reasonOf(error), error);
    throw new UnclearFailure(
      "uneditable",
      {
        what: "It isn't known whether Git committed the change",
        where: root,
        next: "look at git log, then start again",
      },
      { cause: error },
    );
  }
}

/**
 * Takes the last commit off its branch, and leaves the files as they are: they count as changed again.
 *
 * @throws Failure "uneditable" when the branch moved on, and when Git refuses
 */
export async function removeCommit(removal: CommitRemoval): Promise<void> {
  const { root, branch, commit } = removal;
  try {
    const repository = await openRepository(root);
    await assertAt(repository, branch, commit);
    await takeCommitOff(repository, removal);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused("Git did not take the commit back", root, reasonOf(error), error);
  }
}

async function assertAt(repository: Repository, branch: string, commit: string): Promise<void> {
  if ((await headOf(repository)) === commit && (await branchOf(repository)) === branch) return;
  throw refused(
    "Another commit or branch was checked out meanwhile; nothing was done",
    repository.root,
  );
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
