import { Failure, isSurelyNotDone } from "../failure.ts";
import type { Secret } from "../secret.ts";
import { keptAccounts, noteKept } from "../settings.ts";
import type { Keychain } from "./keychain.ts";

/** Whose token is kept: the operator's, or that of a project's machine user. */
type Holder = "operator" | { readonly machineUserOf: string };

/**
 * The tokens that a person had kept in the system keychain. The settings know for whom there is one, so that the
 * keychain is asked only then: the first question may open a window of the system.
 */
export interface KeptTokens {
  /** Whether a token can be kept in this session. */
  available(): Promise<boolean>;
  has(holder: Holder): Promise<boolean>;
  /** The token that was kept. Throws a Failure when there should be one and the keychain can't be used. */
  read(holder: Holder): Promise<Secret | undefined>;
  /** Throws a Failure when it can't be kept, an UnclearFailure when nobody knows whether it is. */
  keep(holder: Holder, token: Secret): Promise<void>;
  /**
   * Forgets every token that was kept, of whatever platform. Throws as `read` does, and when it isn't known for whom one
   * is kept.
   *
   * @returns for whom, each as soon as its token is gone, and whether there was one still
   */
  forgetAll(): AsyncIterable<{ readonly account: string; readonly wasThere: boolean }>;
}

/**
 * @param api address of the API that the tokens are for: those of a sandbox are no others' tokens
 * @param open opens the keychain, or gives undefined where there is none
 */
export function keptTokens(
  env: NodeJS.ProcessEnv,
  api: string,
  open: () => Promise<Keychain | undefined>,
): KeptTokens {
  const account = (holder: Holder) =>
    `${holder === "operator" ? "operator" : `machine user of ${holder.machineUserOf}`}, ${api}`;
  // Whoever isn't known to have one is asked for it.
  const has = async (holder: Holder) =>
    (await keptAccounts(env).catch((): readonly string[] => [])).includes(account(holder));
  const opened = async () => {
    const keychain = await open();
    if (keychain !== undefined) return keychain;
    throw new Failure("signedOut", {
      what: "The system keychain can't be used",
      why: "its binding is not installed",
      next: "install machinist with its optional dependencies",
    });
  };
  return {
    available: async () => (await (await open())?.works()) ?? false,
    has,
    read: async (holder) =>
      (await has(holder)) ? (await opened()).read(account(holder)) : undefined,
    keep: async (holder, token) => {
      const keychain = await opened();
      const before = await has(holder);
      await noteKept(env, account(holder), true);
      try {
        await keychain.keep(account(holder), token);
      } catch (error) {
        // Where it may be kept, logout is to know of it; so it is where the note can't be taken back.
        if (isSurelyNotDone(error))
          await noteKept(env, account(holder), before).catch(() => undefined);
        throw error;
      }
    },
    forgetAll: async function* () {
      for (const account of await keptAccounts(env)) {
        const wasThere = await (await opened()).forget(account);
        yield { account, wasThere };
        await noteKept(env, account, false).catch((error: unknown) => {
          throw error instanceof Failure ? stillNoted(account, error) : error;
        });
      }
    },
  };
}

/** What the settings say of a failure is about them alone: the token is gone by then. */
function stillNoted(account: string, { reason, parts }: Failure): Failure {
  return new Failure(reason, {
    ...parts,
    what: `The token of ${account} is forgotten, but the settings have it still`,
    why: parts.why === undefined ? parts.what : `${parts.what}: ${parts.why}`,
  });
}
