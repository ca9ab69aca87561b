import * as v from "valibot";
import { startActivity, takeEffect } from "../events/activities.ts";
import { type HttpReply, jsonReply, projectFailure, writeReply } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import {
  type InEnvironment,
  type InProject,
  type Method,
  onEnvironment,
  onProject,
  type Route,
} from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { mayOnEnvironment, mayOnProject } from "../state/permissions.ts";
import { defaultSettings, type EffectiveVariable, effectiveVariables } from "../state/variables.ts";
import type { StoredEnvironment, StoredVariable } from "../store.ts";
import { activityJson } from "./activities.ts";
import { environmentPath, projectPath } from "./links.ts";

/** The variables of one environment, or of one project: what the operations below work on. */
interface Shelf {
  readonly context: InProject;
  readonly environment: StoredEnvironment | undefined;
  readonly path: string;
  /** What is set here, as opposed to inherited. */
  readonly own: Map<string, StoredVariable>;
  readonly all: readonly EffectiveVariable[];
  readonly writable: boolean;
}

const operations: readonly {
  readonly method: Method;
  readonly below: string;
  readonly handle: (shelf: Shelf) => HttpReply;
}[] = [
  { method: "GET", below: "", handle: list },
  { method: "POST", below: "", handle: create },
  { method: "GET", below: "/:variable", handle: read },
  { method: "PATCH", below: "/:variable", handle: update },
  { method: "DELETE", below: "/:variable", handle: remove },
];

/** The same operations at two levels. Only project admins see the variables of a project. */
export const variableRoutes: readonly Route[] = operations.flatMap(({ method, below, handle }) => {
  const action = method === "GET" ? "list-variables" : "manage-variables";
  return [
    onEnvironment(method, `/variables${below}`, action, (context) =>
      handle(environmentShelf(context)),
    ),
    onProject(method, `/variables${below}`, "manage-variables", (context) =>
      handle(projectShelf(context)),
    ),
  ];
});

function environmentShelf(context: InEnvironment): Shelf {
  const { project, environment, held } = context;
  return {
    context,
    environment,
    path: `${environmentPath(project, environment)}/variables`,
    own: environment.variables,
    all: effectiveVariables(project, environment),
    writable: mayOnEnvironment(held, environment.type, "manage-variables"),
  };
}

function projectShelf(context: InProject): Shelf {
  const { project, held } = context;
  return {
    context,
    environment: undefined,
    path: `${projectPath(project)}/variables`,
    own: project.variables,
    all: [...project.variables.values()].map((variable) => ({ variable, inherited: false })),
    writable: mayOnProject(held, "manage-variables"),
  };
}

function list(shelf: Shelf): HttpReply {
  return jsonReply(
    200,
    shelf.all.map((found) => variableJson(shelf, found)),
  );
}

function read(shelf: Shelf): HttpReply {
  return jsonReply(200, variableJson(shelf, required(shelf)));
}

const value = v.string();
const projectSettings = {
  attributes: v.exactOptional(v.record(v.string(), v.string())),
  is_json: v.exactOptional(v.boolean()),
  is_sensitive: v.exactOptional(v.boolean()),
  visible_build: v.exactOptional(v.boolean()),
  visible_runtime: v.exactOptional(v.boolean()),
  application_scope: v.exactOptional(v.array(v.string())),
};
const environmentSettings = {
  ...projectSettings,
  is_enabled: v.exactOptional(v.boolean()),
  is_inheritable: v.exactOptional(v.boolean()),
};
const name = v.pipe(
  v.string(),
  v.maxLength(256, "A name has 256 characters at most."),
  v.regex(/^\S+$/, "A name has no blanks and is not empty."),
  v.regex(/^(?!env:)|^env:[a-z][a-z0-9_]*$/i, "After env: there is a name of letters and digits."),
);

/** The fields that a request may have; any other is a mistake (OpenAPI: no additional properties). */
const schemas = {
  environment: {
    create: v.strictObject({ name, value, ...environmentSettings }),
    update: v.strictObject({
      name: v.exactOptional(name),
      value: v.exactOptional(value),
      ...environmentSettings,
    }),
  },
  project: {
    create: v.strictObject({ name, value, ...projectSettings }),
    update: v.strictObject({
      name: v.exactOptional(name),
      value: v.exactOptional(value),
      ...projectSettings,
    }),
  },
};

