import { roleFaults } from "../../automation/account.ts";
import { roleOfCiCalls, roleOfJobs, unitedPermissions } from "../../automation/role.ts";
import type { AccessChange } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import type { Permission } from "../../platform/access.ts";
import { environmentsOf } from "../evidence/at-home.ts";
import { runningJobs, workOf } from "../evidence/cron-work.ts";
import { machineUsers } from "../evidence/machine-users.ts";
import { ciUsesIn } from "../findings/ci-findings.ts";
import { byHand, platformFix } from "../findings/fix.ts";
import { type AuditFacts, type PlatformFacts, rule } from "../rule.ts";

/** The account behind the jobs may do more than they need. */
export const machineUserTooStrong = rule({
  id: "machine-user-too-strong",
  severity: "warning",
  confidence: "medium",
  needs: "platform",
  security: "high",
  reads: ["access", "deployment", "runs", "machineUser", "operator"],
  fixable: "unsafe",
  what: "The account whose token the jobs use may do more on the project than they need.",
  why: "Anyone with SSH access to the environment can read the token, and then do whatever its account may. A role on the type of this one environment is enough for what the crons do. (Manual: “API tokens”, “Manage users”.)",
  manual: "administration/cli/api-tokens",
  example: { before: "bot@example.org: admin", after: "bot@example.org: viewer, production:admin" },
  ignore: "The account does other work too that needs the role.",
  check: (facts) => {
    const { platform } = facts;
    if (platform === undefined) return [];
    const { project, operator } = platform;
    const enough = neededRole(facts, platform);
    if (enough === undefined || operator.kind === "unread") return [];
    return (
      machineUsers(facts)
        // That the crons work as whoever is signed in has a rule of its own; a person isn't to be made less.
        .filter(({ user }) => user !== valueIn(operator))
        .flatMap(({ user, who, email, granted, permissions = [] }) => {
          const fault = roleFaults(permissions, enough).find(({ kind }) => kind === "too strong");
          if (fault?.kind !== "too strong") return [];
          const more = fault.beyond.includes("admin")
            ? "who administers the project"
            : `who is ${fault.beyond.join(", ")} as well`;
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
            message: `${workOf(facts)} is done as ${who}, ${more}; ${enough.join(", ")} is enough for it`,
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

/** What all jobs of the project need together, those of CI too; undefined where that isn't known, as where one can't be read. */
function neededRole(facts: AuditFacts, platform: PlatformFacts): readonly Permission[] | undefined {
  const environments = environmentsOf(platform);
  const uses = ciUsesIn(facts);
  const isUnclear = uses.some(({ job }) => job.notFollowed.length > 0);
  if (isUnclear || (facts.ci?.unreadable.length ?? 0) > 0) return undefined;
  const ciCalls = uses.flatMap(({ calls }) => calls.map(({ call }) => call));
  const roles = [
    roleOfJobs(runningJobs(facts), environments),
    roleOfCiCalls(ciCalls, environments),
  ];
  const known = roles.flatMap((role) => (role.kind === "known" ? role.value : []));
  return known.length === 0 || roles.some(({ kind }) => kind === "unread")
    ? undefined
    : unitedPermissions(known);
}
