import * as v from "valibot";
import { type HttpReply, jsonReply, projectFailure, writeReply } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InProject, onProject, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { storedEnvironmentTypes } from "../state/permissions.ts";
import { userLicenses } from "../state/project-access.ts";
import type { StoredProject } from "../store.ts";
import { isOfUpsun, onRegion, projectLinks, projectPath } from "./links.ts";

/** A project, and what it says about itself. */
export const projectRoutes: readonly Route[] = [
  onProject("GET", "", "view", (context) => jsonReply(200, projectJson(context))),
  onProject("PATCH", "", "edit", update),
  onProject("DELETE", "", "edit", ({ store, project }) => {
    store.projects.delete(project.id);
    return writeReply("OK", { activities: [] });
  }),
  onProject("GET", "/environment-types", "view", environmentTypeList),
  onProject("GET", "/environment-types/:type", "view", environmentType),
  onProject("GET", "/capabilities", "view", () => jsonReply(200, capabilities)),
  onProject("GET", "/settings", "view", ({ project }) => {
    const href = `${projectPath(project)}/settings`;
    return jsonReply(200, { ...settingsOf(project), _links: { self: { href } } });
  }),
  onProject("POST", "/clear_build_cache", "edit", () => writeReply("OK", { activities: [] })),
  onProject("GET", "/system", "view", () => jsonReply(200, { version: projectApiVersion })),
];

/** From 12 on, environment variables take `visible_build`. */
const projectApiVersion = "15.0.0";

const capabilities = {
  custom_domains: { enabled: true, environments_with_domains_limit: 10 },
  source_operations: { enabled: true },
  runtime_operations: { enabled: false },
  outbound_firewall: { enabled: false },
  metrics: { max_range: "24h" },
  logs_forwarding: { max_extra_payload_size: 0 },
  images: {},
  autoscaling: { enabled: false },
  integrations: { enabled: false },
  guaranteed_resources: { enabled: false, instance_limit: 1 },
  instance_limit: 1,
  build_resources: { enabled: false, max_cpu: 1, max_memory: 1024 },
  data_retention: { enabled: false },
};

/** The settings that clients look at; the API has many more. */
const settings = {
  product_name: "Platform.sh",
  product_code: "platformsh",
  variables_prefix: "PLATFORM_",
  application_config_file: ".platform.app.yaml",
  project_config_dir: ".platform",
  cron_minimum_interval: 5,
  cron_maximum_jitter: 20,
  has_sleepy_crons: false,
  enforce_mfa: false,
  centralized_permissions: true,
  certificate_renewal_activity: true,
  environment_name_strategy: "name-and-hash",
};

/** The product by the files that are on the project's branches. */
function settingsOf(project: StoredProject) {
  return isOfUpsun(project)
    ? {
        ...settings,
        product_name: "Upsun",
        product_code: "upsun",
        application_config_file: ".upsun/config.yaml",
        project_config_dir: ".upsun",
      }
    : settings;
}

function projectJson({ store, project, held }: InProject) {
  const owner = store.organizations.get(project.organization)?.owner ?? null;
  return {
    id: project.id,
    created_at: stamp(project.createdAt),
    updated_at: stamp(project.createdAt),
    attributes: {},
    title: project.title,
    description: "",
    owner,
    namespace: "platformsh",
    organization: project.organization,
    default_branch: project.defaultBranch,
    status: { code: "provisioned", message: "ok" },
    timezone: project.timezone,
    region: project.region,
    repository: {
      url: `${project.id}@git.${project.region}:${project.id}.git`,
      client_ssh_key: null,
    },
    default_domain: null,
    subscription: subscriptionJson(project),
    vendor: project.vendor,
    _links: projectLinks(project, held),
  };
}

/** The plan, which the API shows with the project and with what is deployed. */
export function subscriptionJson(project: StoredProject) {
  const license = `${onRegion(project, "")}/licenses/${project.id}`;
  return {
    license_uri: license,
    plan: "standard",
    environments: 10,
    storage: 5120,
    included_users: 1,
    user_licenses: userLicenses,
    subscription_management_uri: license,
    restricted: false,
    suspended: project.suspended,
  };
}

const patch = v.strictObject({
  title: v.exactOptional(v.string()),
  timezone: v.exactOptional(v.string()),
  default_branch: v.exactOptional(v.string()),
});

function update(context: InProject): HttpReply {
  const { project } = context;
  const changes = checkBody(patch, context.call.body, projectFailure);
  project.title = changes.title ?? project.title;
  project.timezone = changes.timezone ?? project.timezone;
  project.defaultBranch = changes.default_branch ?? project.defaultBranch;
  return writeReply("OK", { entity: projectJson(context), activities: [] });
}

function environmentTypeList(context: InProject): HttpReply {
  return jsonReply(
    200,
    storedEnvironmentTypes.map((type) => environmentTypeJson(context, type)),
  );
}

function environmentType(context: InProject): HttpReply {
  const type = storedEnvironmentTypes.find((known) => known === context.call.param("type"));
  if (type === undefined) throw projectFailure(404, "There is no such environment type.");
  return jsonReply(200, environmentTypeJson(context, type));
}

function environmentTypeJson({ project }: InProject, type: string) {
  const href = `${projectPath(project)}/environment-types/${type}`;
  return { id: type, attributes: {}, _links: { self: { href } } };
}
