import { homesOf } from "../automation/homes.ts";
import type { Job } from "../automation/job.ts";
import { type Fact, known } from "../fact.ts";
import { Failure } from "../failure.ts";
import { projectAccess } from "../platform/access.ts";
import { environmentActivities } from "../platform/activities.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import type { Connection } from "../platform/connection.ts";
import { currentDeployment } from "../platform/deployments.ts";
import { type Environment, listedEnvironments } from "../platform/environments.ts";
import { sourceIntegrations } from "../platform/integrations.ts";
import { productSettings } from "../platform/project-settings.ts";
import { readProject } from "../platform/projects.ts";
import { currentUser, type User } from "../platform/users.ts";
import { environmentVariables, projectVariables } from "../platform/variables.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { latestRuns } from "./evidence/cron-work.ts";
import type { EnvironmentFacts, PlatformFacts } from "./rule.ts";
import { notAllowed, notNeeded } from "./unread.ts";

/** What the files under audit make worth reading. */
export interface NeededFacts {
  /** They are looked at on the environments where they belong, on `mostOthers` beside the main one. */
  readonly jobs: readonly Job[];
  /** Whether a job of CI pushes code, so that it matters where the project takes its code from. */
  readonly pushes: boolean;
}

/**
 * Reads all that the rules want to know of a project, but for what only the machine user's token shows. A part that the
 * account may not read, or whose reading fails, is unread, and takes nothing else along.
 * Throws a `Failure`: of the API where the project or its environments can't be read, "signedOut", "interrupted", and
 * "usage" when there is no such environment or none of the production type.
 *
 * @param environmentId the main environment; without it, the production environment
 * @param wanted what is read beside what is always read
 */
export async function readPlatform(
  connection: Connection,
  vendor: Vendor,
  projectId: string,
  environmentId: string | undefined,
  { jobs, pushes }: NeededFacts,
): Promise<Omit<PlatformFacts, "machineUser" | "operator">> {
  const [found, { environments: all, unnamed }] = await Promise.all([
    readProject(connection, projectId),
    listedEnvironments(connection, projectId),
  ]);
  const environment = chooseEnvironment(all, environmentId);
  const parts = openParts(connection, projectId, environment);
  const places = { project: projectId, all, main: environment };
  const homes = new Set(jobs.flatMap((job) => homesOf(job, places)));
  homes.delete(environment);
  const [settings, integrations, variables, ofProject, access, deployment, runs, others] =
    await Promise.all([
      factOf(productSettings(connection, projectId)),
      pushes ? factOf(sourceIntegrations(connection, projectId)) : notNeeded,
      parts.variables(),
      parts.projectVariables(),
      parts.access(),
      parts.deployment(),
      parts.runs(),
      Promise.all(
        [...homes].slice(0, mostOthers).map((home) => readOther(connection, projectId, home)),
      ),
    ]);
  return {
    project: found,
    settings,
    integrations,
    environment,
    environments: all,
    unnamed,
    variables,
    projectVariables: ofProject,
    access,
    deployment,
    runs,
    others,
    leftOut: [...homes].slice(mostOthers),
    vendor,
    readAt: new Date(),
  };
}

/** A guard by type may keep a job to any number of previews; of so many the faults repeat themselves. */
const mostOthers = 8;

async function readOther(
  connection: Connection,
  projectId: string,
  environment: Environment,
): Promise<EnvironmentFacts> {
  const parts = openParts(connection, projectId, environment);
  const [variables, deployment, runs] = await Promise.all([
    parts.variables(),
    parts.deployment(),
    parts.runs(),
  ]);
  return { environment, variables, deployment, runs };
}

/** The parts of a project that are read one by one. Each throws only what makes further reading pointless. */
export function openParts(connection: Connection, projectId: string, { id }: Environment) {
  const type = ["environment.cron", "environment.backup"];
  return {
    variables: () => factOf(environmentVariables(connection, projectId, id)),
    projectVariables: () => factOf(projectVariables(connection, projectId)),
    access: (o?: { readonly addresses: boolean }) =>
      factOf(projectAccess(connection, projectId, o)),
    deployment: () => factOf(currentDeployment(connection, projectId, id)),
    runs: () =>
      factOf(environmentActivities(connection, projectId, id, { count: latestRuns, type })),
  };
}

/** The account that is signed in. @returns unread where the API doesn't tell this account, too */
export function readOperator(connection: Connection): Promise<Fact<User>> {
  return factOf(currentUser(connection));
}

/** What a request came to: undefined counts as absent, and a request that was refused or failed as unread. */
async function factOf<T>(reading: Promise<T | undefined>): Promise<Fact<T>> {
  try {
    const value = await reading;
    return value === undefined ? { kind: "absent" } : known(value);
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.reason !== "api") throw error;
    if (error.status === 403) return notAllowed;
    const { what, why } = error.parts;
    return { kind: "unread", why: why === undefined ? what : `${what}: ${why}` };
  }
}

/** The environment of this id, or without one that of production; a `Failure` ("usage") when there is none. */
export function chooseEnvironment(all: readonly Environment[], environmentId: string | undefined) {
  const environment = all.find(({ id, type, isMain }) =>
    environmentId === undefined ? type === "production" || isMain : id === environmentId,
  );
  if (environment !== undefined) return environment;
  throw new Failure("usage", {
    what:
      environmentId === undefined
        ? noProduction(all)
        : `There is no environment ${environmentId} that this account sees`,
    where: "--environment",
    next: `choose among ${all.map(({ id }) => id).join(", ") || "none: ask for access"}`,
  });
}

function noProduction(all: readonly Environment[]): string {
  const untold = all.filter(({ type }) => type === undefined).map(({ id }) => id);
  if (untold.length === 0) return "This account sees no production environment";
  return `Which environment is production isn't known: the API names no known type for ${untold.join(", ")}`;
}
