import { join } from "node:path";
import * as v from "valibot";
import { Failure, UnclearFailure } from "../../failure.ts";
import {
  branchOf,
  headOf,
  hindrance,
  isFetched,
  makeCommit,
  takeCommitOff,
} from "../../git/commit.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { mebibyte, readRegularText } from "../../regular-file.ts";
import { reasonOf, refusalToCommit } from "./commit-refusal.ts";
import { assessStaged, pathsOf, stagedFiles, stillStaged, unstaging } from "./commit-staging.ts";
import {
  type Action,
  type Assessment,
  changeKind,
  fact,
  nothingMore,
  ready,
  stays,
} from "./kind.ts";
import { strings } from "./schema-parts.ts";

/** A commit of files of the checkout, and of nothing else, on the branch that is checked out. */
export interface CommitChange {
  readonly kind: "commit";
  /** Absolute path of the checkout's top folder, links resolved. */
  readonly root: string;
  readonly branch: string;
  /** The commit that the branch is at. */
  readonly parent: string;
  /** Paths from the top folder, with `/`, the text that is committed of each, and the id under which Git keeps that. */
  readonly files: readonly {
    readonly path: string;
    readonly after: string;
    readonly blob: string;
  }[];
  readonly message: string;
}

const record = v.object({
  kind: v.literal("commit"),
  root: v.string(),
  branch: v.string(),
  parent: v.string(),
  paths: strings,
  /** What Git keeps of each, in the same order: by it what the run staged is known again. Older runs don't tell. */
  blobs: v.exactOptional(strings),
  /** By its words a commit is known again that was made and not written down. */
  message: v.string(),
  /** The commit; missing as long as it isn't made. */
  id: v.exactOptional(v.string()),
});

/** Takes a commit off its branch, and leaves the files as they are. */
interface CommitRemoval {
  readonly kind: "commit-removal";
  readonly root: string;
  readonly branch: string;
  readonly commit: string;
  readonly parent: string;
  readonly paths: readonly string[];
}

const removal: Action<CommitRemoval> = {
  kind: "commit-removal",
  preview: ({ commit: id, branch }) => ({
    title: `Take the commit ${short(id)} off ${branch}`,
    lines: [fact("it was not pushed; the files stay as they are")],
  }),
  done: ({ commit: id, branch }) => `Took the commit ${short(id)} off ${branch}`,
  apply: async (change) => {
    await removeCommit(change);
    return nothingMore;
  },
};

