import { Failure } from "../../failure.ts";
import { RefusedRequest } from "../server/reply.ts";
import { accountByEmail, addApiToken, platformAccount } from "../state/accounts.ts";
import type { Account, Store } from "../store.ts";
import { runCron } from "./cron-run.ts";
import { push } from "./push.ts";

/** How a cron ran. */
interface CronRun {
  readonly result: "success" | "failure";
  /** The name of the API token that it worked with, when it needed one that is good. */
  readonly token?: string;
}

/**
 * What the platform and people do that is no request to the API: Git pushes, crons, and the console. The same can be had
 * over HTTP, below `/sandbox`.
 */
export interface Plays {
  /** Pushes files to a branch, beside those it has; the environment is built and deployed with them. */
  push(project: string, branch: string, files: Readonly<Record<string, string>>): void;
  /** Runs a cron now, as it is deployed, with the token that is deployed. */
  runCron(project: string, environment: string, cron: string): CronRun;
  /** Makes an API token in the console, as the account with this address. */
  makeToken(email: string, name: string): string;
  /** Deletes every API token of the account with this address in the console, and ends its sessions. */
  revokeTokens(email: string): void;
}

/** Plays on a store. Every method throws a Failure for what isn't there, or can't be. */
export function playsOn(store: Store): Plays {
  return {
    push: (projectId, branch, files) => {
      const { project, environment } = environmentIn(store, projectId, branch);
      const known = project.code.get(branch)?.files ?? {};
      const work = { store, project, environment, actor: { id: platformAccount } };
      inWords(() => push(work, { ...known, ...files }));
    },
    runCron: (projectId, environmentId, name) => {
      const place = { store, ...environmentIn(store, projectId, environmentId) };
      const { activity, token } = inWords(() => runCron(place, name));
      return {
        result: activity.result === "success" ? "success" : "failure",
        ...(token === undefined ? {} : { token: token.name }),
      };
    },
    makeToken: (email, name) => addApiToken(store, accountOf(store, email), name),
    revokeTokens: (email) => revokeTokens(store, email),
  };
}

/** Deletes what an account signs in with. Throws a Failure when nobody has this address. */
export function revokeTokens(store: Store, email: string): void {
  const { id } = accountOf(store, email);
  for (const [token, { account }] of store.apiTokens) {
    if (account === id) store.apiTokens.delete(token);
  }
  for (const [token, { account }] of store.accessTokens) {
    if (account === id) store.accessTokens.delete(token);
  }
}

/** The account with this address. Throws a Failure when there is none. */
export function accountOf(store: Store, email: string): Account {
  const account = accountByEmail(store, email);
  if (account === undefined) throw missing(`There is no account ${email}`);
  return account;
}

/** A project and its environment. Throws a Failure when one of them isn't there. */
export function environmentIn(store: Store, projectId: string, environmentId: string) {
  const project = store.projects.get(projectId);
  const environment = project?.environments.get(environmentId);
  if (project !== undefined && environment !== undefined) return { project, environment };
  throw missing(`There is no environment ${environmentId} in ${projectId}`);
}

/** A refusal says in its body why; there is no request here that it could answer. */
function inWords<Result>(play: () => Result): Result {
  try {
    return play();
  } catch (error) {
    if (error instanceof RefusedRequest) throw missing(error.reply.body ?? "It was refused");
    throw error;
  }
}

function missing(what: string): Failure {
  return new Failure("api", { what, next: "look at what the sandbox has" });
}
