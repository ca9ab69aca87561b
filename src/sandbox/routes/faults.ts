import { faultSchema } from "../faults.ts";
import { json, noContent, problem, type Reply } from "../server/reply.ts";
import { checked } from "../server/request-body.ts";
import { type Anyone, open, type Route } from "../server/route.ts";

/** Addresses that the platform does not have: they make the sandbox misbehave, and behave again. */
export const faultRoutes: readonly Route[] = [
  open("POST", "/sandbox/faults", add),
  open("DELETE", "/sandbox/faults", ({ store }) => {
    store.faults.clear();
    return noContent;
  }),
];

function add({ store, call }: Anyone): Reply {
  const fault = checked(faultSchema, call.body, problem);
  store.faults.add(fault);
  return json(201, fault);
}
