import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { Secret } from "../secret.ts";
import { environmentActivities, hasEnded } from "./activities.ts";
import { ApiFailure } from "./api-failure.ts";
import { certainly } from "./certainty.ts";
import type { Connection } from "./connection.ts";
import { path } from "./path.ts";
import { acceptance, list, reader, text } from "./schema.ts";
import { parseWrite, type Write } from "./write.ts";

/** Everything about an environment variable but its name and value; all of it is sent on a write. */
export interface VariableFlags {
  readonly sensitive: boolean;
  readonly enabled: boolean;
  readonly inheritable: boolean;
  readonly visibleAtBuild: boolean;
  readonly visibleAtRuntime: boolean;
  /** Names of the apps that see it; empty means all. */
  readonly applicationScope: readonly string[];
}

/** A variable without its value, which is never read. */
export interface Variable {
  readonly name: string;
  readonly flags: VariableFlags;
  /** Whether it comes from the parent environment. */
  readonly inherited: boolean;
  /** RFC 3339. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

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
  return connection.get(path`/projects/${projectId}/variables`, parseVariables);
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
 * The value of a variable, where the API shows it: undefined for a sensitive one. Throws `ApiFailure`.
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

/** A variable of the project has neither `inherited`, `is_enabled` nor `is_inheritable`: it is on, everywhere. */
const variableSchema = v.pipe(
  v.object({
    name: v.string(),
    is_sensitive: v.boolean(),
    is_enabled: v.nullish(v.boolean(), true),
    is_inheritable: v.nullish(v.boolean(), true),
    visible_build: v.boolean(),
    visible_runtime: v.boolean(),
    application_scope: list(v.string()),
    inherited: v.nullish(v.boolean(), false),
    created_at: text,
    updated_at: text,
  }),
  v.transform(
    (variable): Variable => ({
      name: variable.name,
      flags: {
        sensitive: variable.is_sensitive,
        enabled: variable.is_enabled,
        inheritable: variable.is_inheritable,
        visibleAtBuild: variable.visible_build,
        visibleAtRuntime: variable.visible_runtime,
        applicationScope: variable.application_scope,
      },
      inherited: variable.inherited,
      ...(variable.created_at === undefined ? {} : { createdAt: variable.created_at }),
      ...(variable.updated_at === undefined ? {} : { updatedAt: variable.updated_at }),
    }),
  ),
);

const parseValue = reader(
  v.pipe(
    v.object({ value: text }),
    v.transform(({ value }) => (value === undefined ? undefined : new Secret(value))),
  ),
);
const parseVariable = reader(variableSchema);
const parseVariables = reader(list(variableSchema));
