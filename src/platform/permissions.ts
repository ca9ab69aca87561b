import { cliCommand, leastRole } from "../shell/cli-commands.ts";
import type { EnvironmentType, Permission } from "./access.ts";

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

/**
 * The least permissions with which CLI commands can be run on an environment of this type. Names that the CLI doesn't
 * have, and commands that no role on a project gives the right to, ask for nothing.
 */
export function leastPermissions(
  type: EnvironmentType,
  commands: readonly { readonly name: string }[],
): readonly Permission[] {
  const known = commands.flatMap(({ name }) => cliCommand(name) ?? []);
  const roles = known.map((facts) => leastRole(facts));
  if (roles.includes("project admin")) return ["admin"];
  if (roles.includes("admin")) return ["viewer", `${type}:admin`];
  if (roles.includes("contributor")) return ["viewer", `${type}:contributor`];
  return ["viewer"];
}
