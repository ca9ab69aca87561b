import * as v from "valibot";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import { machineName, shortId, stamp } from "../state/identifiers.ts";
import { holds } from "../state/project-access.ts";
import type { Organization, StoredProject } from "../store.ts";
import { openToAll } from "../store.ts";
import { onRegion, projectPath } from "./links.ts";
import { organizationFor } from "./organizations.ts";
import { pageOf } from "./page.ts";
import { subscriptionJson } from "./projects.ts";

/** What an organization pays for: a subscription a project, with the project's id. Nothing costs anything here. */
export const subscriptionRoutes: readonly Route[] = [
  signedInRoute("GET", "/organizations/:organization/subscriptions", list),
  signedInRoute("POST", "/organizations/:organization/subscriptions", create),
  signedInRoute("GET", "/organizations/:organization/subscriptions/can-create", (context) => {
    organizationFor(context, "projects:create");
    return jsonReply(200, { can_create: true, message: "", required_action: null });
  }),
  signedInRoute("GET", "/organizations/:organization/subscriptions/estimate", (context) => {
    organizationFor(context, "projects:create");
    const nothing = { plan: "0", user_licenses: "0", environments: "0", storage: "0" };
    return jsonReply(200, { ...nothing, total: "0", options: {} });
  }),
  signedInRoute("GET", "/organizations/:organization/setup/options", (context) => {
    organizationFor(context, "projects:create");
    return jsonReply(200, { defaults: { plan: "standard" }, plans, regions, initialize: {} });
  }),
  signedInRoute("GET", "/organizations/:organization/subscriptions/:subscription", (context) => {
    const { organization, project } = required(context);
    return jsonReply(200, subscription(organization, project));
  }),
  signedInRoute("DELETE", "/organizations/:organization/subscriptions/:subscription", (context) => {
    const { organization, project } = required(context);
    if (!holds(context.store, organization.id, context.actor.id, "plans")) {
      throw problem(403, "You can't change this organization's plans.");
    }
    context.store.projects.delete(project.id);
    return noContent;
  }),
  signedInRoute("GET", "/regions", ({ call }) => {
    const page = pageOf(regions.map(regionJson), call.path, call.query);
    return jsonReply(200, { regions: page.items, _links: page.links });
  }),
];

const plans = ["development", "standard", "medium", "large"];
const regions = ["eu-3.platform.sh", "us-2.platform.sh"];

function regionJson(id: string) {
  const zone = id.startsWith("eu") ? "Europe" : "America";
  return {
    id,
    label: id,
    zone,
    selection_label: id,
    project_label: id,
    timezone: "UTC",
    available: true,
    private: false,
    endpoint: `https://${id}/api`,
    datacenter: { name: "sandbox", label: "Sandbox", location: zone },
    environmental_impact: { carbon_intensity: "0", green: true },
  };
}

function list(context: SignedIn): HttpReply {
  const { store, call } = context;
  const organization = organizationFor(context, "projects:list");
  const rows = [...store.projects.values()]
    .filter((project) => project.organization === organization.id)
    .map((project) => subscription(organization, project));
  const page = pageOf(rows, call.path, call.query);
  return jsonReply(200, { items: page.items, _links: page.links });
}

const wanted = v.looseObject({
  project_region: v.picklist(regions),
  project_title: v.optional(v.string(), "Untitled Project"),
  default_branch: v.optional(v.string(), "main"),
});

/** The project is there at once, with one environment and no code. */
function create(context: SignedIn): HttpReply {
  const { store, call, actor } = context;
  const organization = organizationFor(context, "projects:create");
  const asked = checkBody(wanted, call.body, problem);
  const now = store.now();
  const branch = asked.default_branch;
  const project: StoredProject = {
    id: shortId(),
    title: asked.project_title,
    organization: organization.id,
    region: asked.project_region,
    defaultBranch: branch,
    timezone: "UTC",
    vendor: "upsun",
    suspended: false,
    createdAt: now,
    code: new Map(),
    grants: new Map([[actor.id, { permissions: ["admin"], grantedAt: now, updatedAt: now }]]),
    invitations: new Map(),
    variables: new Map(),
    domains: new Map(),
    integrations: new Map(),
    environments: new Map([
      [
        branch,
        {
          id: branch,
          title: branch,
          machineName: machineName(branch),
          type: "production",
          parent: undefined,
          status: "active",
          crons: "running",
          manualDeployments: false,
          httpAccess: openToAll,
          createdAt: now,
          variables: new Map(),
          deployments: [],
          backups: [],
        },
      ],
    ]),
    activities: [],
  };
  store.projects.set(project.id, project);
  return jsonReply(201, subscription(organization, project));
}

function required(context: SignedIn) {
  const organization = organizationFor(context);
  const project = context.store.projects.get(context.call.param("subscription"));
  if (project?.organization !== organization.id) {
    throw problem(404, "The subscription was not found.");
  }
  return { organization, project };
}

function subscription(organization: Organization, project: StoredProject) {
  const href = `/organizations/${organization.id}/subscriptions/${project.id}`;
  const { plan, environments, storage, user_licenses } = subscriptionJson(project);
  return {
    id: project.id,
    status: project.suspended ? "suspended" : "active",
    owner: organization.owner,
    organization_id: organization.id,
    vendor: project.vendor,
    plan,
    environments,
    storage,
    user_licenses,
    project_id: project.id,
    project_title: project.title,
    project_region: project.region,
    project_endpoint: onRegion(project, projectPath(project)),
    project_ui: "",
    project_options: {},
    created_at: stamp(project.createdAt),
    updated_at: stamp(project.createdAt),
    _links: {
      self: { href },
      "#delete": { href, method: "DELETE" },
      project: { href: onRegion(project, projectPath(project)) },
    },
  };
}
