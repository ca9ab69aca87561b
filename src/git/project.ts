import type { Claim } from "../vendors/detection.ts";

/** A project that something names as the one the checkout belongs to. */
export interface ProjectClaim {
  readonly id: string;
  /** "from the git remote platform". */
  readonly because: string;
  /** The person's environment, their git remote, or a file that anybody may have put into the checkout. */
  readonly by: "environment" | "remote" | "file";
  /** Whose it is, where its Git server is one vendor's alone. */
  readonly vendor?: Claim;
}

/** Which project is meant where nobody named one. */
export type ProjectTarget =
  | { readonly kind: "named"; readonly claim: ProjectClaim }
  /** A file of the checkout alone says so, or what says so differs; the likeliest stands first. */
  | { readonly kind: "doubtful"; readonly claims: readonly [ProjectClaim, ...ProjectClaim[]] }
  | { readonly kind: "unknown" };

/** @param claims in the order in which they count */
export function projectTarget(claims: readonly ProjectClaim[]): ProjectTarget {
  const [first, ...others] = claims;
  if (first === undefined) return { kind: "unknown" };
  if (first.by === "file" || others.some(({ id }) => id !== first.id))
    return { kind: "doubtful", claims: [first, ...others] };
  return { kind: "named", claim: first };
}

/** The project to look at, also where it is doubtful whether it is meant: nothing may be changed on that. */
export function likelyProject(target: ProjectTarget): ProjectClaim | undefined {
  if (target.kind === "unknown") return undefined;
  return target.kind === "named" ? target.claim : target.claims[0];
}

/**
 * What says that the checkout belongs to another project than the one that was chosen; empty where something says that it
 * belongs to that one, or nothing says whose it is. The person's environment names a project, and says of no checkout
 * whose it is.
 */
export function claimsOfOthers(
  claims: readonly ProjectClaim[],
  chosen: string,
): readonly ProjectClaim[] {
  const ofCheckout = claims.filter(({ by }) => by !== "environment");
  return ofCheckout.some(({ id }) => id === chosen) ? [] : ofCheckout;
}

/** Claims in words: "abcdefghijklm (from the git remote platform)", each once. */
export function claimsInWords(claims: readonly ProjectClaim[]): string {
  return claims.map(({ id, because }) => `${id} (${because})`).join(", ");
}

/** Whose project it is, where one of the claims tells. */
export function vendorNamed(claims: readonly ProjectClaim[]): Claim | undefined {
  return claims.find(({ vendor }) => vendor !== undefined)?.vendor;
}
