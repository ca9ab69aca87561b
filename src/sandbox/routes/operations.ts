import * as v from "valibot";
import { deploy, deployedApps, startActivity } from "../activities.ts";
import { accepted, json, projectFailure, type Reply } from "../reply.ts";
import { checked } from "../request-body.ts";
import { type InEnvironment, onEnvironment, type Route } from "../route.ts";
import { activityJson } from "./activities.ts";

/** What can be set going on an environment: a redeployment, or a source operation of one of its apps. */
export const operationRoutes: readonly Route[] = [
  onEnvironment("POST", "/redeploy", "redeploy", redeploy),
  onEnvironment("GET", "/source-operations", "view", (context) =>
    json(200, sourceOperations(context)),
  ),
  onEnvironment("POST", "/source-operation", "source-operation", runSourceOperation),
];

function redeploy(context: InEnvironment): Reply {
  const { store, project, environment, actor } = context;
  requireActive(context);
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.redeploy",
    deed: `redeployed environment <environment>${environment.id}</environment>`,
  });
  deploy(project, environment, activity);
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

function runSourceOperation(context: InEnvironment): Reply {
  const { store, project, environment, actor, call } = context;
  requireActive(context);
  const { operation } = checked(sourceOperation, call.body, projectFailure);
  if (!sourceOperations(context).some((known) => known.operation === operation)) {
    throw projectFailure(400, `The source operation ${operation} is not defined.`);
  }
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.source-operation",
    deed: `ran source operation <em>${operation}</em>`,
    payload: { operation },
  });
  return accepted("OK", { activities: [activityJson(store, project, activity)] });
}

/** @throws Refusal with 400 on an environment with nothing deployed, or of a suspended project */
export function requireActive({ project, environment }: InEnvironment): void {
  if (environment.status !== "active" || project.suspended) {
    throw projectFailure(400, "The environment is not active.");
  }
}
