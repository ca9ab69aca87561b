import { randomBytes } from "node:crypto";
import type { Contents, Store, Terms } from "../store.ts";
import { newSshAuthority } from "./ssh-authority.ts";

/** A store with these contents, which it changes from now on; nobody is signed in yet. */
export function newStore(terms: Terms, contents: Contents): Store {
  return {
    ...terms,
    ...contents,
    accessTokens: new Map(),
    signingKey: randomBytes(32),
    sshAuthority: newSshAuthority(),
    failNext: false,
  };
}
