import * as v from "valibot";
import { startActivity } from "../events/activities.ts";
import { type HttpReply, jsonReply, projectFailure, writeReply } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InProject, onProject, type Route } from "../server/route.ts";
import { shortId, stamp } from "../state/identifiers.ts";
import type { Integration, StoredProject } from "../store.ts";
import { activityJson } from "./activities.ts";
import { projectPath } from "./links.ts";

/** What a project is connected with. The sandbox keeps it, and calls nobody. */
export const integrationRoutes: readonly Route[] = [
  onProject("GET", "/integrations", "edit", ({ project }) =>
    jsonReply(
      200,
      [...project.integrations.values()].map((one) => integrationJson(project, one)),
    ),
  ),
  onProject("POST", "/integrations", "edit", (context) => {
    const { store, call } = context;
    const { type, ...settings } = checkBody(wanted, call.body, projectFailure);
    const integration = { id: shortId(), type, settings, createdAt: store.now() };
    return saved(context, integration, "create", "added");
  }),
  onProject("GET", "/integrations/:integration", "edit", (context) =>
    jsonReply(200, integrationJson(context.project, required(context))),
  ),
  onProject("PATCH", "/integrations/:integration", "edit", (context) => {
    const { type: _type, ...changes } = checkBody(
      v.looseObject({}),
      context.call.body,
      projectFailure,
    );
    const before = required(context);
    const settings = { ...before.settings, ...changes };
    return saved(context, { ...before, settings }, "update", "updated");
  }),
  onProject("DELETE", "/integrations/:integration", "edit", (context) => {
    const { store, project, actor } = context;
    const { id, type } = required(context);
    project.integrations.delete(id);
    const activity = startActivity(store, project, undefined, actor, {
      type: "integration.delete",
      deed: `deleted the <em>${type}</em> integration`,
    });
    return writeReply("OK", { activities: [activityJson(store, project, activity)] });
  }),
  onProject("POST", "/integrations/:integration/validate", "edit", (context) => {
    required(context);
    return jsonReply(200, {});
  }),
  onProject("GET", "/integrations/:integration/activities", "edit", (context) => {
    required(context);
    return jsonReply(200, []);
  }),
];

const wanted = v.looseObject({ type: v.pipe(v.string(), v.nonEmpty()) });

function saved(
  { store, project, actor }: InProject,
  integration: Integration,
  verb: "create" | "update",
  did: string,
): HttpReply {
  project.integrations.set(integration.id, integration);
  const activity = startActivity(store, project, undefined, actor, {
    type: `integration.${verb}`,
    deed: `${did} the <em>${integration.type}</em> integration`,
  });
  return writeReply(verb === "create" ? "Created" : "OK", {
    entity: integrationJson(project, integration),
    activities: [activityJson(store, project, activity)],
  });
}

function required({ project, call }: InProject): Integration {
  const found = project.integrations.get(call.param("integration"));
  if (found === undefined) throw projectFailure(404, "The integration was not found.");
  return found;
}

/** Without what is secret in it. */
function integrationJson(project: StoredProject, { id, type, settings, createdAt }: Integration) {
  const href = `${projectPath(project)}/integrations/${id}`;
  const shown = Object.entries(settings).filter(
    ([name]) => !/token|key|secret|password/.test(name),
  );
  return {
    id,
    type,
    role: "",
    ...Object.fromEntries(shown),
    created_at: stamp(createdAt),
    updated_at: stamp(createdAt),
    _links: {
      self: { href },
      "#edit": { href },
      "#delete": { href },
      "#validate": { href: `${href}/validate` },
    },
  };
}
