import type { Keychain } from "../../src/keychain/keychain.ts";
import type { Secret } from "../../src/secret.ts";

/** A keychain that lives as long as the test. */
export function memoryKeychain(): Keychain & { readonly secrets: ReadonlyMap<string, Secret> } {
  const secrets = new Map<string, Secret>();
  return {
    secrets,
    works: async () => true,
    read: async (account) => secrets.get(account),
    keep: async (account, secret) => {
      secrets.set(account, secret);
    },
    forget: async (account) => secrets.delete(account),
  };
}
