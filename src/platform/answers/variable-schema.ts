import * as v from "valibot";
import { Secret } from "../../secret.ts";
import { list, optionalText, reader, requiredList, word } from "./schema.ts";

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

const onProject = {
  name: word,
  is_sensitive: v.boolean(),
  visible_build: v.boolean(),
  visible_runtime: v.boolean(),
  // Left out where it is empty, which means all apps.
  application_scope: list(v.string()),
  created_at: optionalText,
  updated_at: optionalText,
};

const onEnvironment = {
  ...onProject,
  is_enabled: v.boolean(),
  is_inheritable: v.boolean(),
  inherited: v.boolean(),
};

type Fields = v.InferOutput<v.ObjectSchema<typeof onEnvironment, undefined>>;

function variableOf(fields: Fields): Variable {
  return {
    name: fields.name,
    flags: {
      sensitive: fields.is_sensitive,
      enabled: fields.is_enabled,
      inheritable: fields.is_inheritable,
      visibleAtBuild: fields.visible_build,
      visibleAtRuntime: fields.visible_runtime,
      applicationScope: fields.application_scope ?? [],
    },
    inherited: fields.inherited,
    ...(fields.created_at === undefined ? {} : { createdAt: fields.created_at }),
    ...(fields.updated_at === undefined ? {} : { updatedAt: fields.updated_at }),
  };
}

const environmentSchema = v.pipe(v.object(onEnvironment), v.transform(variableOf));

/** A variable of the project has no such switches: it is on, everywhere. */
const switches = { is_enabled: true, is_inheritable: true, inherited: false };
const projectSchema = v.pipe(
  v.object(onProject),
  v.transform((fields) => variableOf({ ...fields, ...switches })),
);

/** The value is left out of a sensitive variable, and of no other. */
export const parseValue = reader(
  v.pipe(
    v.variant("is_sensitive", [
      v.object({ is_sensitive: v.literal(true) }),
      v.object({ is_sensitive: v.literal(false), value: v.string() }),
    ]),
    v.transform((variable) =>
      variable.is_sensitive || variable.value === "" ? undefined : new Secret(variable.value),
    ),
  ),
);
/** Reads a variable of an environment. Throws `UnexpectedAnswer` for anything else. */
export const parseVariable = reader(environmentSchema);
/** Reads a list of such variables, and throws likewise. */
export const parseVariables = reader(requiredList(environmentSchema));
/** Reads a list of variables of a project, and throws likewise. */
export const parseProjectVariables = reader(requiredList(projectSchema));
