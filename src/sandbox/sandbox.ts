import { isDeepStrictEqual } from "node:util";
import { acceptInvitations } from "./events/acceptance.ts";
import { accountOf, environmentIn, type Plays, playsOn } from "./events/plays.ts";
import { push } from "./events/push.ts";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import type { CodeFiles } from "./git-objects.ts";
import { readCode } from "./projects/code-folder.ts";
import { operatorEmail, upsunSample } from "./projects/seed-projects.ts";
import { demoProjectId, sampleStore } from "./seed.ts";
import { type ServedRequest, serve } from "./server/server.ts";
import { addApiToken, platformAccount } from "./state/accounts.ts";
import { newStore } from "./state/new-store.ts";
import { stateText } from "./state.ts";
import type { Account, Contents, Store, Terms } from "./store.ts";

/** How a sandbox is started. */
export interface SandboxOptions {
  /** The TCP port to listen on; 0, the default, takes any that is free. */
  readonly port?: number;
  /** How long an access token lives, in seconds; 900 when left out, as the API's own. */
  readonly accessTokenSeconds?: number;
  /** How long an activity takes from request to completion, in milliseconds; 2000 when left out. */
  readonly activityMs?: number;
  /** The clock that everything in the sandbox goes by. */
  readonly now?: () => Date;
  /** What goes wrong from the start. */
  readonly faults?: readonly Fault[];
  /** How many projects are made up beside the sample; none when left out. They are the same at every start. */
  readonly projects?: number;
  /** Whether the shop of the sample is a project of Upsun: false when left out. */
  readonly ofUpsun?: boolean;
  /** How long every answer is kept back, in milliseconds; 0 when left out. */
  readonly latencyMs?: number;
  /** A folder whose files are pushed to the production branch of the sample project, instead of its own. */
  readonly code?: string;
  /** What an earlier sandbox had, as `readState` gives it, instead of the sample and made-up projects. */
  readonly contents?: Contents;
  /** Told after each request that may have changed what `state` gives. */
  readonly onChange?: () => void;
}

/** A running sandbox: one listener on loopback that plays the API and the authentication server. */
export interface Sandbox extends Plays {
  readonly apiUrl: string;
  readonly authUrl: string;
  /** Where links for people point; the sandbox has no console, so nothing answers there. */
  readonly consoleUrl: string;
  /** An API token of the operator: the oldest there is, or else one made for this run. */
  readonly operatorToken: string;
  readonly operatorEmail: string;
  readonly faults: Pick<Faults, "add" | "clear">;
  /** Every request answered so far, oldest first; paths are as they were sent, without the query. */
  readonly requests: readonly ServedRequest[];
  /**
   * Plays the person who was invited: makes the account if there is none, grants what the pending
   * invitations promise, and makes an API token for the account.
   *
   * @param email the invited address, in any case of letters
   * @throws Failure when nobody invited this address
   */
  acceptInvitation(email: string): Promise<{ token: string }>;
  /** All there is, but for what is of one run: access tokens and faults. `readState` reads it. */
  state(): string;
  /** Stops listening and drops what is open. */
  close(): Promise<void>;
}

/**
 * Starts the embedded Platform.sh with its sample organizations and projects, or with what an earlier one had. All of it
 * is in memory.
 *
 * @throws Failure when the port is taken or may not be used, the folder of the code isn't a project's, or there is no
 *   place to push it to any more
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const code = options.code === undefined ? undefined : await readCode(options.code);
  const clock = options.now ?? (() => new Date());
  const faults = createFaults([...slowness(options.latencyMs ?? 0), ...(options.faults ?? [])]);
  const terms: Terms = {
    now: () => clock().getTime(),
    faults,
    activityMs: options.activityMs ?? 2000,
    accessTokenMs: (options.accessTokenSeconds ?? 900) * 1000,
  };
  const store =
    options.contents === undefined
      ? sampleStore(terms, options.projects ?? 0, options.ofUpsun ? upsunSample : undefined)
      : newStore(terms, options.contents);
  if (code !== undefined) pushToShop(store, code);
  const operatorToken = tokenOf(store, accountOf(store, operatorEmail));
  const server = await serve(store, options.port ?? 0, options.onChange);
  return {
    apiUrl: server.origin,
    authUrl: server.origin,
    consoleUrl: `${server.origin}/console`,
    operatorToken,
    operatorEmail,
    faults,
    requests: server.requests,
    acceptInvitation: async (email) => ({ token: acceptInvitations(store, email) }),
    ...playsOn(store),
    state: () => stateText(store),
    close: server.close,
  };
}

/** Pushes the files to production of the sample project, unless it has just these. */
function pushToShop(store: Store, files: CodeFiles): void {
  const shop = environmentIn(store, demoProjectId, "main");
  const known = shop.project.code.get("main")?.files;
  if (isDeepStrictEqual(known, files)) return;
  push({ store, ...shop, actor: { id: platformAccount } }, files);
}

function tokenOf(store: Store, account: Account): string {
  const known = [...store.apiTokens.values()].find((token) => token.account === account.id);
  return known?.secret ?? addApiToken(store, account, "laptop");
}

function slowness(ms: number): readonly Fault[] {
  return ms === 0 ? [] : [{ on: { path: "**" }, times: "always", effect: { kind: "latency", ms } }];
}
