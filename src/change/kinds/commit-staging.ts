import { Failure } from "../../failure.ts";
import { headOf, unstage } from "../../git/commit.ts";
import { committedText, stagedEntry } from "../../git/file-state.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { shellWord } from "../../shell/guard.ts";
import { reasonOf, refusalToCommit } from "./commit-refusal.ts";
import { type Action, type Assessment, fact, nothingMore, nothingToDo, ready } from "./kind.ts";

/** What is known of what a run staged right before it moved the branch. */
interface Staged {
  readonly root: string;
  /** The commit that the branch was at. */
  readonly parent: string;
  readonly paths: readonly string[];
  /** What Git keeps of each, in the same order; older runs don't tell. */
  readonly blobs?: readonly string[];
}

/** Takes out of the index what a run staged for a commit that it didn't get to make. */
interface Unstaging {
  readonly kind: "commit-unstaging";
  readonly root: string;
  readonly parent: string;
  readonly files: readonly StagedFile[];
}

/** A file as it is staged. */
export interface StagedFile {
  readonly path: string;
  /** The id of what is staged of it. */
  readonly blob: string;
}

/** What an undo does about a commit that was not made: its files are taken out of the index. */
export const unstaging: Action<Unstaging> = {
  kind: "commit-unstaging",
  preview: ({ files }) => ({
    title: `Take what the run staged of ${pathsOf(files)} out of Git's index`,
    lines: [
      fact("the commit was not made; left staged, it would be in the next git commit"),
      fact("the files stay as they are"),
    ],
  }),
  done: ({ files }) => `Took what was staged of ${pathsOf(files)} out of Git's index`,
  apply: async (change) => {
    await unstageFiles(change);
    return nothingMore;
  },
};

/** The paths of some files, as a sentence lists them. */
export function pathsOf(files: readonly { readonly path: string }[]): string {
  return files.map(({ path }) => path).join(", ");
}

/** The files of a commit of which something else is staged than the commit before it has. */
export async function stagedFiles(
  { parent, paths }: Pick<Staged, "parent" | "paths">,
  repository: Repository,
): Promise<readonly StagedFile[]> {
  const found: StagedFile[] = [];
  for (const path of paths) {
    const [now, before] = [
      await stagedEntry(repository, path),
      await committedText(repository, path, parent),
    ];
    if (now !== undefined && now.id !== before?.id) found.push({ path, blob: now.id });
  }
  return found;
}

/** "app.yaml is staged, and would be in the next git commit; git restore --staged -- app.yaml takes it out" */
export function stillStaged(files: readonly StagedFile[]): string {
  const words = files.map(({ path }) => shellWord(path)).join(" ");
  return `${pathsOf(files)} ${files.length === 1 ? "is" : "are"} staged, and would be in the next git commit; git restore --staged -- ${words} takes ${files.length === 1 ? "it" : "them"} out`;
}

/** What a run that was killed before the branch moved left in the index is its own only as it staged it. */
export function assessStaged(
  { root, parent, paths, blobs = [] }: Staged,
  left: readonly StagedFile[],
): Assessment {
  const at = "the branch is at the commit before it";
  if (left.length === 0) return nothingToDo(at);
  const own = left.filter(({ path, blob }) => blobs[paths.indexOf(path)] === blob);
  const others = left.filter((file) => !own.includes(file));
  const note = others.length === 0 ? [] : [stillStaged(others)];
  return own.length === 0
    ? nothingToDo([at, ...note].join("; "))
    : ready<Unstaging>({ kind: "commit-unstaging", root, parent, files: own }, ...note);
}

/**
 * Takes out of the index what the run staged, and leaves the files as they are.
 *
 * @throws Failure "uneditable" when the branch moved on, when something else is staged by now, and when Git refuses
 */
async function unstageFiles({ root, parent, files }: Unstaging): Promise<void> {
  const paths = files.map(({ path }) => path);
  try {
    const repository = await openRepository(root);
    const now = await stagedFiles({ parent, paths }, repository);
    const isSame =
      (await headOf(repository)) === parent &&
      files.every(({ path, blob }) => now.some((each) => each.path === path && each.blob === blob));
    if (!isSame)
      throw refusalToCommit(
        "Something else was committed or staged meanwhile; nothing was done",
        root,
      );
    await unstage(repository, parent, paths);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refusalToCommit("Git did not take out what was staged", root, reasonOf(error), error);
  }
}
