import { createHash } from "node:crypto";
import * as v from "valibot";
import {
  type HttpReply,
  jsonReply,
  missingWithoutBody,
  noContent,
  problem,
} from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import type { Account, StoredSshKey } from "../store.ts";

/** The public keys of one's own account; those of others can't be seen. They are listed by `/me`. */
export const sshKeyRoutes: readonly Route[] = [
  signedInRoute("POST", "/ssh_keys", add),
  signedInRoute("GET", "/ssh_keys/:key", ({ call, actor }) => {
    const key = keyOf(actor, call.param("key"));
    return key === undefined ? missingWithoutBody : jsonReply(200, sshKeyJson(key));
  }),
  signedInRoute("DELETE", "/ssh_keys/:key", ({ call, actor }) => {
    const key = keyOf(actor, call.param("key"));
    if (key === undefined) return missingWithoutBody;
    actor.sshKeys.splice(actor.sshKeys.indexOf(key), 1);
    return noContent;
  }),
];

/** A key as the API shows it; the fingerprint is the MD5 of the key's bytes. */
export function sshKeyJson({ id, title, value, changedAt }: StoredSshKey) {
  const bytes = Buffer.from(value.split(" ")[1] ?? "", "base64");
  return {
    key_id: id,
    uid: 1,
    fingerprint: createHash("md5").update(bytes).digest("hex"),
    title,
    value,
    changed: new Date(changedAt).toISOString(),
  };
}

function add({ store, call, actor }: SignedIn): HttpReply {
  const wanted = v.object({ value: v.string(), title: v.optional(v.string(), "") });
  const { value, title } = checkBody(wanted, call.body, problem);
  if (!/^(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-\w+) [A-Za-z0-9+/=]+/u.test(value)) {
    throw problem(400, "The SSH key is not valid.", { value: ["is not a public key"] });
  }
  const all = [...store.accounts.values()].flatMap(({ sshKeys }) => sshKeys);
  if (all.some((key) => key.value === value)) throw problem(409, "SSH key can not be duplicated");
  const id = Math.max(0, ...all.map((key) => key.id)) + 1;
  const key: StoredSshKey = { id, title, value, changedAt: store.now() };
  actor.sshKeys.push(key);
  return jsonReply(201, sshKeyJson(key));
}

function keyOf({ sshKeys }: Account, id: string): StoredSshKey | undefined {
  return sshKeys.find((key) => String(key.id) === id);
}
