import { roleFor } from "../../automation/role.ts";
import type { AccessChange } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import { covers, lackingOf, unitedPermissions } from "../../platform/permissions.ts";
import { environmentsOf } from "../evidence/at-home.ts";
import { callsOfCrons } from "../evidence/cron-work.ts";
import { type MachineUser, machineUsers } from "../evidence/machine-users.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, platformFix } from "../fix.ts";
import { type PlatformFacts, rule } from "../rule.ts";

/** A cron asks for more than the account of its token may do. */
export const machineUserTooWeak = rule({
  id: "machine-user-too-weak",
  severity: "error",
  confidence: "high",
  needs: "machine-token",
  reads: ["access", "deployment", "runs", "machineUser"],
  fixable: "unsafe",
  what: "The account whose token a cron uses may not do what the cron does.",
  why: "The platform refuses the command, and nobody is told: the cron fails at night. A backup of production needs the admin's role on it, which the manual's own example of a machine user lacks. (Manual: “API tokens”, “Back up environments”, “Manage users”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "bot@example.org: viewer, development:contributor",
    after: "bot@example.org: viewer, production:admin",
  },
  ignore: "The command is meant to fail here, or somebody gives the role for the time of the job.",
  check: (facts) => {
    const { platform } = facts;
    if (platform === undefined) return [];
    const environments = environmentsOf(platform);
    // Of what isn't known, nothing is asked.
    const asked = (callsOfCrons(facts) ?? []).flatMap((call) => {
      const role = valueIn(roleFor([call], environments));
      return role === undefined ? [] : [{ name: call.name, role }];
    });
    const needed = unitedPermissions(asked.flatMap(({ role }) => role));
    if (needed.length === 0) return [];
    return machineUsers(facts).flatMap((machineUser) => {
      const { who, permissions, isCertain } = machineUser;
      if (permissions === undefined) return [];
      // Whoever has a role on a type of environments sees the project.
      const sees = permissions.length > 0;
      const lacking = lackingOf(permissions, needed).filter((each) => !sees || each !== "viewer");
      if (lacking.length === 0) return [];
      const asking = asked.find(({ role }) =>
        lackingOf(permissions, role).some((each) => lacking.includes(each)),
      );
      return [
        {
          message: `${who} ${sees ? `lacks ${lacking.join(", ")}` : "has no access to the project"}, which ${asking?.name ?? "the CLI"} in a cron needs`,
          ...(isCertain ? {} : { severity: "warning" as const, confidence: "medium" as const }),
          location: { kind: "resource" as const, resource: `access of ${who}` },
          fix: raised(machineUser, needed, platform),
        },
      ];
    });
  },
});

function raised(
  { user, who, email, granted }: MachineUser,
  needed: readonly string[],
  { project }: PlatformFacts,
): FixPlan {
  if (email === undefined || granted === undefined)
    return byHand(`Give ${who} ${needed.join(", ")}`, {
      what: "It has no role of its own on this project that can be seen",
      next: "invite it with machinist setup --only machine-user, or raise the role of its team",
    });
  const after = [
    ...needed,
    ...granted.filter((each) => !covers(needed, each) && !needed.includes(each)),
  ];
  const change: AccessChange = {
    kind: "access",
    project: project.id,
    user,
    email,
    before: granted,
    after,
  };
  return platformFix({ title: `Let ${who} be ${after.join(", ")}`, disposition: "unsafe" }, change);
}
