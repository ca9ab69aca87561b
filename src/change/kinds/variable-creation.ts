import * as v from "valibot";
import type { Connection } from "../../platform/connection.ts";
import {
  createVariable,
  environmentVariable,
  sameFlags,
  type VariableFlags,
} from "../../platform/variables.ts";
import type { Secret } from "../../secret.ts";
import { flagFields, theValue, variableWords } from "../words.ts";
import { type Assessment, changeKind, field, nothingToDo, ready, type Standing } from "./kind.ts";
import {
  assessOnPlatform,
  blockedOnPlatform,
  byHandInConsole,
  needConnection,
  onPlatform,
} from "./on-platform.ts";
import { flagsSchema, variableEntries } from "./schema-parts.ts";
import type { VariableDeletion } from "./variable-deletion.ts";

/** A new environment variable. */
export interface VariableCreation {
  readonly kind: "variable-creation";
  readonly project: string;
  readonly environment: string;
  readonly name: string;
  readonly value: Secret;
  readonly flags: VariableFlags;
}

/** A new variable of an environment. */
export const variableCreationKind = changeKind<VariableCreation>()({
  ...onPlatform,
  kind: "variable-creation",
  record: v.object({
    kind: v.literal("variable-creation"),
    ...variableEntries,
    flags: flagsSchema,
  }),
  toRecord: ({ kind, project, environment, name, flags: now }) => ({
    kind,
    project,
    environment,
    name,
    flags: now,
  }),
  preview: (change) => ({
    title: `Create the variable ${variableWords(change)}`,
    lines: [{ ...field("value", theValue), now: "–" }, ...flagFields(undefined, change.flags)],
  }),
  done: (change) => `Created the variable ${variableWords(change)}`,
  title: (created) => `New variable ${variableWords(created)}`,
  apply: ({ project, environment, name, value, flags: now }, connection) =>
    createVariable(needConnection(connection), project, environment, { name, value, flags: now }),
  assess: (created, standing) =>
    assessOnPlatform(standing, (connection) => assessCreated(created, standing, connection)),
});

/**
 * Whether a variable that a run created can be deleted again.
 *
 * @param created with what `overrides` says when it hides an inherited one, which counts again without it
 */
export async function assessCreated(
  created: {
    readonly project: string;
    readonly environment: string;
    readonly name: string;
    readonly flags: VariableFlags;
    readonly overrides?: true;
  },
  { state }: Standing,
  connection: Connection,
): Promise<Assessment> {
  const { project, environment, name } = created;
  const now = await environmentVariable(connection, project, environment, name);
  if (now === undefined || now.inherited) return nothingToDo("the variable isn't there");
  if (state === "pending")
    return blockedOnPlatform(
      `It isn't known whether this run created ${name}`,
      byHandInConsole("Variables", name),
    );
  return ready<VariableDeletion>(
    { kind: "variable-deletion", project, environment, name, flags: now.flags },
    ...(created.overrides ? ["the environment inherits it from its parent again"] : []),
    ...(sameFlags(now.flags, created.flags) ? [] : ["it was changed since the run created it"]),
  );
}
