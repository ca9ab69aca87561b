import { createHmac, timingSafeEqual } from "node:crypto";
import type { Store } from "../store.ts";

/** What a list can refer to by id. */
export type ReferenceKind = "users" | "projects" | "organizations" | "teams";

const chunk = 8;

/**
 * The `ref:` links of a list: signed addresses that resolve the ids in it, a few ids each, numbered
 * from 0 (OpenAPI, "References").
 */
export function referenceLinks(
  store: Store,
  kind: ReferenceKind,
  ids: readonly string[],
): Readonly<Record<string, { readonly href: string }>> {
  const distinct = [...new Set(ids)];
  const links: Record<string, { href: string }> = {};
  for (let start = 0; start < distinct.length; start += chunk) {
    const list = distinct.slice(start, start + chunk).join(",");
    const query = new URLSearchParams({ in: list, sig: signature(store, kind, list) });
    links[`ref:${kind}:${start / chunk}`] = { href: `/ref/${kind}?${query}` };
  }
  return links;
}

/** The same for the users by whose ids some entries are kept. */
export function userLinks(store: Store, entries: readonly (readonly [user: string, unknown])[]) {
  const users = entries.map(([user]) => user);
  return referenceLinks(store, "users", users);
}

/** Whether the sandbox itself made the address with this list and this signature. */
export function isSigned(store: Store, kind: ReferenceKind, list: string, sent: string): boolean {
  const expected = Buffer.from(signature(store, kind, list));
  const given = Buffer.from(sent);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function signature(store: Store, kind: ReferenceKind, list: string): string {
  return createHmac("sha256", store.signingKey).update(`${kind}?in=${list}`).digest("base64url");
}
