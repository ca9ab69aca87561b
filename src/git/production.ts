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

/** What a git host opens with, and how that is known: "the git remote origin's default branch". */
export interface HostDefault {
  readonly name: string;
  readonly because: string;
}

/** Names that say that a branch is production, which the platform need not have been told. */
const saysProduction: readonly string[] = ["production", "prod", "live"];

/**
 * Tells the branch that is production from the names of the branches. The git host's default branch is the one that the
 * host opens with: it says what people work on, which need not be what is deployed.
 *
 * @param branches the names here and at the remotes
 * @param o.hosts what the git hosts call their default branches, the likeliest first
 * @param o.isPart whether there may be branches that were never fetched
 */
export function productionOf(
  branches: ReadonlySet<string>,
  {
    hosts = [],
    isPart = false,
  }: { readonly hosts?: readonly HostDefault[]; readonly isPart?: boolean } = {},
): Production {
  const usual = usualDefaults.filter((name) => branches.has(name));
  const spoken = saysProduction.filter((name) => branches.has(name));
  const names = [...new Set([...hosts.map(({ name }) => name), ...usual, ...spoken])];
  const [name, another] = names;
  if (name !== undefined && another !== undefined) {
    const told = new Map(hosts.map((host) => [host.name, host.because]));
    const because = [...told].map(([host, why]) => `; ${host} is ${why}`).join("");
    return { kind: "doubtful", names, because: `${inWords(names)} there${because}` };
  }
  const [only, second] = branches;
  const isOnly = only !== undefined && second === undefined;
  if (isPart && (name !== undefined || isOnly)) {
    const likely = name ?? only ?? "";
    const because = `${likely} was fetched, and other branches may be there that weren't`;
    return { kind: "doubtful", names: [likely], because };
  }
  const [host] = hosts;
  if (name !== undefined && usual.includes(name))
    return host === undefined
      ? { kind: "taken", name, because: `there is ${name} and no ${otherUsualDefault(name)}` }
      : { kind: "taken", ...host };
  if (isOnly) return { kind: "taken", name: only, because: "the only branch" };
  if (name === undefined) return { kind: "unknown" };
  const because =
    host === undefined
      ? `${name} is there, which need not be the environment of production`
      : `${name} is ${host.because}, which need not be production`;
  return { kind: "doubtful", names, because };
}

/** "main and master are both", "develop, main and master are all". */
function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return `${names.slice(0, -1).join(", ")} and ${last} are ${names.length === 2 ? "both" : "all"}`;
}

/** The branch that is taken for production; undefined where it would be a guess. */
export function productionBranch(checkout: {
  readonly production: Production;
}): string | undefined {
  return checkout.production.kind === "taken" ? checkout.production.name : undefined;
}
