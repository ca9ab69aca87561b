import { reachFaults } from "../../automation/account.ts";
import { valueIn } from "../../fact.ts";
import { workOf } from "../evidence/cron-work.ts";
import { type MachineUser, machineUsers } from "../evidence/machine-users.ts";
import { byHand } from "../findings/fix.ts";
import { type PlatformFacts, rule } from "../rule.ts";

/** The crons work in the name of a person. */
export const tokenOfAPerson = rule({
  id: "token-of-a-person",
  severity: "warning",
  confidence: "medium",
  needs: "machine-token",
  security: "high",
  reads: ["access", "deployment", "runs", "machineUser", "operator"],
  fixable: "by-hand",
  what: "The token that a cron or a job of CI uses belongs to a person's account.",
  why: "Whoever reads the token may do all that the person may, in every project and in the organization. What the cron does stands in the logs under the person's name, and it ends when the person leaves. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "the token of jane@example.org, who administers the organization",
    after: "the token of bot@example.org, which is on this project alone",
  },
  ignore: "It is a machine user whose work needs this.",
  check: (facts) => {
    const { platform } = facts;
    if (platform === undefined) return [];
    return machineUsers(facts).flatMap((machineUser) => {
      const signs = signsOf(machineUser, platform);
      if (signs.length === 0) return [];
      const { user, who, email } = machineUser;
      return [
        {
          message: `${workOf(facts)} is done as ${who}, ${signs.join(", ")}`,
          ...(machineUser.isCertain && machineUser.user === valueIn(platform.operator)
            ? { confidence: "high" as const }
            : {}),
          location: { kind: "resource" as const, resource: `account ${email ?? user}` },
          fix: byHand("Put a machine user's token in its place", {
            what: "A machine user has an account of its own, and makes its token itself",
            next: "machinist setup invites one; machinist rotate puts its token in where there is one already",
          }),
        },
      ];
    });
  },
});

/** What tells that an account is a person's, as the rest of a sentence. */
function signsOf(
  { user, isCertain }: MachineUser,
  { machineUser, operator, project }: PlatformFacts,
): readonly string[] {
  const isOperator = user === valueIn(operator) ? ["which is your own account"] : [];
  const token = valueIn(machineUser);
  if (!isCertain || token === undefined) return isOperator;
  const signs = reachFaults(token, project.id).flatMap((fault) => {
    switch (fault.kind) {
      case "SSH keys":
        return `which has SSH keys (${fault.keys.map(({ title }) => title).join(", ")})`;
      case "rights in an organization":
        return `which has rights in an organization: ${fault.organizations.map(({ id, permissions }) => `${id} (${permissions.join(", ")})`).join("; ")}`;
      case "other projects":
        return [];
      default:
        return fault satisfies never;
    }
  });
  return [...isOperator, ...signs];
}
