import * as v from "valibot";
import { type HttpReply, jsonReply, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { openRoute, type Route, type SignedIn, signedInRoute } from "../server/route.ts";

/** SSH certificates, of the authentication server. */
export const sshRoutes: readonly Route[] = [
  signedInRoute("POST", "/ssh", certificate),
  openRoute("GET", "/ssh/authority", ({ store }) =>
    jsonReply(200, { authorities: [store.sshAuthority.publicKey] }),
  ),
];

const hour = 60 * 60;

function certificate({ store, call, actor }: SignedIn): HttpReply {
  const { key } = checkBody(v.object({ key: v.string() }), call.body, problem);
  const now = Math.floor(store.now() / 1000);
  const signed = store.sshAuthority.certify(key, {
    account: actor.id,
    from: now,
    until: now + hour,
  });
  if (signed === undefined) {
    throw problem(400, "The key is not valid.", { key: ["is not an Ed25519 public key"] });
  }
  return jsonReply(200, { certificate: signed });
}
