import { type Fact, known } from "../fact.ts";
import type { Permission } from "../platform/access.ts";
import { leastPermissions } from "../platform/least-permissions.ts";
import { unitedPermissions } from "../platform/permissions.ts";
import { cliCommand, leastRole } from "../shell/cli-commands.ts";
import type { CliCommand } from "../shell/script.ts";
import { actedOn, homesOf, type ProjectEnvironments } from "./homes.ts";

/**
 * The least permissions with which some calls can be made, each on the environments that it acts on. Absent where nothing
 * is called, or only where there is no such environment; unread where a command isn't known, or where it acts.
 */
export function roleFor(
  calls: readonly CliCommand[],
  environments: ProjectEnvironments,
): Fact<readonly Permission[]> {
  const running = calls.filter((call) => homesOf({ calls: [call] }, environments).length > 0);
  if (running.length === 0) return { kind: "absent" };
  const needed: Permission[] = [];
  for (const call of running) {
    const facts = cliCommand(call.name);
    if (facts === undefined || leastRole(facts) === "beyond the project")
      return { kind: "unread", why: `which role ${call.name || call.program} needs isn't known` };
    const targets = actedOn(call, environments);
    if (targets.length === 0)
      return { kind: "unread", why: `on which environment ${call.name} acts can't be told` };
    needed.push(...targets.flatMap(({ type }) => leastPermissions(type, [call])));
  }
  return known(unitedPermissions(needed));
}
