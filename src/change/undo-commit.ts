import { git } from "../appfile/git.ts";
import { Failure } from "../failure.ts";
import { type Assessment, ready, settled } from "./assessment.ts";
import { branchOf, headOf } from "./commit.ts";
import type { Deed } from "./run-file.ts";

/** Whether a commit can be taken off its branch: it has to be the last one there, and nobody else may have it yet. */
export async function assessCommit(
  deed: Extract<Deed, { readonly kind: "commit" }>,
): Promise<Assessment> {
  const { root, branch, id, parent, paths } = deed;
  const [head, current] = await Promise.all([headOf(root), branchOf(root)]);
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
  if (await isPushed(root, id)) {
    return settled(`the commit ${short(id)} was pushed and stays; commit and push the files anew`);
  }
  return ready({ kind: "commit-removal", root, branch, commit: id, parent, paths });
}

async function isPushed(root: string, id: string): Promise<boolean> {
  const args = ["for-each-ref", "--contains", id, "--format=%(refname)", "refs/remotes"];
  return (await git(root, args, { env: process.env }).catch(() => "")).trim() !== "";
}

function short(id: string): string {
  return id.slice(0, 7);
}
