import type { Secret } from "../secret.ts";

/**
 * The place where the system keeps passwords. Every method but `works` throws a Failure when it can't be used, an
 * UnclearFailure when it was asked to keep or to forget something and didn't say whether it did.
 */
export interface Keychain {
  /** Whether it can be used in this session. */
  works(): Promise<boolean>;
  /** The secret of an account, if there is one. */
  read(account: string): Promise<Secret | undefined>;
  keep(account: string, secret: Secret): Promise<void>;
  /** Gives whether there was one. */
  forget(account: string): Promise<boolean>;
}
