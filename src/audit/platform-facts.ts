import { Failure } from "../failure.ts";
import { projectAccess } from "../platform/access.ts";
import { environmentActivities } from "../platform/activities.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import type { Connection } from "../platform/connection.ts";
import { currentDeployment } from "../platform/deployments.ts";
import { type Environment, environments } from "../platform/environments.ts";
import { project } from "../platform/projects.ts";
import { environmentVariables, projectVariables } from "../platform/variables.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { latestRuns } from "./cron-work.ts";
import type { HiddenPart, PlatformFacts } from "./rule.ts";

/**
 * Reads all that the rules want to know of a project. What the account may not read is left out, and listed in `hidden`.
 * Throws a `Failure`: of the API, and "usage" when there is no such environment or none of the production type.
 *
 * @param environmentId without it, the production environment
 */
export async function readPlatform(
  connection: Connection,
  vendor: Vendor,
  projectId: string,
  environmentId: string | undefined,
): Promise<PlatformFacts> {
  const [found, all] = await Promise.all([
    project(connection, projectId),
    environments(connection, projectId),
  ]);
  const environment = chosen(all, environmentId);
  const parts = openParts(connection, projectId, environment);
  const [variables, ofProject, access, deployment, runs] = await Promise.all([
    parts.variables(),
    parts.projectVariables(),
    parts.access(),
    parts.deployment(),
    parts.runs(),
  ]);
  return {
    project: found,
    environment,
    environments: all,
    variables: variables ?? [],
    projectVariables: ofProject ?? [],
    vendor,
    ...given({ access, deployment, runs }),
    readAt: new Date(),
    hidden: parts.hidden,
  };
}

/** The parts of a project that are read one by one; each gives undefined where the account may not read it. */
export function openParts(connection: Connection, projectId: string, { id }: Environment) {
  const hidden: HiddenPart[] = [];
  const visible = async <T>(part: HiddenPart, reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.status !== 403) throw error;
      hidden.push(part);
      return undefined;
    }
  };
  const type = ["environment.cron", "environment.backup"];
  return {
    hidden: hidden as readonly HiddenPart[],
    variables: () => visible("variables", environmentVariables(connection, projectId, id)),
    projectVariables: () => visible("projectVariables", projectVariables(connection, projectId)),
    access: (o?: { readonly addresses: boolean }) =>
      visible("access", projectAccess(connection, projectId, o)),
    deployment: () => visible("deployment", currentDeployment(connection, projectId, id)),
    runs: () =>
      visible(
        "runs",
        environmentActivities(connection, projectId, id, { count: latestRuns, type }),
      ),
  };
}

/** The environment of this id, or without one that of production; a `Failure` ("usage") when there is none. */
export function chosen(all: readonly Environment[], environmentId: string | undefined) {
  const environment = all.find(({ id, type, isMain }) =>
    environmentId === undefined ? type === "production" || isMain : id === environmentId,
  );
  if (environment !== undefined) return environment;
  throw new Failure("usage", {
    what:
      environmentId === undefined
        ? "This account sees no production environment"
        : `There is no environment ${environmentId} that this account sees`,
    where: "--environment",
    next: `choose among ${all.map(({ id }) => id).join(", ") || "none: ask for access"}`,
  });
}

/** Without the properties that are undefined. */
export function given<T extends Record<string, unknown>>(
  parts: T,
): { [K in keyof T]?: Exclude<T[K], undefined> };
export function given(parts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
