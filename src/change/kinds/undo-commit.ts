import { Failure } from "../../failure.ts";
import { branchOf, headOf, isFetched } from "../../git/commit.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import type { Deed } from "../run-file.ts";
import { type Assessment, ready, settled, stays } from "./assessment.ts";

type CommitDeed = Extract<Deed, { readonly kind: "commit" }>;

/**
 * Whether a commit can be taken off its branch: it has to be the last one there, and nobody else may have it yet. A run
 * that was killed right after it committed didn't get to note the commit; it is known again by what it is.
 */
export async function assessCommit(deed: CommitDeed): Promise<Assessment> {
  const { root, branch, parent, paths } = deed;
  let now: Awaited<ReturnType<typeof standOf>>;
  try {
    now = await standOf(deed);
  } catch (cause) {
    const what = "It isn't known what is checked out";
    const why = "Git doesn't answer in this folder";
    const next = "look at git status there, then undo again";
    const failure = new Failure("uneditable", { what, where: root, why, next }, { cause });
    return { kind: "blocked", failure };
  }
  const { id, head, current, fetched } = now;
  if (head === parent) return settled("the branch is at the commit before it");
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
  return ready({ kind: "commit-removal", root, branch, commit: id, parent, paths });
}

async function standOf(deed: CommitDeed) {
  const repository = await openRepository(deed.root);
  const [head, current] = await Promise.all([headOf(repository), branchOf(repository)]);
  const isOwn = deed.id === undefined && head !== undefined && (await isOf(deed, head, repository));
  const id = isOwn ? head : deed.id;
  return {
    id,
    head,
    current,
    fetched: id !== undefined && id === head && (await isFetched(repository, id)),
  };
}

/** Whether a commit is the one that the run set about to make: on the same one, with the same words, of the same files. */
async function isOf(
  { parent, paths, message }: CommitDeed,
  commit: string,
  { git }: Repository,
): Promise<boolean> {
  const [about, files] = await Promise.all([
    git(["show", "--no-patch", "--format=%P%n%B", commit]),
    git(["diff-tree", "--no-commit-id", "--name-only", "-r", "-z", commit]),
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
