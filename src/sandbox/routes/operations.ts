import * as v from "valibot";
import { deployStaged, runningApps } from "../events/activities.ts";
import {
  redeployNow,
  requireActive,
  runEnvironmentTask,
  runOperation,
  runSourceOperation,
} from "../events/environment-work.ts";
import { type TaskDefinition, tasksIn } from "../projects/site.ts";
import { type HttpReply, jsonReply, projectFailure, writeReply } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import type { StoredActivity } from "../store.ts";
import { activityJson } from "./activities.ts";

/** What can be set going on an environment: a redeployment, or a source operation of one of its apps. */
export const operationRoutes: readonly Route[] = [
  onEnvironment("POST", "/redeploy", "redeploy", (context) =>
    activityReply(context, redeployNow(context)),
  ),
  onEnvironment("GET", "/source-operations", "view", (context) =>
    jsonReply(200, sourceOperations(context)),
  ),
  onEnvironment("POST", "/deploy", "redeploy", (context) => {
    checkBody(
      v.object({ strategy: v.exactOptional(v.string()) }),
      context.call.body,
      projectFailure,
    );
    requireActive(context);
    const { store, project, environment, actor } = context;
    return activityReply(context, deployStaged(store, project, environment, actor));
  }),
  onEnvironment("POST", "/deployments/:deployment/operations", "redeploy", (context) => {
    const schema = v.object({ operation: v.string(), service: v.string() });
    const { operation, service } = checkBody(schema, context.call.body, projectFailure);
    return activityReply(context, runOperation(context, service, operation));
  }),
  onEnvironment("GET", "/tasks", "view", (context) =>
    jsonReply(200, Object.fromEntries(tasks(context).map((task) => [task.name, taskJson(task)]))),
  ),
  onEnvironment("POST", "/tasks/:task/run", "redeploy", (context) => {
    const name = context.call.param("task");
    if (!tasks(context).some((task) => task.name === name)) {
      throw projectFailure(404, "The task was not found.");
    }
    const { status, ...reply } = activityReply(context, runEnvironmentTask(context, name));
    return { ...reply, status: status === 200 ? 202 : status };
  }),
  onEnvironment("POST", "/source-operation", "source-operation", (context) => {
    const { operation } = checkBody(sourceOperation, context.call.body, projectFailure);
    return activityReply(context, runSourceOperation(context, operation));
  }),
];

/** What an operation answers: the activity that it started. */
export function activityReply(
  { store, project }: InEnvironment,
  activity: StoredActivity,
): HttpReply {
  return writeReply("OK", { activities: [activityJson(store, project, activity)] });
}

function sourceOperations({ store, environment }: InEnvironment) {
  return runningApps(environment, store.now()).flatMap((app) =>
    Object.entries(app.operations).map(([operation, command]) => ({
      app: app.name,
      operation,
      command,
    })),
  );
}

function tasks({ project, environment }: InEnvironment): readonly TaskDefinition[] {
  return tasksIn(project.code.get(environment.id)?.files ?? {});
}

function taskJson({ name, type, command, timeout }: TaskDefinition) {
  return { name, type, run: { command, timeout } };
}

const sourceOperation = v.strictObject({
  operation: v.string(),
  variables: v.record(v.string(), v.record(v.string(), v.unknown())),
});
