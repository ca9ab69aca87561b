import { Failure } from "../failure.ts";
import { branchOf, headOf, isFetched } from "../git/commit.ts";
import { openRepository } from "../git/repository.ts";
import { type Assessment, ready, settled } from "./assessment.ts";
import type { Deed } from "./run-file.ts";

/** Whether a commit can be taken off its branch: it has to be the last one there, and nobody else may have it yet. */
export async function assessCommit(
  deed: Extract<Deed, { readonly kind: "commit" }>,
): Promise<Assessment> {
  const { root, branch, id, parent, paths } = deed;
  let now: Awaited<ReturnType<typeof standOf>>;
  try {
    now = await standOf(root, id);
  } catch (cause) {
    const what = "It isn't known what is checked out";
    const why = "Git doesn't answer in this folder";
    const next = "look at git status there, then undo again";
    const failure = new Failure("uneditable", { what, where: root, why, next }, { cause });
    return { kind: "blocked", failure };
  }
  const { head, current, fetched } = now;
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
    return settled(`the commit ${short(id)} stays: another one is checked out by now`);
  }
  if (fetched) {
    return settled(`the commit ${short(id)} was pushed and stays; commit and push the files anew`);
  }
  return ready({ kind: "commit-removal", root, branch, commit: id, parent, paths });
}

async function standOf(root: string, id: string | undefined) {
  const repository = await openRepository(root);
  const [head, current] = await Promise.all([headOf(repository), branchOf(repository)]);
  return {
    head,
    current,
    fetched: id !== undefined && id === head && (await isFetched(repository, id)),
  };
}

function short(id: string): string {
  return id.slice(0, 7);
}
