import type { OrganizationPermission, Store, StoredProject } from "../store.ts";
import type { StoredPermission } from "./permissions.ts";

/**
 * What an account may do on a project: everything for who runs the organization, otherwise what it was given directly and
 * through teams.
 */
export function permissionsOn(
  store: Store,
  project: StoredProject,
  account: string,
): readonly StoredPermission[] {
  if (holds(store, project.organization, account, "admin")) return ["admin"];
  const direct = project.grants.get(account)?.permissions ?? [];
  const shared = [...store.teams.values()]
    .filter(({ members, projects }) => members.has(account) && projects.has(project.id))
    .flatMap(({ permissions }) => permissions);
  if (shared.length === 0) return direct;
  const held = [...new Set([...direct, ...shared])];
  return held.includes("admin") ? ["admin"] : held;
}

/** Whether an account has a permission in an organization; its owner and its admins have all. */
export function holds(
  store: Store,
  organization: string,
  account: string,
  needed: OrganizationPermission,
): boolean {
  const found = store.organizations.get(organization);
  if (found === undefined) return false;
  const permissions = found.members.get(account)?.permissions ?? [];
  return found.owner === account || permissions.includes("admin") || permissions.includes(needed);
}

/** How many people a project's plan has room for. */
export const userLicenses = 10;

/** Whether another person fits in the plan: those who are invited have a place already. */
export function hasRoom({ grants, invitations }: StoredProject): boolean {
  const waiting = [...invitations.values()].filter(({ state }) => state === "pending");
  return grants.size + waiting.length < userLicenses;
}

/** Gives an account its permissions on a project; with them comes membership of the organization. */
export function grantAccess(
  store: Store,
  project: StoredProject,
  account: string,
  granted: readonly StoredPermission[],
): void {
  const now = store.now();
  const grantedAt = project.grants.get(account)?.grantedAt ?? now;
  project.grants.set(account, { permissions: granted, grantedAt, updatedAt: now });
  const members = store.organizations.get(project.organization)?.members;
  if (members !== undefined && !members.has(account)) {
    members.set(account, { permissions: [], since: now });
  }
}
