import { reachFaults } from "../../automation/account.ts";
import { valueIn } from "../../fact.ts";
import { type MachineUser, machineUsers } from "../evidence/machine-users.ts";
import { byHand } from "../findings/fix.ts";
import { type PlatformFacts, rule } from "../rule.ts";

/** One account is the machine user of several projects, or sees others. */
export const machineUserInSeveralProjects = rule({
  id: "machine-user-in-several-projects",
  severity: "warning",
  confidence: "high",
  needs: "machine-token",
  security: "medium",
  reads: ["access", "deployment", "runs", "machineUser"],
  fixable: "by-hand",
  what: "The account whose token a cron uses reaches other projects too.",
  why: "Whoever reads the token on one project, as everybody with SSH access to its environment can, has what the account may do on all of them. And when the token is revoked, the crons of all of them stop. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "bot@example.org: on shop and on blog",
    after: "bot+shop@example.org: on shop\nbot+blog@example.org: on blog",
  },
  ignore: "The cron's work spans these projects.",
  check: (facts) => {
    const { platform } = facts;
    if (platform === undefined) return [];
    return machineUsers(facts).flatMap((machineUser) => {
      const { user, who, email, isCertain } = machineUser;
      const others = othersOf(machineUser, platform);
      if (others.length === 0) return [];
      const named = others.slice(0, 3).join(", ");
      const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
      const title = "Give this project a machine user of its own";
      return [
        {
          message: `${who} ${isCertain ? "reaches" : "does the crons' work of"} other projects too: ${named}${more}`,
          ...(isCertain ? {} : { confidence: "medium" as const }),
          location: { kind: "resource" as const, resource: `account ${email ?? user}` },
          fix: byHand(title, {
            what: "Another account takes an invitation, and a token that only it can make",
            next: "run machinist setup with an address of its own, then take this account off the project",
          }),
        },
      ];
    });
  },
});

function othersOf(
  { user, isCertain }: MachineUser,
  { machineUser, elsewhere, project }: PlatformFacts,
): readonly string[] {
  const token = isCertain ? valueIn(machineUser) : undefined;
  const faults = token === undefined ? [] : reachFaults(token, project.id);
  const reached = faults.flatMap((fault) => (fault.kind === "other projects" ? fault.ids : []));
  const all = new Set([...reached, ...(elsewhere?.get(user) ?? [])]);
  return [...all].filter((id) => id !== project.id);
}
