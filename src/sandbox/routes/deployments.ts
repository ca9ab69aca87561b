import type { AppDefinition } from "../projects/app-definition.ts";
import { routesIn, servicesIn, siteHost, type TaskDefinition, tasksIn } from "../projects/site.ts";
import { type HttpReply, jsonReply, projectFailure } from "../server/reply.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { roleOn } from "../state/permissions.ts";
import type { StoredVariable } from "../store.ts";
import { environmentPath } from "./links.ts";
import { subscriptionJson } from "./projects.ts";

/** What runs on an environment, as opposed to what is configured. */
export const deploymentRoutes: readonly Route[] = [
  onEnvironment("GET", "/deployments", "view", (context) => jsonReply(200, [currentJson(context)])),
  onEnvironment("GET", "/deployments/:deployment", "view", (context): HttpReply => {
    if (context.call.param("deployment") !== "current") {
      throw projectFailure(404, "The deployment was not found.");
    }
    return jsonReply(200, currentJson(context));
  }),
];

function currentJson({ store, project, environment }: InEnvironment) {
  const current = environment.deployments.findLast(({ since }) => since <= store.now());
  if (current === undefined || environment.status === "inactive") {
    throw projectFailure(404, "The environment is not deployed.");
  }
  const isMain = environment.id === project.defaultBranch;
  const files = project.code.get(environment.id)?.files ?? {};
  const tasks = tasksIn(files);
  const href = `${environmentPath(project, environment)}/deployments/current`;
  return {
    id: "current",
    cluster_name: "sandbox",
    created_at: stamp(current.since),
    // As the API has it in a deployment that was never touched again.
    updated_at: null,
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
    workers: Object.fromEntries(current.apps.flatMap(workers)),
    services: Object.fromEntries(servicesIn(files).map(serviceJson)),
    routes: Object.fromEntries(
      routesIn(files, current.apps[0]?.name).map((route) =>
        routeJson(route, siteHost(project, environment)),
      ),
    ),
    ...(tasks.length === 0 ? {} : { tasks: Object.fromEntries(tasks.map(taskEntry)) }),
    container_profiles: {},
    subscription: subscriptionJson(project),
    http_access: environment.httpAccess,
    enable_smtp: isMain,
    restrict_robots: !isMain,
    vpn: null,
    _links: { self: { href }, "#operations": { href: `${href}/operations` } },
  };
}

function deployedVariable(variable: StoredVariable) {
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
  const runtimeOperations = Object.entries(app.runtimeOperations ?? {}).map(([name, start]) => [
    name,
    { commands: { start, stop: null }, timeout: null, role: "admin" },
  ]);
  return {
    ...container(app),
    name: app.name,
    crons: Object.fromEntries(crons),
    hooks: { build: app.build ?? null, deploy: app.deploy ?? null, post_deploy: null },
    source: { root: "/", operations: Object.fromEntries(operations) },
    operations: Object.fromEntries(runtimeOperations),
    web: { locations: {}, move_to_root: false },
    build: { flavor: "none", caches: {} },
    config_id: "sandbox",
    dependencies: {},
    is_across_submodule: false,
  };
}

/** What an application and its workers have in common. */
function container(app: AppDefinition) {
  return {
    type: app.type,
    size: "AUTO",
    disk: 512,
    access: { ssh: app.ssh ?? "contributor" },
    relationships: {},
    mounts: {},
    variables: {},
    timezone: app.timezone ?? null,
    operations: {},
    ...(app.authorizations === undefined
      ? {}
      : { authorizations: app.authorizations.map((one) => ({ resource: null, ...one })) }),
    additional_hosts: {},
    app_dir: "/app",
    container_profile: null,
    endpoints: null,
    firewall: null,
    instance_count: 1,
    preflight: { enabled: true, ignored_rules: [] },
    resources: null,
    runtime: {},
    slug_id: "sandbox",
    stack: null,
    tree_id: "sandbox",
  };
}

function workers(app: AppDefinition) {
  return Object.entries(app.workers ?? {}).map(([worker, start]) => {
    const name = `${app.name}--${worker}`;
    const commands = { pre_start: null, start, post_start: null };
    return [
      name,
      { ...container(app), name, app: app.name, worker: { commands, disk: null } },
    ] as const;
  });
}

function taskEntry({ name, type, command, timeout }: TaskDefinition) {
  return [name, { name, type, run: { command, timeout } }] as const;
}

function serviceJson([name, { type, disk }]: ReturnType<typeof servicesIn>[number]) {
  return [
    name,
    {
      type,
      size: "AUTO",
      disk,
      access: {},
      configuration: {},
      relationships: {},
      firewall: null,
      resources: null,
      container_profile: null,
      endpoints: null,
      instance_count: 1,
    },
  ] as const;
}

/** By its address on this environment, with the one of the files beside. */
function routeJson({ url, type, target }: ReturnType<typeof routesIn>[number], host: string) {
  const shared = {
    type,
    id: null,
    primary: type === "upstream",
    production_url: null,
    attributes: {},
    original_url: url,
    tls: {
      strict_transport_security: { enabled: null, include_subdomains: null, preload: null },
      min_version: null,
      client_authentication: null,
      client_certificate_authorities: [],
    },
    redirects: { expires: "-1s", paths: {} },
  };
  const upstream = {
    cache: { enabled: true, default_ttl: 0, cookies: ["*"], headers: ["Accept"] },
    ssi: { enabled: false },
    sticky: { enabled: false },
    upstream: target,
  };
  const address = url.replaceAll(/\{(?:default|all)\}/g, host);
  return [address, { ...shared, ...(type === "upstream" ? upstream : { to: target }) }] as const;
}
