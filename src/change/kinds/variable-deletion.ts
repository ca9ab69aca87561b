import * as v from "valibot";
import {
  deleteProjectVariable,
  deleteVariable,
  type VariableFlags,
} from "../../platform/variables.ts";
import { variableWords } from "../words.ts";
import { changeKind, fact, nothingMore, stays } from "./kind.ts";
import { assessOnPlatform, needConnection, onPlatform } from "./on-platform.ts";
import { flagsSchema } from "./schema-parts.ts";

/** Deletes a variable; its value is gone with it. */
export interface VariableDeletion {
  readonly kind: "variable-deletion";
  readonly project: string;
  /** Missing for a variable of the project. */
  readonly environment?: string;
  readonly name: string;
  /** As it was. */
  readonly flags: VariableFlags;
}

/** The deletion of a variable of a project or an environment. */
export const variableDeletionKind = changeKind<VariableDeletion>()({
  ...onPlatform,
  kind: "variable-deletion",
  record: v.object({
    kind: v.literal("variable-deletion"),
    project: v.string(),
    /** Missing for a variable of the project. */
    environment: v.exactOptional(v.string()),
    name: v.string(),
    flags: flagsSchema,
  }),
  toRecord: (change) => change,
  preview: (change) => ({
    title: `Delete the variable ${variableWords(change)}`,
    lines: [
      fact("its value is gone then, and no undo brings it back"),
      fact(
        change.environment === undefined
          ? "each environment has it until its next deployment"
          : "the environment is redeployed by this",
      ),
    ],
  }),
  done: (change) => `Deleted the variable ${variableWords(change)}`,
  title: (deleted) => `Deleted variable ${variableWords(deleted)}`,
  apply: async ({ project, environment, name }, connection) => {
    const platform = needConnection(connection);
    if (environment !== undefined) return deleteVariable(platform, project, environment, name);
    await deleteProjectVariable(platform, project, name);
    return nothingMore;
  },
  assess: (_, standing) =>
    assessOnPlatform(standing, () =>
      stays(
        "a deleted variable can't be brought back: its value is kept nowhere; set it by hand if it is needed",
      ),
    ),
});