/** A commit of files that the run wrote. */
export const commitKind = changeKind<CommitChange>()({
  kind: "commit",
  record,
  reversals: [removal, unstaging],
  toRecord: ({ kind, root, branch, parent, files, message }) => ({
    kind,
    root,
    branch,
    parent,
    paths: files.map(({ path }) => path),
    blobs: files.map(({ blob }) => blob),
    message,
  }),
  preview: ({ files, branch, message }) => ({
    title: `Commit ${pathsOf(files)} on ${branch}`,
    lines: [
      ...message.split("\n").map(fact),
      fact("nothing else is in the commit, and nothing is pushed"),
    ],
  }),
  done: ({ files, branch }, id) =>
    `Committed ${pathsOf(files)} on ${branch}${id === undefined ? "" : ` (${short(id)})`}`,
  title: ({ branch }) => `Commit on ${branch}`,
  apply: async (change) => ({ activities: [], id: await commitFiles(change) }),
  assess: assessCommit,
  whereToLook: () => "look at git log",
  interrupted: async (recorded) => {
    const cut = "The last run was cut off while it committed";
    const now = await openRepository(recorded.root)
      .then(async (repository) =>
        (await headOf(repository)) === recorded.parent
          ? await stagedFiles(recorded, repository)
          : undefined,
      )
      .catch(() => undefined);
    if (now === undefined) return `${cut}; look at git log and git status before you go on`;
    return now.length === 0
      ? `${cut}: the commit was not made, and nothing of it is staged`
      : `${cut}: the commit was not made, and ${stillStaged(now)}`;
  },
});

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
        throw refusalToCommit("The file can't be read; nothing was committed", path, why, error);
      });
      if (now === after) continue;
      throw refusalToCommit("The file was changed meanwhile; nothing was committed", path);
    }
    const paths = files.map(({ path }) => path);
    const why = await hindrance(repository, paths);
    if (why !== undefined) throw refusalToCommit("The change can't be committed", root, why);
    return await makeCommit(repository, change);
  } catch (error) {
    if (error instanceof Failure) throw error;
    // Git may have moved the branch, and its answer been lost.
    const head = await openRepository(root)
      .then(headOf)
      .catch(() => undefined);
    if (head === change.parent)
      throw refusalToCommit("Git did not commit the change", root, reasonOf(error), error);
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
async function removeCommit(removal: CommitRemoval): Promise<void> {
  const { root, branch, commit } = removal;
  try {
    const repository = await openRepository(root);
    await assertAt(repository, branch, commit);
    await takeCommitOff(repository, removal);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refusalToCommit("Git did not take the commit back", root, reasonOf(error), error);
  }
}

async function assertAt(repository: Repository, branch: string, commit: string): Promise<void> {
  if ((await headOf(repository)) === commit && (await branchOf(repository)) === branch) return;
  throw refusalToCommit(
    "Another commit or branch was checked out meanwhile; nothing was done",
    repository.root,
  );
}

type RecordedCommit = v.InferOutput<typeof record>;

/**
 * Whether a commit can be taken off its branch: it has to be the last one there, and nobody else may have it yet. A run
 * that was killed right after it committed didn't get to note the commit; it is known again by what it is.
 */
async function assessCommit(recorded: RecordedCommit): Promise<Assessment> {
  const { root, branch, parent, paths } = recorded;
  let now: Awaited<ReturnType<typeof standOf>>;
  try {
    now = await standOf(recorded);
  } catch (cause) {
    const what = "It isn't known what is checked out";
    const why = "Git doesn't answer in this folder";
    const next = "look at git status there, then undo again";
    const failure = new Failure("uneditable", { what, where: root, why, next }, { cause });
    return { kind: "blocked", failure };
  }
  const { id, head, current, fetched, left } = now;
  if (head === parent) return assessStaged(recorded, left);
  if (id === undefined) {
    const failure = new Failure("uneditable", {
      what: "It isn't known whether this run made the commit",
      where: root,
      next: "look at git log, and take it back with git revert if it did",
    });
    return { kind: "blocked", failure };
  }
  if (head !== id || current !== branch) {
    return stays(`the commit ${short(id)} stays: another one is checked out by now`);
  }
  if (fetched) {
    return stays(`the commit ${short(id)} was pushed and stays; commit and push the files anew`);
  }
  return ready<CommitRemoval>({ kind: "commit-removal", root, branch, commit: id, parent, paths });
}

async function standOf(recorded: RecordedCommit) {
  const repository = await openRepository(recorded.root);
  const [head, current] = await Promise.all([headOf(repository), branchOf(repository)]);
  const isOwn =
    recorded.id === undefined && head !== undefined && (await isOf(recorded, head, repository));
  const id = isOwn ? head : recorded.id;
  return {
    id,
    head,
    current,
    left: head === recorded.parent ? await stagedFiles(recorded, repository) : [],
    fetched: id !== undefined && id === head && (await isFetched(repository, id)),
  };
}

/** Whether a commit is the one that the run set about to make: on the same one, with the same words, of the same files. */
async function isOf(
  { parent, paths, message }: RecordedCommit,
  id: string,
  { git }: Repository,
): Promise<boolean> {
  const [about, files] = await Promise.all([
    git(["show", "--no-patch", "--format=%P%n%B", id]),
    git(["diff-tree", "--no-commit-id", "--name-only", "-r", "-z", id]),
  ]);
  const named = files.split("\0").filter((name) => name !== "");
  return (
    about.trim() === `${parent}\n${message.trim()}` &&
    named.length === paths.length &&
    named.every((name) => paths.includes(name))
  );
}

function short(id: string): string {
  return id.slice(0, 7);
}
