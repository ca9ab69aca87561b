import { systemNames, whyOtherHost } from "../../cihost/host.ts";
import type { ProgramContext } from "../../cihost/program.ts";
import { Failure } from "../../failure.ts";
import type { HostedRepository } from "../../git/hosts.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import { type CiSystemName, ciSystems } from "./systems.ts";

/** The systems whose jobs and secrets are written; for the others, a person pastes both. */
export type WrittenSystem = "github" | "gitlab";

/** The CI system that a setup is for; undefined where the platform's own crons do the work. */
export function ciSystemOf({ answers }: Session): CiSystemName | undefined {
  return ciSystems.find((system) => system === answers.where?.value);
}

/** The system, where its jobs are written. */
export function writtenSystemOf(session: Session): WrittenSystem | undefined {
  const system = ciSystemOf(session);
  return system === "github" || system === "gitlab" ? system : undefined;
}

/** The top folder of the checkout. Throws a `Failure` ("usage") where there is none. */
export function rootOf({ checkout: { root } }: SetupContext): string {
  if (root !== undefined) return root;
  throw new Failure("usage", {
    what: "The folder is in no Git checkout",
    why: "a CI system runs what is in its repository",
    next: "start in a checkout of the repository, or leave out --where",
  });
}

/**
 * The repository whose CI is meant: the one that was named, that of the remote origin, or the only one there is.
 * Undefined where no remote names one. Throws a `Failure` ("usage") where several do and none is origin, and where it is
 * on the host of another system than the one that was chosen.
 */
export function repositoryOf(
  session: Session,
  context: SetupContext,
): HostedRepository | undefined {
  const found = repositoryAmong(session, context);
  const system = writtenSystemOf(session);
  const why = system && found && whyOtherHost(system, found.host);
  if (system === undefined || found === undefined || why === undefined) return found;
  const named = session.request.repository !== undefined;
  throw new Failure("usage", {
    what: `${found.host}/${found.path} is no repository of ${systemNames[system]}`,
    where: named ? "--repository" : `the remote ${found.remote}`,
    why,
    next: `take another --where, or name a repository of ${systemNames[system]} with --repository HOST/OWNER/NAME`,
  });
}

function repositoryAmong(
  { request }: Session,
  context: SetupContext,
): HostedRepository | undefined {
  rootOf(context);
  const found = context.checkout.repositories;
  const named = request.repository;
  if (named !== undefined) return namedAmong(named, found);
  const [first, ...others] = found;
  if (first === undefined || first.remote === "origin") return first;
  if (others.every(({ host, path }) => host === first.host && path === first.path)) return first;
  throw new Failure("usage", {
    what: "The remotes name several repositories, and none is called origin",
    where: found.map(({ remote, host, path }) => `${remote}: ${host}/${path}`).join(", "),
    next: "name the one whose CI is meant with --repository HOST/OWNER/NAME",
  });
}

/** One that is named without its host is looked for among the remotes. */
function namedAmong(named: string, found: readonly HostedRepository[]): HostedRepository {
  const same = found.find(({ host, path }) => path === named || `${host}/${path}` === named);
  if (same !== undefined) return same;
  const [host = "", ...path] = named.split("/");
  if (path.length >= 2 && /[.:]/u.test(host)) return { remote: "", host, path: path.join("/") };
  throw new Failure("usage", {
    what: `No remote of the checkout names ${named}`,
    where: "--repository",
    next: "name it with its host, as in github.com/acme/shop",
  });
}

/** How the host's program is started. */
export function hostProgramContext({ env, checkout, hostLimitMs }: SetupContext): ProgramContext {
  return { env, root: checkout.root, limitMs: hostLimitMs };
}
