import { isMistyped } from "../../edit-distance.ts";
import { otherUsualDefault } from "../../git/production.ts";
import type { CliCommand } from "../../shell/script.ts";

/** The branches that a guard lets through; undefined for one that lets something else through as well. */
export function askedBranches(guard: CliCommand["guard"]): readonly string[] | undefined {
  if (guard.kind !== "guarded") return undefined;
  const targets = [guard, ...guard.others].map(({ by }) => by);
  const branches = targets.flatMap((by) => (by.kind === "branch" ? [by.branch] : []));
  return branches.length === targets.length ? branches : undefined;
}

/**
 * The branches that a guard asks for, when the checkout has none of them, and has one of them under another name: then
 * each of them is gone, and doesn't only stand on the platform alone. Undefined otherwise.
 *
 * @param branches those that the checkout knows
 */
export function goneBranches(
  guard: CliCommand["guard"],
  branches: ReadonlySet<string> | undefined,
): { readonly gone: readonly string[]; readonly now: string } | undefined {
  const gone = askedBranches(guard);
  if (gone === undefined || branches === undefined) return undefined;
  if (gone.some((branch) => branches.has(branch))) return undefined;
  const now = gone.map((branch) => renamedTo(branch, branches)).find((name) => name !== undefined);
  return now === undefined ? undefined : { gone, now };
}

/**
 * The name that a branch has in the checkout, when it isn't there under the one that is given: that of a default branch
 * that was renamed, the same in other letters or without `origin/` in front, or the only one that is a slip away.
 */
function renamedTo(branch: string, branches: ReadonlySet<string>): string | undefined {
  const plain = branch.replace(/^(?:refs\/heads\/|(?:refs\/remotes\/)?origin\/)/u, "");
  const alike = [...branches].find((name) => name.toLowerCase() === plain.toLowerCase());
  const other = otherUsualDefault(branch);
  if (alike !== undefined) return alike;
  if (other !== undefined && branches.has(other)) return other;
  const near = [...branches].filter((name) => isSlipOf(plain, name));
  return near.length === 1 ? near[0] : undefined;
}

/** Whether a name is another one mistyped: of those that differ at their ends alone, each may be a branch of its own. */
function isSlipOf(name: string, other: string): boolean {
  const areWords = [name, other].every((each) => /^[A-Za-z_./-]{4,}$/u.test(each));
  return areWords && name.slice(0, -1) !== other.slice(0, -1) && isMistyped(name, other);
}
