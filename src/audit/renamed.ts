/** The new name of a default branch, when the checkout has that and no longer the old one; undefined otherwise. */
export function renamedTo(branch: string, branches: ReadonlySet<string>): string | undefined {
  const other = otherNames.get(branch);
  return other !== undefined && branches.has(other) && !branches.has(branch) ? other : undefined;
}

const otherNames: ReadonlyMap<string, string> = new Map([
  ["master", "main"],
  ["main", "master"],
]);
