/** Environment types, in the order the API lists them. */
export const storedEnvironmentTypes = ["development", "production", "staging"] as const;
/** One of them. */
export type StoredEnvironmentType = (typeof storedEnvironmentTypes)[number];

/** The roles on environments of one type, the least first. */
export const typeRoles = ["viewer", "contributor", "admin"] as const;
/** One of them. */
export type TypeRole = (typeof typeRoles)[number];

/** OpenAPI `ProjectPermissions`: a project role, or a role on one environment type. */
export type StoredPermission = "admin" | "viewer" | `${StoredEnvironmentType}:${TypeRole}`;

/** All permissions that there are. */
export const permissions: readonly StoredPermission[] = [
  "admin",
  "viewer",
  ...storedEnvironmentTypes.flatMap((type) =>
    typeRoles.map((role): StoredPermission => `${type}:${role}`),
  ),
];

/**
 * The least role on the environment's type for each thing one can do with an environment
 * (manual, "users": the table of environment type roles; "backup environments").
 */
const leastRole = {
  view: "viewer",
  push: "contributor",
  "list-variables": "viewer",
  edit: "admin",
  "manage-variables": "admin",
  backup: "admin",
  redeploy: "admin",
  "source-operation": "admin",
} as const satisfies Record<string, TypeRole>;

/** What one can do with an environment. */
export type EnvironmentAction = keyof typeof leastRole;

/** What one can do with a project; all but the views are for project admins. */
export type ProjectAction = "view" | "edit" | "manage-variables" | "view-access" | "manage-access";

/** Whether someone with these permissions may do this on a project. No permissions, no project. */
export function mayOnProject(held: readonly StoredPermission[], action: ProjectAction): boolean {
  return action === "view" || action === "view-access" ? held.length > 0 : held.includes("admin");
}

/** Whether someone with these permissions may do this on environments of this type. */
export function mayOnEnvironment(
  held: readonly StoredPermission[],
  type: StoredEnvironmentType,
  action: EnvironmentAction,
): boolean {
  const role = roleOn(held, type);
  return role !== undefined && typeRoles.indexOf(role) >= typeRoles.indexOf(leastRole[action]);
}

/**
 * The role on an environment type: a project admin is admin everywhere, a bare viewer views
 * everything, and anyone with roles on types has just these.
 */
export function roleOn(
  held: readonly StoredPermission[],
  type: StoredEnvironmentType,
): TypeRole | undefined {
  if (held.includes("admin")) return "admin";
  if (held.length === 1 && held[0] === "viewer") return "viewer";
  return typeRoles.findLast((role) => held.includes(`${type}:${role}`));
}
