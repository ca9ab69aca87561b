import { daysSinceChange } from "../../platform/variables.ts";
import { environmentsRead, ownVariable } from "../evidence/at-home.ts";
import { byHand } from "../findings/fix.ts";
import { rule } from "../rule.ts";

/** The platform's API tokens don't expire; a year is what most rules of companies allow at most. */
const oldDays = 365;

/** The token hasn't been replaced for a year or more. */
export const tokenOld = rule({
  id: "token-old",
  severity: "info",
  confidence: "high",
  needs: "platform",
  security: "medium",
  reads: ["variables"],
  fixable: "by-hand",
  what: "The variable with the API token hasn't been changed for a year.",
  why: "An API token doesn't expire. Whoever got hold of it in all that time, from an old backup, a log or a laptop, can use it until it is revoked. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "env:PLATFORMSH_CLI_TOKEN on main: changed in March of last year",
    after: "env:PLATFORMSH_CLI_TOKEN on main: a new token, and the old one revoked",
  },
  ignore: "The account can do so little that nobody has to care.",
  check: ({ platform }) => {
    if (platform?.readAt === undefined) return [];
    const name = platform.vendor.tokenVariable;
    const { readAt } = platform;
    return environmentsRead(platform).flatMap((facts) => {
      const { id } = facts.environment;
      const own = ownVariable(facts, name);
      if (own?.updatedAt === undefined) return [];
      const days = daysSinceChange(own, readAt);
      if (days === undefined || days < oldDays) return [];
      return [
        {
          message: `${name} on ${id} was last changed on ${own.updatedAt.slice(0, 10)}, so its token is ${days} days old, or older`,
          location: { kind: "resource", resource: `variable ${name} on ${id}` },
          fix: byHand("Replace the token", {
            what: "Only the machine user's account can make a token",
            next: "machinist rotate asks for it, proves it, and revokes the old one",
          }),
        },
      ];
    });
  },
});
