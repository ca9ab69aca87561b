import { faultSchema } from "../faults.ts";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Anyone, openRoute, type Route } from "../server/route.ts";

/** Addresses that the platform does not have: they make the sandbox misbehave, and behave again. */
export const faultRoutes: readonly Route[] = [
  openRoute("POST", "/sandbox/faults", add),
  openRoute("DELETE", "/sandbox/faults", ({ store }) => {
    store.faults.clear();
    return noContent;
  }),
];

function add({ store, call }: Anyone): HttpReply {
  const fault = checkBody(faultSchema, call.body, problem);
  store.faults.add(fault);
  return jsonReply(201, fault);
}
