import { projectAccess } from "../../platform/access.ts";
import type { Connection } from "../../platform/connection.ts";
import { deployedApps } from "../../platform/deployments.ts";
import { deploysByHand, environments } from "../../platform/environments.ts";
import { sourceIntegrations } from "../../platform/integrations.ts";
import { pendingInvitations } from "../../platform/invitations.ts";
import { productCode } from "../../platform/project-settings.ts";
import { accessibleProjects, readProject } from "../../platform/projects.ts";
import type { User } from "../../platform/users.ts";
import { environmentVariable, projectVariables } from "../../platform/variables.ts";

/** What the API says, each question asked once until `forget`. */
export interface SetupPlatform {
  readonly connection: Connection;
  /** Who is signed in: the operator. */
  readonly operator: User;
  readonly projects: () => ReturnType<typeof accessibleProjects>;
  readonly project: (id: string) => ReturnType<typeof readProject>;
  readonly productCode: (project: string) => ReturnType<typeof productCode>;
  readonly environments: (project: string) => ReturnType<typeof environments>;
  readonly deploysByHand: (
    project: string,
    environment: string,
  ) => ReturnType<typeof deploysByHand>;
  readonly deployedApps: (project: string, environment: string) => ReturnType<typeof deployedApps>;
  readonly access: (project: string) => ReturnType<typeof projectAccess>;
  readonly invitations: (project: string) => ReturnType<typeof pendingInvitations>;
  readonly projectVariables: (project: string) => ReturnType<typeof projectVariables>;
  readonly sourceIntegrations: (project: string) => ReturnType<typeof sourceIntegrations>;
  readonly variable: (
    project: string,
    environment: string,
    name: string,
  ) => ReturnType<typeof environmentVariable>;
  /** Drops everything that was read, after a change or before looking again. */
  forget(): void;
}

/** Reads through the operator's connection. */
export function platformFacts(connection: Connection, operator: User): SetupPlatform {
  const kept: Map<string, unknown>[] = [];
  const once = <A extends readonly string[], T>(read: (...args: A) => Promise<T>) => {
    const answers = new Map<string, Promise<T>>();
    kept.push(answers);
    return (...args: A): Promise<T> => {
      const key = JSON.stringify(args);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const reading = read(...args);
      answers.set(key, reading);
      // A failed read must not stand in the way of the next try.
      reading.catch(() => answers.delete(key));
      return reading;
    };
  };
  return {
    connection,
    operator,
    projects: once(() => accessibleProjects(connection, operator.id)),
    project: once((id: string) => readProject(connection, id)),
    productCode: once((id: string) => productCode(connection, id)),
    environments: once((id: string) => environments(connection, id)),
    deploysByHand: once((id: string, environment: string) =>
      deploysByHand(connection, id, environment),
    ),
    deployedApps: once((id: string, environment: string) =>
      deployedApps(connection, id, environment),
    ),
    access: once((id: string) => projectAccess(connection, id)),
    invitations: once((id: string) => pendingInvitations(connection, id)),
    projectVariables: once((id: string) => projectVariables(connection, id)),
    sourceIntegrations: once((id: string) => sourceIntegrations(connection, id)),
    variable: once((id: string, environment: string, name: string) =>
      environmentVariable(connection, id, environment, name),
    ),
    forget: () => {
      for (const answers of kept) answers.clear();
    },
  };
}
