import type { AccessChange } from "../../change/change.ts";
import type { EnvironmentType, Permission } from "../../platform/access.ts";
import { leastPermissions } from "../../platform/least-permissions.ts";
import { cliCommand } from "../../shell/cli-commands.ts";
import { leastRole } from "../../shell/least-role.ts";
import type { CliCommand } from "../../shell/script.ts";
import { callsOfCrons, madeByCron } from "../cron-work.ts";
import { byHand, platformFix } from "../fix.ts";
import { rule } from "../rule.ts";

/** The account behind a cron administers the project, which its commands don't need. */
export const machineUserTooStrong = rule({
  id: "machine-user-too-strong",
  severity: "warning",
  confidence: "medium",
  needs: "platform",
  fixable: "unsafe",
  what: "The account whose token a cron uses administers the whole project.",
  why: "Anyone with SSH access to the environment can read the token, and then do whatever its account may. A role on the type of this one environment is enough for what the crons do. (Manual: “API tokens”, “Manage users”.)",
  manual: "administration/cli/api-tokens",
  example: { before: "bot@example.org: admin", after: "bot@example.org: viewer, production:admin" },
  ignore: "The account does other work too that needs the role.",
  check: (facts) => {
    const { platform } = facts;
    if (platform?.access === undefined || platform.runs === undefined) return [];
    const { access, environment, project, runs } = platform;
    const enough = enoughFor(callsOfCrons(facts) ?? [], environment.type);
    if (enough === undefined) return [];
    const actors = madeByCron(runs);
    return access
      .filter(({ user, permissions }) => actors.has(user) && permissions.includes("admin"))
      .map(({ user, email, permissions }) => {
        const who = email ?? `the account ${user}`;
        const title = `Let ${who} be ${enough.join(", ")} instead`;
        const change: AccessChange = {
          kind: "access",
          project: project.id,
          user,
          email: email ?? "",
          before: permissions,
          after: enough,
        };
        return {
          message: `The cron's work is done as ${who}, who administers the project; ${enough.join(", ")} is enough for it`,
          location: { kind: "resource" as const, resource: `access of ${who}` },
          fix:
            email === undefined
              ? byHand(title, { what: "The address of the account can't be seen" })
              : platformFix({ title, disposition: "unsafe" }, change),
        };
      });
  },
});

/** The least permissions for some calls; undefined when they need the project's admin, or can't be told. */
function enoughFor(
  calls: readonly CliCommand[],
  type: EnvironmentType,
): readonly Permission[] | undefined {
  const isKnown = calls.every(({ name }) => {
    const command = cliCommand(name);
    return command !== undefined && leastRole(command) !== "beyond the project";
  });
  const enough = leastPermissions(type, calls);
  return calls.length > 0 && isKnown && !enough.includes("admin") ? enough : undefined;
}
