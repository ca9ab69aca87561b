import type { PlatformFacts } from "../../audit/rule.ts";
import { Failure } from "../../failure.ts";
import { type Connection, connect } from "../../platform/connection.ts";
import { environments } from "../../platform/environments.ts";
import { project } from "../../platform/projects.ts";
import { proxyOf } from "../../platform/proxy.ts";
import { currentUser } from "../../platform/users.ts";
import { environmentVariables, projectVariables } from "../../platform/variables.ts";
import { addressesOf, type Vendor } from "../../platform/vendors.ts";
import type { Secret } from "../../secret.ts";
import type { Io } from "../io.ts";
import { requestLog } from "../request-log.ts";

/** Opens the API as the operator. Nothing is sent yet. */
export function signIn(vendor: Vendor, token: Secret, io: Io, verbose: boolean): Connection {
  return connect({
    addresses: addressesOf(vendor, io.env),
    token,
    signal: io.signal,
    proxy: proxyOf(io.env),
    ...(verbose ? { onRequest: requestLog(io.err) } : {}),
  });
}

/** The address of the account that is signed in. Throws a `Failure` of the API. */
export async function readAccount(connection: Connection): Promise<string> {
  return (await currentUser(connection)).email;
}

/**
 * Reads what the rules want to know of a project.
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
  const [found, all, ofProject] = await Promise.all([
    project(connection, projectId),
    environments(connection, projectId),
    projectVariables(connection, projectId),
  ]);
  const environment = all.find(({ id, type, isMain }) =>
    environmentId === undefined ? type === "production" || isMain : id === environmentId,
  );
  if (environment === undefined)
    throw new Failure("usage", {
      what:
        environmentId === undefined
          ? "This account sees no production environment"
          : `There is no environment ${environmentId} that this account sees`,
      where: "--environment",
      next: `choose among ${all.map(({ id }) => id).join(", ") || "none: ask for access"}`,
    });
  const variables = await environmentVariables(connection, projectId, environment.id);
  return { project: found, environment, variables, projectVariables: ofProject, vendor };
}
