import { valueIn } from "../../fact.ts";
import type { AuditFacts } from "../rule.ts";
import { madeByCron } from "./cron-work.ts";

/** An account that does the work of the crons. */
export interface MachineUser {
  readonly user: string;
  /** Its address, or words for an account whose address can't be seen. */
  readonly who: string;
  readonly email: string | undefined;
  /** What it may do on the project; through teams too where its token says so. Undefined when it isn't known. */
  readonly permissions: readonly string[] | undefined;
  /** What it may do by a grant of its own; undefined when it has none. */
  readonly granted: readonly string[] | undefined;
  /** Whether its own token says so, or only what was done in its name. */
  readonly isCertain: boolean;
}

/** Whose token the crons use: the account of the token that was handed over, and whoever made their backups. */
export function machineUsers(facts: AuditFacts): readonly MachineUser[] {
  const { platform } = facts;
  if (platform === undefined) return [];
  const { project } = platform;
  const access = valueIn(platform.access) ?? [];
  const machineUser = valueIn(platform.machineUser);
  const grantOf = (user: string) => access.find((one) => one.user === user);
  const owner = machineUser?.owner;
  const byToken: readonly MachineUser[] =
    owner === undefined
      ? []
      : [
          {
            user: owner.id,
            who: owner.email,
            email: owner.email,
            permissions:
              machineUser?.grants.projects.find(({ id }) => id === project.id)?.permissions ?? [],
            granted: grantOf(owner.id)?.permissions,
            isCertain: true,
          },
        ];
  const byWork = [...madeByCron(facts)]
    .filter((user) => user !== owner?.id)
    .map((user): MachineUser => {
      const { email, permissions } = grantOf(user) ?? {};
      const who = email ?? `the account ${user}`;
      return { user, who, email, permissions, granted: permissions, isCertain: false };
    });
  return [...byToken, ...byWork];
}
