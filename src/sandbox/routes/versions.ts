import * as v from "valibot";
import { commitId } from "../git-objects.ts";
import { type HttpReply, jsonReply, noContent, projectFailure } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import { shortId } from "../state/identifiers.ts";
import { environmentPath } from "./links.ts";

/** The versions of an environment: one, and a second one during a blue/green deployment. */
export const versionRoutes: readonly Route[] = [
  onEnvironment("GET", "/versions", "view", (context) => jsonReply(200, versions(context))),
  onEnvironment("POST", "/versions", "edit", (context) => {
    if (context.environment.green !== undefined) {
      throw projectFailure(409, "There are two versions already.");
    }
    context.environment.green = { id: shortId(), percentage: 0 };
    return jsonReply(201, versions(context)[0]);
  }),
  onEnvironment("PATCH", "/versions/:version", "edit", change),
  onEnvironment("DELETE", "/versions/:version", "edit", (context) => {
    const { environment, call } = context;
    if (environment.green === undefined || call.param("version") !== first(context)) {
      throw projectFailure(404, "There is no such locked version.");
    }
    delete environment.green;
    return noContent;
  }),
];

const schema = v.object({
  routing: v.object({
    percentage: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  }),
});

function change(context: InEnvironment): HttpReply {
  const { environment, call } = context;
  if (environment.green?.id !== call.param("version")) {
    throw projectFailure(404, "The version was not found.");
  }
  const { percentage } = checkBody(schema, call.body, projectFailure).routing;
  environment.green = { id: environment.green.id, percentage };
  return jsonReply(200, versions(context)[0]);
}

/** The newer one first; the older one is locked while there are two. */
function versions(context: InEnvironment) {
  const { project, environment } = context;
  const { green } = environment;
  const snapshot = project.code.get(environment.id);
  const commit = snapshot === undefined ? null : commitId(snapshot);
  const shown = (id: string, locked: boolean, percentage: number) => ({
    id,
    commit,
    locked,
    routing: { percentage },
    _links: { self: { href: `${environmentPath(project, environment)}/versions/${id}` } },
  });
  const older = shown(first(context), green !== undefined, 100 - (green?.percentage ?? 0));
  return green === undefined ? [older] : [shown(green.id, false, green.percentage), older];
}

function first({ environment }: InEnvironment): string {
  return `${environment.machineName}-1`;
}
