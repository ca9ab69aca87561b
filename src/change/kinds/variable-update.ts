import * as v from "valibot";
import type { Connection } from "../../platform/connection.ts";
import {
  environmentVariable,
  sameFlags,
  updateVariable,
  type VariableFlags,
} from "../../platform/variables.ts";
import type { Secret } from "../../secret.ts";
import { flagFields, theValue, variableWords } from "../words.ts";
import { type Assessment, changeKind, fact, nothingToDo, ready, stays } from "./kind.ts";
import {
  assessOnPlatform,
  blockedOnPlatform,
  byHandInConsole,
  needConnection,
  onPlatform,
} from "./on-platform.ts";
import { flagsSchema, variableEntries } from "./schema-parts.ts";
import { assessCreated } from "./variable-creation.ts";

/** Other flags, or another value, for an environment variable that exists. */
export interface VariableUpdate {
  readonly kind: "variable-update";
  readonly project: string;
  readonly environment: string;
  readonly name: string;
  /** The new value; without it the value stays as it is. */
  readonly value?: Secret;
  readonly before: VariableFlags;
  readonly after: VariableFlags;
  /** The variable comes from the parent environment: the change makes one of the environment's own. */
  readonly overrides?: true;
}

const record = v.object({
  kind: v.literal("variable-update"),
  ...variableEntries,
  before: flagsSchema,
  after: flagsSchema,
  /** Whether the value was replaced too; the old one is nowhere. */
  value: v.picklist(["kept", "replaced"]),
  /** The variable came from the parent environment, and this made one of the environment's own. */
  overrides: v.exactOptional(v.literal(true)),
});

/** A variable of an environment with another value, or with other flags. */
export const variableUpdateKind = changeKind<VariableUpdate>()({
  ...onPlatform,
  kind: "variable-update",
  record,
  toRecord: ({ kind, project, environment, name, before, after, overrides, value }) => ({
    kind,
    project,
    environment,
    name,
    before,
    after,
    value: value === undefined ? ("kept" as const) : ("replaced" as const),
    ...(overrides === undefined ? {} : { overrides }),
  }),
  preview: (change) => ({
    title: `Change the variable ${variableWords(change)}`,
    lines: [
      fact(`value: ${change.value === undefined ? "stays as it is" : `replaced by ${theValue}`}`),
      ...(change.overrides
        ? [
            fact(
              "it is inherited now: this makes one of the environment's own, and undo deletes that",
            ),
          ]
        : change.value === undefined
          ? []
          : [fact("the old value is kept nowhere: undo can't bring it back")]),
      ...flagFields(change.before, change.after),
    ],
  }),
  done: (change) => `Changed the variable ${variableWords(change)}`,
  title: (updated) => `Changed variable ${variableWords(updated)}`,
  apply: ({ project, environment, name, value, after }, connection) =>
    updateVariable(needConnection(connection), project, environment, name, {
      flags: after,
      ...(value === undefined ? {} : { value }),
    }),
  assess: (updated, standing) =>
    assessOnPlatform(standing, (connection) =>
      updated.overrides
        ? assessCreated({ ...updated, flags: updated.after }, standing, connection)
        : assessUpdated(updated, connection),
    ),
});

async function assessUpdated(
  { project, environment, name, before, after, value }: v.InferOutput<typeof record>,
  connection: Connection,
): Promise<Assessment> {
  const found = await environmentVariable(connection, project, environment, name);
  if (found === undefined || found.inherited)
    return nothingToDo("the variable isn't there any more");
  const now = found.flags;
  // The platform never makes a sensitive variable readable again (manual, "Set variables").
  const target = { ...before, sensitive: before.sensitive || now.sensitive };
  const notes = [
    ...(value === "replaced" ? ["the value stays the new one: the old one is kept nowhere"] : []),
    ...(target.sensitive === before.sensitive ? [] : ["it stays sensitive: that can't be undone"]),
  ];
  if (sameFlags(now, target))
    return notes.length === 0 ? nothingToDo("the variable is as it was") : stays(notes.join("; "));
  if (!sameFlags(now, after))
    return blockedOnPlatform(`${name} was changed since`, byHandInConsole("Variables", name));
  return ready<VariableUpdate>(
    { kind: "variable-update", project, environment, name, before: now, after: target },
    ...notes,
  );
}
