import { roleFaults } from "../../automation/account.ts";
import type { Job } from "../../automation/job.ts";
import { covers, roleFor, unitedPermissions } from "../../automation/role.ts";
import type { AccessChange } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import { environmentsOf } from "../evidence/at-home.ts";
import { runningJobs } from "../evidence/cron-work.ts";
import { type MachineUser, machineUsers } from "../evidence/machine-users.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, platformFix } from "../findings/fix.ts";
import { type PlatformFacts, rule } from "../rule.ts";

/** A job asks for more than the account of its token may do. */
export const machineUserTooWeak = rule({
  id: "machine-user-too-weak",
  severity: "error",
  confidence: "high",
  needs: "machine-token",
  reads: ["access", "deployment", "runs", "machineUser"],
  fixable: "unsafe",
  what: "The account whose token a job uses may not do what the job does.",
  why: "The platform refuses the command, and nobody is told: a cron fails at night. A backup of production needs the admin's role on it, which the manual's own example of a machine user lacks. (Manual: “API tokens”, “Back up environments”, “Manage users”.)",
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
    const asked = runningJobs(facts).flatMap((job) =>
      job.calls.flatMap((call) => {
        const role = valueIn(roleFor([call], environments));
        return role === undefined ? [] : [{ asker: `${call.name} in ${placeOf(job)}`, role }];
      }),
    );
    const needed = unitedPermissions(asked.flatMap(({ role }) => role));
    if (needed.length === 0) return [];
    return machineUsers(facts).flatMap((machineUser) => {
      const { who, permissions, isCertain } = machineUser;
      if (permissions === undefined) return [];
      const fault = weaknessOf(permissions, needed);
      if (fault === undefined) return [];
      const asking = asked.find(({ role }) => weaknessOf(permissions, role) !== undefined);
      return [
        {
          message: `${who} ${fault.kind === "too weak" ? `lacks ${fault.lacking.join(", ")}` : "has no access to the project"}, which ${asking?.asker ?? "the CLI"} needs`,
          ...(isCertain ? {} : { severity: "warning" as const, confidence: "medium" as const }),
          location: { kind: "resource" as const, resource: `access of ${who}` },
          fix: raised(machineUser, needed, platform),
        },
      ];
    });
  },
});

/** What keeps an account with these permissions from its work. */
function weaknessOf(held: readonly string[], needed: readonly string[]) {
  return roleFaults(held, needed).find((fault) => fault.kind !== "too strong");
}

function placeOf({ kind, called }: Job): string {
  return kind === "cron" ? "a cron" : called;
}

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
