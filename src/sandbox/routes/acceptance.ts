import * as v from "valibot";
import { Failure } from "../../failure.ts";
import { acceptInvitations } from "../events/acceptance.ts";
import { json, problem, type Reply } from "../server/reply.ts";
import { checked } from "../server/request-body.ts";
import { type Anyone, open, type Route } from "../server/route.ts";

/** An address that the platform does not have: it plays the person who was invited. */
export const acceptanceRoutes: readonly Route[] = [
  open("POST", "/sandbox/invitations/accept", accept),
];

function accept({ store, call }: Anyone): Reply {
  const { email } = checked(v.strictObject({ email: v.string() }), call.body, problem);
  try {
    return json(200, { token: acceptInvitations(store, email) });
  } catch (error) {
    if (error instanceof Failure) throw problem(404, error.parts.what);
    throw error;
  }
}
