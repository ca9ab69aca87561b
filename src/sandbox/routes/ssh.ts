import * as v from "valibot";
import { json, problem, type Reply } from "../server/reply.ts";
import { checked } from "../server/request-body.ts";
import { open, type Route, type SignedIn, signedIn } from "../server/route.ts";

/** SSH certificates, of the authentication server. */
export const sshRoutes: readonly Route[] = [
  signedIn("POST", "/ssh", certificate),
  open("GET", "/ssh/authority", ({ store }) =>
    json(200, { authorities: [store.sshAuthority.publicKey] }),
  ),
];

const hour = 60 * 60;

function certificate({ store, call, actor }: SignedIn): Reply {
  const { key } = checked(v.object({ key: v.string() }), call.body, problem);
  const now = Math.floor(store.now() / 1000);
  const signed = store.sshAuthority.certify(key, {
    account: actor.id,
    from: now,
    until: now + hour,
  });
  if (signed === undefined) {
    throw problem(400, "The key is not valid.", { key: ["is not an Ed25519 public key"] });
  }
  return json(200, { certificate: signed });
}
