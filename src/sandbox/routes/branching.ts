import * as v from "valibot";
import { startActivity, takeEffect } from "../events/activities.ts";
import { requireActive, synchronize } from "../events/environment-work.ts";
import { type HttpReply, projectFailure, writeReply } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import { machineName } from "../state/identifiers.ts";
import { storedEnvironmentTypes } from "../state/permissions.ts";
import type { StoredEnvironment } from "../store.ts";
import { openToAll } from "../store.ts";
import { activityJson } from "./activities.ts";
import { environmentJson } from "./environments.ts";
import { activityReply } from "./operations.ts";

/** What goes on between an environment and its parent, and the first code of one that has none. */
export const branchingRoutes: readonly Route[] = [
  onEnvironment("POST", "/branch", "edit", branch),
  onEnvironment("POST", "/merge", "edit", merge),
  onEnvironment("POST", "/synchronize", "edit", synchronizeFromParent),
  onEnvironment("POST", "/initialize", "edit", initialize),
];

const wanted = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty()),
  title: v.string(),
  type: v.optional(v.picklist(storedEnvironmentTypes), "development"),
  clone_parent: v.optional(v.boolean(), true),
});

/** The new environment has the code of its parent, and is deployed once the activity is complete. */
function branch(context: InEnvironment): HttpReply {
  const { store, project, environment: parent, actor, call } = context;
  requireActive(context);
  const { name, title, type } = checkBody(wanted, call.body, projectFailure);
  if (project.environments.has(name)) {
    throw projectFailure(409, `The environment ${name} exists already.`);
  }
  const environment: StoredEnvironment = {
    id: name,
    title,
    machineName: machineName(name),
    type,
    parent: parent.id,
    status: "active",
    crons: "running",
    manualDeployments: false,
    httpAccess: openToAll,
    createdAt: store.now(),
    variables: new Map(),
    deployments: [],
    backups: [],
  };
  project.environments.set(name, environment);
  copyCode(context, parent.id, name);
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.branch",
    deed: `branched environment <environment>${name}</environment> from <environment>${parent.id}</environment>`,
  });
  takeEffect(project, environment, activity);
  return writeReply("Created", {
    entity: environmentJson({ ...context, environment }),
    activities: [activityJson(store, project, activity)],
  });
}

/** The parent has the code of the environment from then on. */
function merge(context: InEnvironment): HttpReply {
  const { store, project, environment, actor } = context;
  const parent = project.environments.get(environment.parent ?? "");
  if (parent === undefined) throw projectFailure(400, "The environment has no parent.");
  copyCode(context, environment.id, parent.id);
  const activity = startActivity(store, project, parent, actor, {
    type: "environment.merge",
    deed: `merged <environment>${environment.id}</environment> into <environment>${parent.id}</environment>`,
  });
  if (parent.status === "active") takeEffect(project, parent, activity);
  return activityReply(context, activity);
}

const kinds = v.strictObject({
  synchronize_code: v.optional(v.boolean(), false),
  synchronize_data: v.optional(v.boolean(), false),
  synchronize_resources: v.optional(v.boolean(), false),
  rebase: v.optional(v.boolean(), false),
});

/** The other way round. */
function synchronizeFromParent(context: InEnvironment): HttpReply {
  const asked = checkBody(kinds, context.call.body, projectFailure);
  return activityReply(context, synchronize(context, asked));
}

const repository = v.object({ profile: v.string(), repository: v.string() });

/** The sandbox reaches no other repository: the first code of an environment is a file that names the one wanted. */
function initialize(context: InEnvironment): HttpReply {
  const { store, project, environment, actor, call } = context;
  const { repository: url } = checkBody(repository, call.body, projectFailure);
  if (Object.keys(project.code.get(environment.id)?.files ?? {}).length > 0) {
    throw projectFailure(400, "The environment already contains code.");
  }
  project.code.set(environment.id, { files: { "README.md": `${url}\n` }, at: store.now() });
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.initialize",
    deed: `initialized environment <environment>${environment.id}</environment>`,
  });
  return activityReply(context, activity);
}

function copyCode({ project }: InEnvironment, from: string, to: string): void {
  const code = project.code.get(from);
  if (code !== undefined) project.code.set(to, code);
}
