import { isDeepStrictEqual } from "node:util";
import type { Secret } from "../secret.ts";
import { environmentActivities, hasEnded } from "./activities.ts";
import { certainly } from "./answers/certainty.ts";
import { path } from "./answers/path.ts";
import { acceptance } from "./answers/schema.ts";
import {
  parseProjectVariables,
  parseValue,
  parseVariable,
  parseVariables,
  type Variable,
  type VariableFlags,
} from "./answers/variable-schema.ts";
import { parseWrite, type Write } from "./answers/write.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";

export type { Variable, VariableFlags } from "./answers/variable-schema.ts";

/** The variable as the environment has it, its own or inherited; undefined when there is none. */
export async function environmentVariable(
  connection: Connection,
  projectId: string,
  environmentId: string,
  name: string,
): Promise<Variable | undefined> {
  try {
    return await connection.get(item(projectId, environmentId, name), parseVariable);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
}

/** All variables of the environment, the inherited ones too. Throws `ApiFailure`. */
export function environmentVariables(
  connection: Connection,
  projectId: string,
  environmentId: string,
): Promise<readonly Variable[]> {
  return connection.get(collection(projectId, environmentId), parseVariables);
}

/** The variables of the project, which every environment has. Throws `ApiFailure`. */
export function projectVariables(
  connection: Connection,
  projectId: string,
): Promise<readonly Variable[]> {
  return connection.get(path`/projects/${projectId}/variables`, parseProjectVariables);
}

/**
 * Makes an environment variable, which must not exist; the environment is redeployed. Should the answer be lost, a
 * variable of that name with those flags is taken for the one made. Throws `ApiFailure`, status 409 when it exists.
 */
export function createVariable(
  connection: Connection,
  projectId: string,
  environmentId: string,
  variable: { readonly name: string; readonly value: Secret; readonly flags: VariableFlags },
): Promise<Write> {
  const { name, value, flags } = variable;
  const body = { name, value, is_json: false, ...flagFields(flags) };
  return certainly(
    () => connection.send("POST", collection(projectId, environmentId), body, parseWrite),
    async () => {
      const now = await environmentVariable(connection, projectId, environmentId, name);
      const made = now !== undefined && !now.inherited && sameFlags(now.flags, flags);
      return made ? { outcome: await underWay(connection, projectId, environmentId) } : undefined;
    },
  );
}

/**
 * Gives an environment variable these flags, and another value when there is one. A value can't be read back, so the
 * variable is read before: should the answer be lost, a variable with another date is taken for changed. Throws
 * `ApiFailure`.
 */
export async function updateVariable(
  connection: Connection,
  projectId: string,
  environmentId: string,
  name: string,
  change: { readonly value?: Secret; readonly flags: VariableFlags },
): Promise<Write> {
  const { value, flags } = change;
  const read = () => environmentVariable(connection, projectId, environmentId, name);
  const before = value === undefined ? undefined : await read();
  const body = { ...(value === undefined ? {} : { value }), ...flagFields(flags) };
  return certainly(
    () => connection.send("PATCH", item(projectId, environmentId, name), body, parseWrite),
    async () => {
      const now = await read();
      if (now === undefined || now.inherited || !sameFlags(now.flags, flags)) return undefined;
      if (value !== undefined && now.updatedAt === before?.updatedAt) return undefined;
      return { outcome: await underWay(connection, projectId, environmentId) };
    },
  );
}

/** Deletes an environment variable, its value with it. Throws `ApiFailure`. */
export function deleteVariable(
  connection: Connection,
  projectId: string,
  environmentId: string,
  name: string,
): Promise<Write> {
  return certainly(
    () => connection.send("DELETE", item(projectId, environmentId, name), undefined, parseWrite),
    async () => {
      const now = await environmentVariable(connection, projectId, environmentId, name);
      const gone = now === undefined || now.inherited;
      return gone ? { outcome: await underWay(connection, projectId, environmentId) } : undefined;
    },
  );
}

/**
 * Deletes a variable of the project, its value with it. No environment is redeployed: each has it until its next
 * deployment. Throws `ApiFailure`.
 */
export async function deleteProjectVariable(
  connection: Connection,
  projectId: string,
  name: string,
): Promise<void> {
  await certainly(
    () =>
      connection.send(
        "DELETE",
        path`/projects/${projectId}/variables/${name}`,
        undefined,
        acceptance,
      ),
    async () => {
      const left = await projectVariables(connection, projectId);
      return left.some((variable) => variable.name === name) ? undefined : { outcome: undefined };
    },
  );
}

/**
 * The value of a variable, where the API shows it: undefined for a sensitive one, and for one that is empty. Throws `ApiFailure`.
 * @param environmentId undefined for a variable of the project
 */
export function variableValue(
  connection: Connection,
  projectId: string,
  environmentId: string | undefined,
  name: string,
): Promise<Secret | undefined> {
  const place =
    environmentId === undefined
      ? path`/projects/${projectId}/variables/${name}`
      : item(projectId, environmentId, name);
  return connection.get(place, parseValue);
}

/** What a write whose answer was lost set going: the changes of variables that the environment works at. */
async function underWay(
  connection: Connection,
  projectId: string,
  environmentId: string,
): Promise<Write> {
  const latest = await environmentActivities(connection, projectId, environmentId, { count: 10 });
  const activities = latest.filter(
    (activity) => activity.type.startsWith("environment.variable.") && !hasEnded(activity),
  );
  return { activities };
}

/** Whether two sets of flags say the same, the apps in any order. */
export function sameFlags(one: VariableFlags, other: VariableFlags): boolean {
  const { applicationScope: apps, ...flags } = one;
  const { applicationScope: otherApps, ...otherFlags } = other;
  return isDeepStrictEqual([flags, [...apps].sort()], [otherFlags, [...otherApps].sort()]);
}

function collection(projectId: string, environmentId: string): string {
  return path`/projects/${projectId}/environments/${environmentId}/variables`;
}

function item(projectId: string, environmentId: string, name: string): string {
  return path`/projects/${projectId}/environments/${environmentId}/variables/${name}`;
}

/** The API's defaults are not the same everywhere, so nothing is left to them. */
function flagFields(flags: VariableFlags) {
  return {
    is_sensitive: flags.sensitive,
    is_enabled: flags.enabled,
    is_inheritable: flags.inheritable,
    visible_build: flags.visibleAtBuild,
    visible_runtime: flags.visibleAtRuntime,
    application_scope: flags.applicationScope,
  };
}

const dayMs = 24 * 60 * 60 * 1000;

/** How many days ago a variable was last changed; undefined where the API, or the clock, doesn't say it. */
export function daysSinceChange(
  { updatedAt = "" }: Pick<Variable, "updatedAt">,
  now: Date,
): number | undefined {
  const days = Math.floor((now.getTime() - Date.parse(updatedAt)) / dayMs);
  // A clock that is behind tells nothing.
  return Number.isNaN(days) || days < 0 ? undefined : days;
}
