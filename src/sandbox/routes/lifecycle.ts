import { startActivity, takeEffect } from "../events/activities.ts";
import { type HttpReply, projectFailure, writeReply } from "../server/reply.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import type { StoredEnvironment } from "../store.ts";
import { activityJson } from "./activities.ts";
import { activityReply } from "./operations.ts";

/** What becomes of an environment: deployed or not, stopped for a while, deleted. */
export const lifecycleRoutes: readonly Route[] = [
  onEnvironment("POST", "/activate", "edit", (context) => {
    requireStatus(context, "inactive");
    context.environment.status = "active";
    const activity = startedActivity(context, "activate", "activated");
    takeEffect(context.project, context.environment, activity);
    return activityReply(context, activity);
  }),
  onEnvironment("POST", "/deactivate", "edit", (context) => {
    requireStatus(context, "active");
    requireNotMain(context);
    context.environment.status = "inactive";
    context.environment.deployments.length = 0;
    return activityReply(context, startedActivity(context, "deactivate", "deactivated"));
  }),
  onEnvironment("POST", "/pause", "edit", (context) => {
    requireStatus(context, "active");
    requireNotMain(context);
    context.environment.status = "paused";
    return activityReply(context, startedActivity(context, "pause", "paused"));
  }),
  onEnvironment("POST", "/resume", "edit", (context) => {
    requireStatus(context, "paused");
    context.environment.status = "active";
    return activityReply(context, startedActivity(context, "resume", "resumed"));
  }),
  onEnvironment("DELETE", "", "edit", remove),
];

/** Only what isn't deployed any more; its children become those of its parent. */
function remove(context: InEnvironment): HttpReply {
  const { store, project, environment, actor } = context;
  requireStatus(context, "inactive");
  requireNotMain(context);
  project.environments.delete(environment.id);
  project.code.delete(environment.id);
  for (const child of project.environments.values()) {
    if (child.parent === environment.id) child.parent = environment.parent;
  }
  const activity = startActivity(store, project, undefined, actor, {
    type: "environment.delete",
    deed: `deleted environment <environment>${environment.id}</environment>`,
  });
  return writeReply("OK", { activities: [activityJson(store, project, activity)] });
}

function startedActivity(
  { store, project, environment, actor }: InEnvironment,
  verb: string,
  did: string,
) {
  return startActivity(store, project, environment, actor, {
    type: `environment.${verb}`,
    deed: `${did} environment <environment>${environment.id}</environment>`,
  });
}

function requireStatus({ environment }: InEnvironment, wanted: StoredEnvironment["status"]): void {
  if (environment.status === wanted) return;
  throw projectFailure(400, `The environment is ${environment.status}, not ${wanted}.`);
}

function requireNotMain({ project, environment }: InEnvironment): void {
  if (environment.id !== project.defaultBranch) return;
  throw projectFailure(400, "The environment of the default branch has to stay.");
}
