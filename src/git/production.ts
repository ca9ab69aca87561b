/** Which branch is production, as far as a checkout tells; only the platform knows it. */
export type Production =
  /** One branch can be meant. */
  | { readonly kind: "taken"; readonly name: string; readonly because: string }
  /** Several can be meant, the likeliest first, and a guess would decide. */
  | { readonly kind: "doubtful"; readonly names: readonly string[]; readonly because: string }
  /** Nothing is known of any branch that can be meant. */
  | { readonly kind: "unknown" };

/** The names that a default branch usually has: what one can be without the platform having said so. */
export const usualDefaults: readonly string[] = ["main", "master"];

/** The usual name of a default branch that a branch may have been renamed to, or from; undefined for any other branch. */
export function otherUsualDefault(branch: string): string | undefined {
  return usualDefaults.includes(branch) ? usualDefaults.find((name) => name !== branch) : undefined;
}

/**
 * Tells the branch that is production from the names of the branches. The git host's default branch is the one that the
 * host opens with: it says what people work on, which need not be what is deployed.
 *
 * @param branches the names here and at the remotes
 * @param hostDefault what the git host calls its default branch, and which remote that is
 */
export function productionOf(
  branches: ReadonlySet<string>,
  hostDefault?: { readonly name: string; readonly because: string },
): Production {
  const usual = usualDefaults.filter((name) => branches.has(name));
  const [name, second] = usual;
  const likely = hostDefault?.name ?? name;
  if (name === undefined) {
    const [only, another] = branches;
    if (only !== undefined && another === undefined)
      return { kind: "taken", name: only, because: "the only branch" };
    if (hostDefault === undefined) return { kind: "unknown" };
    const because = `${hostDefault.name} is ${hostDefault.because}, which need not be production`;
    return { kind: "doubtful", names: [hostDefault.name], because };
  }
  if (second !== undefined || likely !== name) {
    const names = [...new Set([...(likely === undefined ? [] : [likely]), ...usual])];
    const because =
      hostDefault === undefined ? "" : `; ${hostDefault.name} is ${hostDefault.because}`;
    return { kind: "doubtful", names, because: `${names.join(" and ")} are both there${because}` };
  }
  if (hostDefault !== undefined) return { kind: "taken", ...hostDefault };
  return { kind: "taken", name, because: `there is ${name} and no ${otherUsualDefault(name)}` };
}

/** The branch that is taken for production; undefined where it would be a guess. */
export function productionBranch(checkout: {
  readonly production: Production;
}): string | undefined {
  return checkout.production.kind === "taken" ? checkout.production.name : undefined;
}
