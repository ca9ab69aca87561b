import { acceptInvitations } from "./acceptance.ts";
import { platformAccount } from "./accounts.ts";
import { readCode } from "./code-folder.ts";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import { type Plays, placeIn, playsOn } from "./plays.ts";
import { push } from "./push.ts";
import { demoProjectId, sampleStore } from "./seed.ts";
import { type ServedRequest, serve } from "./server.ts";

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
  /** How long every answer is kept back, in milliseconds; 0 when left out. */
  readonly latencyMs?: number;
  /** A folder whose files are pushed to the production branch of the sample project, instead of its own. */
  readonly code?: string;
}

/** A running sandbox: one listener on loopback that plays the API and the authentication server. */
export interface Sandbox extends Plays {
  readonly apiUrl: string;
  readonly authUrl: string;
  /** Where links for people point; the sandbox has no console, so nothing answers there. */
  readonly consoleUrl: string;
  /** The operator's API token, made for this run. */
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
  /** Stops listening and drops what is open; the state is gone with it. */
  close(): Promise<void>;
}

/**
 * Starts the embedded Platform.sh with its sample organizations and projects. State is in memory,
 * tokens are made anew at every start.
 *
 * @throws Failure when the port is taken or may not be used, or the folder of the code isn't a project's
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const code = options.code === undefined ? undefined : await readCode(options.code);
  const clock = options.now ?? (() => new Date());
  const faults = createFaults([...slowness(options.latencyMs ?? 0), ...(options.faults ?? [])]);
  const { store, operator, operatorToken } = sampleStore(
    {
      now: () => clock().getTime(),
      faults,
      activityMs: options.activityMs ?? 2000,
      accessTokenMs: (options.accessTokenSeconds ?? 900) * 1000,
    },
    options.projects ?? 0,
  );
  if (code !== undefined) {
    const shop = placeIn(store, demoProjectId, "main");
    push({ store, ...shop, actor: { id: platformAccount } }, code);
  }
  const server = await serve(store, options.port ?? 0);
  return {
    apiUrl: server.origin,
    authUrl: server.origin,
    consoleUrl: `${server.origin}/console`,
    operatorToken,
    operatorEmail: operator.email,
    faults,
    requests: server.requests,
    acceptInvitation: async (email) => ({ token: acceptInvitations(store, email) }),
    ...playsOn(store),
    close: server.close,
  };
}

function slowness(ms: number): readonly Fault[] {
  return ms === 0 ? [] : [{ on: { path: "**" }, times: "always", effect: { kind: "latency", ms } }];
}