/** A name that a parent environment passes on can be set here; one that is set here can't be again. */
function create(shelf: Shelf): HttpReply {
  const { context, environment, own } = shelf;
  const fields =
    environment === undefined
      ? checkBody(schemas.project.create, context.call.body, projectFailure)
      : checkBody(schemas.environment.create, context.call.body, projectFailure);
  if (own.has(fields.name)) throw taken(fields.name);
  const now = context.store.now();
  const defaults = { ...defaultSettings, visible_build: environment === undefined };
  const variable: StoredVariable = { ...defaults, ...fields, createdAt: now, updatedAt: now };
  own.set(variable.name, variable);
  return writeReply("Created", {
    entity: variableJson(shelf, { variable, inherited: false }),
    activities: redeployed(shelf, "create", `created the variable <em>${variable.name}</em>`),
  });
}

/** Without a value the value stays; changing an inherited variable makes one of the same name here. */
function update(shelf: Shelf): HttpReply {
  const { context, environment, own } = shelf;
  const { variable: before } = required(shelf);
  const fields =
    environment === undefined
      ? checkBody(schemas.project.update, context.call.body, projectFailure)
      : checkBody(schemas.environment.update, context.call.body, projectFailure);
  if (before.is_sensitive && fields.is_sensitive === false) {
    throw projectFailure(400, "A sensitive variable stays sensitive.", {
      is_sensitive: ["can't be set to false"],
    });
  }
  const variable: StoredVariable = { ...before, ...fields, updatedAt: context.store.now() };
  if (variable.name !== before.name) {
    if (own.has(variable.name)) throw taken(variable.name);
    own.delete(before.name);
  }
  own.set(variable.name, variable);
  return writeReply("OK", {
    entity: variableJson(shelf, { variable, inherited: false }),
    activities: redeployed(shelf, "update", `updated the variable <em>${variable.name}</em>`),
  });
}

function remove(shelf: Shelf): HttpReply {
  const { variable, inherited } = required(shelf);
  if (inherited) {
    throw projectFailure(400, "The variable is inherited; delete it on the parent environment.");
  }
  shelf.own.delete(variable.name);
  return writeReply("OK", {
    activities: redeployed(shelf, "delete", `deleted the variable <em>${variable.name}</em>`),
  });
}

function required(shelf: Shelf): EffectiveVariable {
  const wanted = shelf.context.call.param("variable");
  const found = shelf.all.find(({ variable }) => variable.name === wanted);
  if (found === undefined) throw projectFailure(404, "The variable was not found.");
  return found;
}

function taken(name: string) {
  return projectFailure(409, `The variable ${name} exists already.`);
}

/**
 * The activities of a write. One on a deployed environment redeploys just that environment; one on a
 * project, or on an inactive environment, redeploys nothing (manual, "set variables").
 */
function redeployed(shelf: Shelf, verb: "create" | "update" | "delete", deed: string) {
  const { context, environment } = shelf;
  const { store, project, actor } = context;
  if (environment?.status === "inactive") return [];
  const level = environment === undefined ? "project" : "environment";
  const activity = startActivity(store, project, environment, actor, {
    type: `${level}.variable.${verb}`,
    deed,
  });
  if (environment !== undefined) takeEffect(project, environment, activity);
  return [activityJson(store, project, activity)];
}

/** The value of a sensitive variable is not there at all. */
function variableJson(shelf: Shelf, { variable, inherited }: EffectiveVariable) {
  const { context, environment, path, writable } = shelf;
  const { is_enabled, is_inheritable, value, createdAt, updatedAt, ...shared } = variable;
  const href = `${path}/${encodeURIComponent(variable.name)}`;
  return {
    id: variable.name,
    ...shared,
    ...(variable.is_sensitive ? {} : { value }),
    ...(environment === undefined
      ? {}
      : {
          project: context.project.id,
          environment: environment.id,
          inherited,
          is_enabled,
          is_inheritable,
        }),
    created_at: stamp(createdAt),
    updated_at: stamp(updatedAt),
    _links: {
      self: { href },
      ...(writable ? { "#edit": { href } } : {}),
      ...(writable && !inherited ? { "#delete": { href } } : {}),
    },
  };
}
