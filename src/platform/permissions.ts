import type { Permission } from "./access.ts";

const ranks = ["viewer", "contributor", "admin"];

/** Whether one of the permissions gives another: the same, or a higher role on the same type of environments. */
export function covers(held: readonly string[], wanted: string): boolean {
  const [type, role = ""] = wanted.split(":");
  return held.some((each) => {
    const [heldType, heldRole = ""] = each.split(":");
    return each === wanted || (heldType === type && ranks.indexOf(heldRole) > ranks.indexOf(role));
  });
}

/** Which of the needed permissions are neither held nor given by one that is; the project's admin may do everything. */
export function lackingOf(held: readonly string[], needed: readonly string[]): readonly string[] {
  return held.includes("admin") ? [] : needed.filter((each) => !covers(held, each));
}

/** The least permissions that have all of some others in them: of two roles on one type the higher. */
export function unitedPermissions(permissions: readonly Permission[]): readonly Permission[] {
  if (permissions.includes("admin")) return ["admin"];
  return [...new Set(permissions)].filter(
    (one) => !permissions.some((other) => other !== one && covers([other], one)),
  );
}
