import type { AppDefinition } from "../projects/app-definition.ts";
import { json, projectFailure, type Reply } from "../server/reply.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { roleOn } from "../state/permissions.ts";
import type { Variable } from "../store.ts";
import { environmentPath } from "./links.ts";
import { subscriptionJson } from "./projects.ts";

/** What runs on an environment, as opposed to what is configured. */
export const deploymentRoutes: readonly Route[] = [
  onEnvironment("GET", "/deployments", "view", (context) => json(200, [currentJson(context)])),
  onEnvironment("GET", "/deployments/:deployment", "view", (context): Reply => {
    if (context.call.param("deployment") !== "current") {
      throw projectFailure(404, "The deployment was not found.");
    }
    return json(200, currentJson(context));
  }),
];

function currentJson({ store, project, environment }: InEnvironment) {
  const current = environment.deployments.findLast(({ since }) => since <= store.now());
  if (current === undefined || environment.status === "inactive") {
    throw projectFailure(404, "The environment is not deployed.");
  }
  const isMain = environment.id === project.defaultBranch;
  return {
    id: "current",
    cluster_name: "sandbox",
    created_at: stamp(current.since),
    updated_at: stamp(current.since),
    deployment_target: "local",
    project_info: {
      name: project.id,
      title: project.title,
      namespace: "platformsh",
      organization: project.organization,
      capabilities: {},
      settings: {},
    },
    environment_info: {
      name: environment.id,
      reference: `refs/heads/${environment.id}`,
      machine_name: environment.machineName,
      environment_type: environment.type,
      is_production: environment.type === "production",
      is_main: isMain,
      status: environment.status,
      constraints: {},
      links: {},
    },
    access: [...project.grants].flatMap(([entity_id, grant]) => {
      const role = roleOn(grant.permissions, environment.type);
      return role === undefined ? [] : [{ entity_id, role }];
    }),
    variables: current.variables.map(deployedVariable),
    webapps: Object.fromEntries(current.apps.map((app) => [app.name, webapp(app)])),
    workers: {},
    services: {},
    routes: {},
    container_profiles: {},
    subscription: subscriptionJson(project),
    http_access: { is_enabled: true, addresses: [], basic_auth: {} },
    enable_smtp: isMain,
    restrict_robots: !isMain,
    vpn: null,
    _links: { self: { href: `${environmentPath(project, environment)}/deployments/current` } },
  };
}

function deployedVariable(variable: Variable) {
  return {
    name: variable.name,
    ...(variable.is_sensitive ? {} : { value: variable.value }),
    is_sensitive: variable.is_sensitive,
    is_json: variable.is_json,
    visible_build: variable.visible_build,
    visible_runtime: variable.visible_runtime,
  };
}

function webapp(app: AppDefinition) {
  const crons = Object.entries(app.crons).map(([name, { spec, start }]) => [
    name,
    { spec, commands: { start, stop: null }, shutdown_timeout: null, timeout: 86400, cmd: start },
  ]);
  const operations = Object.entries(app.operations).map(([name, command]) => [name, { command }]);
  return {
    name: app.name,
    type: app.type,
    size: "AUTO",
    disk: 512,
    access: { ssh: app.ssh ?? "contributor" },
    relationships: {},
    mounts: {},
    variables: {},
    timezone: app.timezone ?? null,
    crons: Object.fromEntries(crons),
    hooks: { build: app.build ?? null, deploy: app.deploy ?? null, post_deploy: null },
    source: { root: "/", operations: Object.fromEntries(operations) },
    operations: {},
    web: { locations: {}, move_to_root: false },
    additional_hosts: {},
    app_dir: "/app",
    build: { flavor: "none", caches: {} },
    config_id: "sandbox",
    container_profile: null,
    dependencies: {},
    endpoints: null,
    firewall: null,
    instance_count: 1,
    is_across_submodule: false,
    preflight: { enabled: true, ignored_rules: [] },
    resources: null,
    runtime: {},
    slug_id: "sandbox",
    stack: null,
    tree_id: "sandbox",
  };
}
