import * as v from "valibot";
import { redeployEnvironment } from "../../platform/environments.ts";
import { changeKind, fact, nothingToDo } from "./kind.ts";
import { needConnection, onPlatform } from "./on-platform.ts";

/** A new deployment of an environment, with what is configured now. */
export interface Redeployment {
  readonly kind: "redeployment";
  readonly project: string;
  readonly environment: string;
}

/** A new deployment of an environment as it is. */
export const redeploymentKind = changeKind<Redeployment>()({
  ...onPlatform,
  kind: "redeployment",
  record: v.object({
    kind: v.literal("redeployment"),
    project: v.string(),
    environment: v.string(),
  }),
  toRecord: (change) => change,
  preview: ({ environment, project }) => ({
    title: `Redeploy ${environment} of project ${project}`,
    lines: [fact("the site may not answer for some seconds while its containers are replaced")],
  }),
  done: ({ environment, project }) => `Redeployed ${environment} of project ${project}`,
  title: ({ environment, project }) => `Redeployment of ${environment} of project ${project}`,
  apply: ({ project, environment }, connection) =>
    redeployEnvironment(needConnection(connection), project, environment),
  assess: () => nothingToDo("a deployment is not taken back; it changed nothing"),
});
