import { homesOf } from "../automation/homes.ts";
import type { Job } from "../automation/job.ts";
import { type Fact, known } from "../fact.ts";
import { projectAccess } from "../platform/access.ts";
import { environmentActivities } from "../platform/activities.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import type { Connection } from "../platform/connection.ts";
import { currentDeployment } from "../platform/deployments.ts";
import { type Environment, listedEnvironments } from "../platform/environments.ts";
import { sourceIntegrations } from "../platform/integrations.ts";
import { productSettings } from "../platform/project-settings.ts";
import { type Project, type ProjectSummary, readProject } from "../platform/projects.ts";
import { currentUser, type User } from "../platform/users.ts";
import { environmentVariables, projectVariables } from "../platform/variables.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { latestRuns } from "./evidence/cron-work.ts";
import { findEnvironment, onlyThisPart, type ProjectGap, whyOf } from "./main-environment.ts";
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
 * Throws a `Failure`: of the API where neither the project nor its environments can be read, "signedOut",
 * "interrupted", and "usage" when there is no such environment or none of production.
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
  const [found, listed] = await Promise.all([
    readProject(connection, projectId).catch(onlyThisPart),
    listedEnvironments(connection, projectId).catch(onlyThisPart),
  ]);
  const defaultBranch = async () => {
    if (found instanceof ApiFailure) throw found;
    return found.defaultBranch;
  };
  const place = await findEnvironment(connection, projectId, environmentId, listed, defaultBranch);
  const { environment, environments: all, unnamed, gaps } = place;
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
    ...projectIn(found, projectId, environment, gaps),
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

/** The project as it was read; where it couldn't be, as far as its id and its environment tell. */
function projectIn(
  found: Project | ApiFailure,
  id: string,
  environment: Environment,
  gaps: readonly ProjectGap[],
): Pick<PlatformFacts, "project" | "gaps"> {
  if (!(found instanceof ApiFailure)) return { project: found, gaps };
  return {
    project: projectWith({ id }, environment),
    gaps: [{ of: "project", why: whyOf(found) }, ...gaps],
  };
}

/** A project that isn't read itself. The default branch is the one whose environment is the main one. */
export function projectWith(
  {
    id,
    title = id,
    region = "",
    organization,
  }: Pick<ProjectSummary, "id"> & Partial<ProjectSummary>,
  environment: Environment,
): PlatformFacts["project"] {
  return {
    id,
    title,
    region,
    organization: organization?.id,
    defaultBranch: environment.isMain ? environment.id : undefined,
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
export async function factOf<T>(reading: Promise<T | undefined>): Promise<Fact<T>> {
  try {
    const value = await reading;
    return value === undefined ? { kind: "absent" } : known(value);
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.reason !== "api") throw error;
    return error.status === 403 ? notAllowed : { kind: "unread", why: whyOf(error) };
  }
}
