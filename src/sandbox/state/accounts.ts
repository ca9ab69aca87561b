import { randomUUID } from "node:crypto";
import type { Account, Store } from "../store.ts";
import { tokenSecret } from "./identifiers.ts";

/** The account with this address, in any case of letters. */
export function accountByEmail(store: Pick<Store, "accounts">, email: string): Account | undefined {
  const wanted = email.toLowerCase();
  return [...store.accounts.values()].find((account) => account.email.toLowerCase() === wanted);
}

/** What the API calls the platform itself where it says who did something: it runs the crons. */
export const platformAccount = "admin";

/** Adds an account; its user name is the part of the address before the `@`, made distinct. */
export function addAccount(
  store: Store,
  email: string,
  name: { readonly first: string; readonly last: string },
): Account {
  const account: Account = {
    id: randomUUID(),
    email,
    username: `${email
      .split("@")[0]
      ?.replaceAll(/[^a-z0-9]+/gi, "-")
      .toLowerCase()}`,
    firstName: name.first,
    lastName: name.last,
    createdAt: store.now(),
    sshKeys: [],
  };
  store.accounts.set(account.id, account);
  return account;
}

/** Adds an API token to an account and gives the token itself. */
export function addApiToken(store: Store, account: Account, name: string): string {
  const secret = tokenSecret();
  const id = randomUUID();
  store.apiTokens.set(id, { id, account: account.id, name, secret, createdAt: store.now() });
  return secret;
}
