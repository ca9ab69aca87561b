import * as v from "valibot";
import { Failure } from "../../failure.ts";
import { acceptInvitations } from "../events/acceptance.ts";
import { type HttpReply, jsonReply, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Anyone, openRoute, type Route } from "../server/route.ts";

/** An address that the platform does not have: it plays the person who was invited. */
export const acceptanceRoutes: readonly Route[] = [
  openRoute("POST", "/sandbox/invitations/accept", accept),
];

function accept({ store, call }: Anyone): HttpReply {
  const { email } = checkBody(v.strictObject({ email: v.string() }), call.body, problem);
  try {
    return jsonReply(200, { token: acceptInvitations(store, email) });
  } catch (error) {
    if (error instanceof Failure) throw problem(404, error.parts.what);
    throw error;
  }
}
