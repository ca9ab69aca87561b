import type { Fact } from "../fact.ts";
import type { Grants } from "../platform/projects.ts";
import { rightsIn, type SshKey, type TokenFacts } from "../platform/users.ts";
import { covers, lackingOf } from "./role.ts";

/** What is wrong with an account's role on a project, for the work that it does there. */
type RoleFault =
  | { readonly kind: "no access" }
  | { readonly kind: "too weak"; readonly lacking: readonly string[] }
  | { readonly kind: "too strong"; readonly beyond: readonly string[] };

/** What else an account reaches, which whoever reads its token then reaches too. */
type ReachFault =
  | { readonly kind: "other projects"; readonly ids: readonly string[] }
  | { readonly kind: "SSH keys"; readonly keys: readonly SshKey[] }
  | { readonly kind: "rights in an organization"; readonly organizations: Grants["organizations"] };

/** What can be wrong with an account for its work: its role on the project, or what it reaches beside it. */
export type AccountFault = RoleFault | ReachFault;

/**
 * Judges the role of an account by what its work needs.
 *
 * @param held its permissions on the project
 * @param needed the least permissions that do the work
 */
export function roleFaults(
  held: readonly string[],
  needed: readonly string[],
): readonly RoleFault[] {
  if (held.length === 0) return [{ kind: "no access" }];
  // Whoever has a role on a type of environments sees the project.
  const lacking = lackingOf(held, needed).filter((each) => each !== "viewer");
  const beyond = needed.includes("admin")
    ? []
    : held.filter((each) => each !== "viewer" && !covers(needed, each));
  return [
    ...(lacking.length === 0 ? [] : [{ kind: "too weak", lacking } as const]),
    ...(beyond.length === 0 ? [] : [{ kind: "too strong", beyond } as const]),
  ];
}

/** Judges what an account reaches beside the project of its work, as its own token shows it. */
export function reachFaults(
  { grants, sshKeys = [] }: Pick<TokenFacts, "grants" | "sshKeys">,
  project: string,
): readonly ReachFault[] {
  const ids = grants.projects.map(({ id }) => id).filter((id) => id !== project);
  const organizations = rightsIn(grants);
  return [
    ...(ids.length === 0 ? [] : [{ kind: "other projects", ids } as const]),
    ...(sshKeys.length === 0 ? [] : [{ kind: "SSH keys", keys: sshKeys } as const]),
    ...(organizations.length === 0
      ? []
      : [{ kind: "rights in an organization", organizations } as const]),
  ];
}

/** What an account may do on a project, as its own token shows it; nothing where it isn't on it. */
export function permissionsOfToken({ grants }: TokenFacts, project: string): readonly string[] {
  return grants.projects.find(({ id }) => id === project)?.permissions ?? [];
}

/** All that is wrong with an account, as far as it is known what its work needs. */
export function accountFaults(
  facts: TokenFacts,
  project: string,
  needed: Fact<readonly string[]>,
): readonly AccountFault[] {
  const held = permissionsOfToken(facts, project);
  const ofRole = needed.kind === "known" || held.length === 0;
  return [
    ...(ofRole ? roleFaults(held, needed.kind === "known" ? needed.value : []) : []),
    ...reachFaults(facts, project),
  ];
}
