import * as v from "valibot";
import { accountByEmail } from "../accounts.ts";
import { runCron } from "../cron-run.ts";
import { push } from "../push.ts";
import { json, noContent, problem, type Reply } from "../reply.ts";
import { checked } from "../request-body.ts";
import { type Anyone, open, type Route } from "../route.ts";
import type { Account, Store } from "../store.ts";
import { activityJson } from "./activities.ts";

/** Addresses that the platform does not have: they play the clock, and people who do something elsewhere. */
export const stageRoutes: readonly Route[] = [
  open("POST", "/sandbox/crons", cron),
  open("POST", "/sandbox/pushes", pushed),
  open("POST", "/sandbox/tokens/revoke", revoke),
];

const place = { project: v.string(), environment: v.string() };

/** Has a cron run now; answers with its activity. */
function cron({ store, call }: Anyone): Reply {
  const wanted = v.strictObject({ ...place, cron: v.string() });
  const body = checked(wanted, call.body, problem);
  const found = placeOf(store, body);
  const activity = runCron({ store, ...found }, body.cron);
  return json(201, activityJson(store, found.project, activity));
}

/** Plays somebody who pushes all files of a branch; answers with the activity, or null where none follows. */
function pushed({ store, call }: Anyone): Reply {
  const wanted = v.strictObject({
    ...place,
    files: v.record(v.string(), v.string()),
    email: v.string(),
  });
  const body = checked(wanted, call.body, problem);
  const found = placeOf(store, body);
  const activity = push({ store, ...found, actor: accountOf(store, body.email) }, body.files);
  return json(201, activity === undefined ? null : activityJson(store, found.project, activity));
}

/** Plays somebody who deletes all their API tokens, and signs out everywhere. */
function revoke({ store, call }: Anyone): Reply {
  const { email } = checked(v.strictObject({ email: v.string() }), call.body, problem);
  const { id } = accountOf(store, email);
  for (const [token, { account }] of store.apiTokens) {
    if (account === id) store.apiTokens.delete(token);
  }
  for (const [token, { account }] of store.accessTokens) {
    if (account === id) store.accessTokens.delete(token);
  }
  return noContent;
}

function accountOf(store: Store, email: string): Account {
  const account = accountByEmail(store, email);
  if (account === undefined) throw problem(404, `Nobody has the address ${email}.`);
  return account;
}

function placeOf(store: Store, at: { readonly project: string; readonly environment: string }) {
  const project = store.projects.get(at.project);
  const environment = project?.environments.get(at.environment);
  if (project === undefined || environment === undefined) {
    throw problem(404, `There is no environment ${at.environment} of a project ${at.project}.`);
  }
  return { project, environment };
}
