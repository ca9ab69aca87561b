import { Failure } from "../failure.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import type { Connection } from "../platform/connection.ts";
import {
  type Environment,
  environmentByName,
  type ListedEnvironments,
} from "../platform/environments.ts";

/** Something that the API was asked about the project as a whole, and didn't tell. */
export interface ProjectGap {
  readonly of: "project" | "environments" | "environment";
  readonly why: string;
}

/** The environment that the automation is for, and what else there is. */
export interface FoundEnvironment {
  readonly environment: Environment;
  /** All that the account sees and that have a name, this one among them. */
  readonly environments: readonly Environment[];
  /** How many more the answer has without a name. */
  readonly unnamed: number;
  readonly gaps: readonly ProjectGap[];
}

/**
 * Finds the environment that is meant, or that of production. Where the list of environments can't be read, or has it
 * without a name, it is asked for by its name: production is the environment of the default branch (manual, "Default
 * environment"). What can't be read then is a gap, and ends nothing.
 * Throws a `Failure`: "usage" when there is no such environment or none of production, of the API where nothing says
 * which one it is.
 *
 * @param wanted its id; without it, the production environment
 * @param listed what the list of environments came to
 * @param defaultBranch asks for the project's default branch; undefined where nobody knows it
 */
export async function findEnvironment(
  connection: Connection,
  projectId: string,
  wanted: string | undefined,
  listed: ListedEnvironments | ApiFailure,
  defaultBranch: () => Promise<string | undefined>,
): Promise<FoundEnvironment> {
  const failed = listed instanceof ApiFailure ? listed : undefined;
  const { environments: all, unnamed } =
    listed instanceof ApiFailure ? { environments: [], unnamed: 0 } : listed;
  const isWhole = failed === undefined && unnamed === 0;
  const found = environmentIn(all, wanted);
  if (found !== undefined) return { environment: found, environments: all, unnamed, gaps: [] };
  const branch = await defaultBranch().catch((error: unknown) => {
    if (wanted === undefined) throw error;
    onlyThisPart(error);
  });
  const id = wanted ?? branch;
  if (id === undefined || (isWhole && id !== branch)) throw failed ?? noEnvironment(all, wanted);
  const named = all.find((one) => one.id === id);
  const read = named ?? (await environmentByName(connection, projectId, id).catch(onlyThisPart));
  // Only of the default branch is it known that it has one.
  if (id !== branch && read instanceof ApiFailure) throw read;
  const known = read instanceof ApiFailure ? nothingKnownOf(id) : read;
  // The default branch's environment is the main one, whether or not the answer says so.
  const environment = id === branch ? { ...known, isMain: known.isMain ?? true } : known;
  const gaps: readonly ProjectGap[] = [
    ...(failed === undefined ? [] : [{ of: "environments" as const, why: whyOf(failed) }]),
    // One that is there and isn't listed isn't the only one that the list may lack.
    ...(isWhole && named === undefined
      ? [{ of: "environments" as const, why: `the API's answer lacks ${id}, the default branch's` }]
      : []),
    ...(read instanceof ApiFailure ? [{ of: "environment" as const, why: whyOf(read) }] : []),
  ];
  return {
    environment,
    environments: [environment, ...all.filter((one) => one !== named)],
    // What can be read and isn't among those with a name is one of those without.
    unnamed:
      named === undefined && !(read instanceof ApiFailure) && unnamed > 0 ? unnamed - 1 : unnamed,
    gaps,
  };
}

/** The environment of this id, or without one that of production; a `Failure` ("usage") when there is none. */
export function chooseEnvironment(all: readonly Environment[], wanted: string | undefined) {
  const environment = environmentIn(all, wanted);
  if (environment !== undefined) return environment;
  throw noEnvironment(all, wanted);
}

function environmentIn(all: readonly Environment[], wanted: string | undefined) {
  return all.find(({ id, type, isMain }) =>
    wanted === undefined ? type === "production" || isMain : id === wanted,
  );
}

function noEnvironment(all: readonly Environment[], wanted: string | undefined): Failure {
  return new Failure("usage", {
    what:
      wanted === undefined
        ? noProduction(all)
        : `There is no environment ${wanted} that this account sees`,
    where: "--environment",
    next: `choose among ${all.map(({ id }) => id).join(", ") || "none: ask for access"}`,
  });
}

function noProduction(all: readonly Environment[]): string {
  const untold = all.filter(({ type }) => type === undefined).map(({ id }) => id);
  if (untold.length === 0) return "This account sees no production environment";
  return `Which environment is production isn't known: the API names no known type for ${untold.join(", ")}`;
}

/** What the API failed at, where that needn't be the end of everything; any other error is thrown on. */
export function onlyThisPart(error: unknown): ApiFailure {
  if (error instanceof ApiFailure && error.reason === "api") return error;
  throw error;
}

/** Why something couldn't be read, in words. */
export function whyOf({ parts: { what, why } }: ApiFailure): string {
  return why === undefined ? what : `${what}: ${why}`;
}

/** An environment that the API has, as the project says, and of which it tells nothing. */
function nothingKnownOf(id: string): Environment {
  return {
    id,
    title: id,
    type: undefined,
    status: undefined,
    isMain: undefined,
    operations: [],
    deploymentState: { successful: undefined, at: undefined, crons: undefined },
  };
}
