import { cliCommand, leastRole } from "../shell/cli-commands.ts";
import type { EnvironmentType, Permission } from "./access.ts";

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
