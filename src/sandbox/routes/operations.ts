import * as v from "valibot";
import { deployedApps } from "../events/activities.ts";
import { redeploy, runSourceOperation } from "../events/environment-work.ts";
import { accepted, json, projectFailure, type Reply } from "../server/reply.ts";
import { checked } from "../server/request-body.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import type { Activity } from "../store.ts";
import { activityJson } from "./activities.ts";

/** What can be set going on an environment: a redeployment, or a source operation of one of its apps. */
export const operationRoutes: readonly Route[] = [
  onEnvironment("POST", "/redeploy", "redeploy", (context) => started(context, redeploy(context))),
  onEnvironment("GET", "/source-operations", "view", (context) =>
    json(200, sourceOperations(context)),
  ),
  onEnvironment("POST", "/source-operation", "source-operation", (context) => {
    const { operation } = checked(sourceOperation, context.call.body, projectFailure);
    return started(context, runSourceOperation(context, operation));
  }),
];

/** What an operation answers: the activity that it started. */
export function started({ store, project }: InEnvironment, activity: Activity): Reply {
  return accepted("OK", { activities: [activityJson(store, project, activity)] });
}

function sourceOperations({ store, environment }: InEnvironment) {
  return deployedApps(environment, store.now()).flatMap((app) =>
    Object.entries(app.operations).map(([operation, command]) => ({
      app: app.name,
      operation,
      command,
    })),
  );
}

const sourceOperation = v.strictObject({
  operation: v.string(),
  variables: v.record(v.string(), v.record(v.string(), v.unknown())),
});
