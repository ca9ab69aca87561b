import { deployedApps } from "./activities.ts";
import {
  type EnvironmentAction,
  mayOnEnvironment,
  mayOnProject,
  type Permission,
} from "./permissions.ts";
import type { Environment, Project } from "./store.ts";

interface Link {
  readonly href: string;
}
export type Links = Readonly<Record<string, Link | readonly Link[]>>;

/** The address of a project in the API: an absolute path with the `/api` prefix. */
export function projectPath(project: Project): string {
  return `/api/projects/${project.id}`;
}

export function environmentPath(project: Project, environment: Environment): string {
  return `${projectPath(project)}/environments/${encodeURIComponent(environment.id)}`;
}

/** The same address on the region's host, which is where the API says that a resource lives. */
export function onRegion(project: Project, path: string): string {
  return `https://${project.region}${path}`;
}

/** The links of a project. Those with a `#` are there when the operation is allowed. */
export function projectLinks(project: Project, held: readonly Permission[]): Links {
  const path = projectPath(project);
  return {
    self: { href: onRegion(project, path) },
    environments: { href: `${path}/environments` },
    activities: { href: `${path}/activities` },
    variables: { href: `${path}/variables` },
    ...(mayOnProject(held, "edit") ? { "#edit": { href: path } } : {}),
    ...(mayOnProject(held, "manage-variables")
      ? { "#manage-variables": { href: `${path}/variables` } }
      : {}),
  };
}

/** Where each operation on an environment is called, and whether it takes a deployed environment. */
const environmentOperations: readonly {
  readonly link: string;
  readonly action: EnvironmentAction;
  readonly below: string;
  readonly deployed: boolean;
}[] = [
  { link: "#edit", action: "edit", below: "", deployed: false },
  { link: "#variables", action: "list-variables", below: "/variables", deployed: false },
  { link: "#manage-variables", action: "manage-variables", below: "/variables", deployed: false },
  { link: "#activities", action: "view", below: "/activities", deployed: false },
  { link: "#backup", action: "backup", below: "/backup", deployed: true },
  { link: "#redeploy", action: "redeploy", below: "/redeploy", deployed: true },
  { link: "#source-operations", action: "view", below: "/source-operations", deployed: false },
  {
    link: "#source-operation",
    action: "source-operation",
    below: "/source-operation",
    deployed: true,
  },
];

/** The links of an environment. An operation that isn't allowed, or not possible now, has none. */
export function environmentLinks(
  project: Project,
  environment: Environment,
  held: readonly Permission[],
  now: number,
): Links {
  const path = environmentPath(project, environment);
  const active = environment.status === "active" && !project.suspended;
  const sourceOperations = deployedApps(environment, now).some(
    (app) => Object.keys(app.operations).length > 0,
  );
  const operations = environmentOperations
    .filter(({ action }) => mayOnEnvironment(held, environment.type, action))
    .filter(({ deployed }) => active || !deployed)
    .filter(({ link }) => sourceOperations || link !== "#source-operation")
    .map(({ link, below }) => [link, { href: `${path}${below}` }] as const);
  const site = `https://${environment.machineName}-${project.id}.${siteDomain(project)}/`;
  return {
    self: { href: onRegion(project, path) },
    backups: { href: `${path}/backups` },
    ...(active ? { "public-url": { href: site }, "pf:routes": [{ href: site }] } : {}),
    ...Object.fromEntries(operations),
  };
}

function siteDomain(project: Project): string {
  return project.region.replace(/platform\.sh$/, "platformsh.site");
}
