import { runningApps } from "../events/activities.ts";
import { siteHost } from "../projects/site.ts";
import {
  type EnvironmentAction,
  mayOnEnvironment,
  mayOnProject,
  type StoredPermission,
} from "../state/permissions.ts";
import type { StoredEnvironment, StoredProject } from "../store.ts";

interface Link {
  readonly href: string;
}
/** The links of a resource in an answer. */
export type ReplyLinks = Readonly<Record<string, Link | readonly Link[]>>;

/** The address of a project in the API: an absolute path with the `/api` prefix. */
export function projectPath(project: StoredProject): string {
  return `/api/projects/${project.id}`;
}

/** The address of an environment in the API, in the same form. */
export function environmentPath(project: StoredProject, environment: StoredEnvironment): string {
  return `${projectPath(project)}/environments/${encodeURIComponent(environment.id)}`;
}

/** The same address on the region's host, which is where the API says that a resource lives. */
export function onRegion(project: StoredProject, path: string): string {
  return `https://${project.region}${path}`;
}

/** The links of a project. Those with a `#` are there when the operation is allowed. */
export function projectLinks(
  project: StoredProject,
  held: readonly StoredPermission[],
): ReplyLinks {
  const path = projectPath(project);
  return {
    self: { href: onRegion(project, path) },
    environments: { href: `${path}/environments` },
    activities: { href: `${path}/activities` },
    variables: { href: `${path}/variables` },
    domains: { href: `${path}/domains` },
    certificates: { href: `${path}/certificates` },
    integrations: { href: `${path}/integrations` },
    ...(mayOnProject(held, "edit") ? { "#edit": { href: path }, "#delete": { href: path } } : {}),
    ...(mayOnProject(held, "edit")
      ? { "#clear-build-cache": { href: `${path}/clear_build_cache` } }
      : {}),
    ...(mayOnProject(held, "manage-variables")
      ? { "#manage-variables": { href: `${path}/variables` } }
      : {}),
  };
}

/** Where each operation on an environment is called, and when it is possible. */
const environmentOperations: readonly {
  readonly link: string;
  readonly action: EnvironmentAction;
  readonly below: string;
  /** In which state it has to be; in any when left out. */
  readonly when?: StoredEnvironment["status"];
  /** Whether the default branch is left out. */
  readonly notMain?: true;
}[] = [
  { link: "#edit", action: "edit", below: "" },
  { link: "#variables", action: "list-variables", below: "/variables" },
  { link: "#manage-variables", action: "manage-variables", below: "/variables" },
  { link: "#activities", action: "view", below: "/activities" },
  { link: "#domains", action: "view", below: "/domains" },
  { link: "#versions", action: "view", below: "/versions" },
  { link: "#branch", action: "edit", below: "/branch", when: "active" },
  { link: "#merge", action: "edit", below: "/merge", notMain: true },
  { link: "#synchronize", action: "edit", below: "/synchronize", when: "active", notMain: true },
  { link: "#deploy", action: "redeploy", below: "/deploy", when: "active" },
  { link: "#initialize", action: "edit", below: "/initialize", when: "active" },
  { link: "#backup", action: "backup", below: "/backup", when: "active" },
  { link: "#redeploy", action: "redeploy", below: "/redeploy", when: "active" },
  { link: "#source-operations", action: "view", below: "/source-operations" },
  {
    link: "#source-operation",
    action: "source-operation",
    below: "/source-operation",
    when: "active",
  },
  { link: "#activate", action: "edit", below: "/activate", when: "inactive" },
  { link: "#deactivate", action: "edit", below: "/deactivate", when: "active", notMain: true },
  { link: "#pause", action: "edit", below: "/pause", when: "active", notMain: true },
  { link: "#resume", action: "edit", below: "/resume", when: "paused" },
  { link: "#delete", action: "edit", below: "", when: "inactive", notMain: true },
];

/** The links of an environment. An operation that isn't allowed, or not possible now, has none. */
export function environmentLinks(
  project: StoredProject,
  environment: StoredEnvironment,
  held: readonly StoredPermission[],
  now: number,
): ReplyLinks {
  const path = environmentPath(project, environment);
  const active = environment.status === "active" && !project.suspended;
  const sourceOperations = runningApps(environment, now).some(
    (app) => Object.keys(app.operations).length > 0,
  );
  const operations = environmentOperations
    .filter(({ action }) => mayOnEnvironment(held, environment.type, action))
    .filter(({ when }) => when === undefined || (when === environment.status && !project.suspended))
    .filter(({ notMain }) => !notMain || environment.id !== project.defaultBranch)
    .filter(({ link }) => sourceOperations || link !== "#source-operation")
    .filter(({ link }) => link !== "#initialize" || !hasCode(project, environment))
    .map(({ link, below }) => [link, { href: `${path}${below}` }] as const);
  const site = `https://${siteHost(project, environment)}/`;
  return {
    self: { href: onRegion(project, path) },
    backups: { href: `${path}/backups` },
    ...(active ? { "public-url": { href: site }, "pf:routes": [{ href: site }] } : {}),
    ...Object.fromEntries(operations),
  };
}

/** Whether a project is one of Upsun, by the files that are on its branches. */
export function isOfUpsun({ code }: Pick<StoredProject, "code">): boolean {
  return [...code.values()].some(({ files }) =>
    Object.keys(files).some((path) => path.startsWith(".upsun/")),
  );
}

/** Whether anything was pushed to an environment. */
export function hasCode(project: StoredProject, environment: StoredEnvironment): boolean {
  return Object.keys(project.code.get(environment.id)?.files ?? {}).length > 0;
}
