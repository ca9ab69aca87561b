import type { CiSecretChange } from "../../change/change.ts";
import type { NoProgram } from "../../cihost/host.ts";
import { whyNotRun } from "../../cihost/host.ts";
import type { ProgramContext } from "../../cihost/program.ts";
import {
  openSecretStore,
  type SecretPlace,
  type SecretStore,
  type StoredSecret,
} from "../../cihost/secret-store.ts";
import type { Fact } from "../../fact.ts";
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
 * Undefined where no remote names one. Throws a `Failure` ("usage") where several do and none is origin.
 */
export function repositoryOf(
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

/** Where the token is kept for jobs of CI; undefined where the repository isn't known. */
export function secretPlaceOf(session: Session, context: SetupContext): SecretPlace | undefined {
  const system = writtenSystemOf(session);
  const repository = system === undefined ? undefined : repositoryOf(session, context);
  if (system === undefined || repository === undefined) return undefined;
  const { host, path } = repository;
  return { system, host, repository: path, name: context.vendor.tokenEnv };
}

/** How the host's program is started. */
export function hostProgramContext({ env, checkout, hostLimitMs }: SetupContext): ProgramContext {
  return { env, root: checkout.root, limitMs: hostLimitMs };
}

/** The host's program, or why there is none that can be used. */
export function storeFor(
  place: SecretPlace,
  context: SetupContext,
): Promise<SecretStore | NoProgram> {
  return openSecretStore(place, hostProgramContext(context));
}

/** The secret as the host's program tells of it. */
export async function storedSecret(
  session: Session,
  context: SetupContext,
): Promise<Fact<StoredSecret>> {
  const place = secretPlaceOf(session, context);
  if (place === undefined)
    return { kind: "unread", why: "no remote of the checkout names its repository" };
  const store = await storeFor(place, context);
  return "why" in store ? { kind: "unread", why: store.why } : lookUp(store, place);
}

/** What is known of a secret; unread where the host's program can't be run, or gives no answer in time. */
export function lookUp(store: SecretStore, place: SecretPlace): Promise<Fact<StoredSecret>> {
  return store.find(place).catch((error: unknown) => ({
    kind: "unread",
    ...whyNotRun("the program of the host")(error),
  }));
}

/** The change that sets the secret. */
export function secretChange(
  place: SecretPlace,
  value: CiSecretChange["value"],
  there: Fact<StoredSecret>,
  context: SetupContext,
): CiSecretChange {
  return {
    kind: "ci-secret",
    ...place,
    value,
    // What could not be looked at may be there; undo must not delete it then.
    replaces: there.kind !== "absent",
    root: rootOf(context),
  };
}
