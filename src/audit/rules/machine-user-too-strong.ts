import { roleFor } from "../../automation/role.ts";
import type { AccessChange } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import { environmentsOf } from "../evidence/at-home.ts";
import { callsOfCrons } from "../evidence/cron-work.ts";
import { machineUsers } from "../evidence/machine-users.ts";
import { byHand, platformFix } from "../fix.ts";
import { rule } from "../rule.ts";

/** The account behind a cron administers the project, which its commands don't need. */
export const machineUserTooStrong = rule({
  id: "machine-user-too-strong",
  severity: "warning",
  confidence: "medium",
  needs: "platform",
  security: "high",
  reads: ["access", "deployment", "runs", "machineUser"],
  fixable: "unsafe",
  what: "The account whose token a cron uses administers the whole project.",
  why: "Anyone with SSH access to the environment can read the token, and then do whatever its account may. A role on the type of this one environment is enough for what the crons do. (Manual: “API tokens”, “Manage users”.)",
  manual: "administration/cli/api-tokens",
  example: { before: "bot@example.org: admin", after: "bot@example.org: viewer, production:admin" },
  ignore: "The account does other work too that needs the role.",
  check: (facts) => {
    const { platform } = facts;
    if (platform === undefined) return [];
    const { project } = platform;
    const enough = valueIn(roleFor(callsOfCrons(facts) ?? [], environmentsOf(platform)));
    if (enough === undefined || enough.includes("admin")) return [];
    return (
      machineUsers(facts)
        // That the crons work as whoever is signed in has a rule of its own; a person isn't to be made less.
        .filter(
          ({ user, permissions }) => user !== platform.operator && permissions?.includes("admin"),
        )
        .map(({ user, who, email, granted }) => {
          const title = `Let ${who} be ${enough.join(", ")} instead`;
          const change = (before: readonly string[], address: string): AccessChange => ({
            kind: "access",
            project: project.id,
            user,
            email: address,
            before,
            after: enough,
          });
          return {
            message: `The cron's work is done as ${who}, who administers the project; ${enough.join(", ")} is enough for it`,
            location: { kind: "resource" as const, resource: `access of ${who}` },
            fix:
              email === undefined || granted === undefined
                ? byHand(title, {
                    what:
                      email === undefined
                        ? "The address of the account can't be seen"
                        : "It has the role through a team or an organization, not by a grant of its own",
                  })
                : platformFix({ title, disposition: "unsafe" }, change(granted, email)),
          };
        })
    );
  },
});
