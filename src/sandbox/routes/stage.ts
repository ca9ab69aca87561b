import * as v from "valibot";
import { Failure } from "../../failure.ts";
import { runCron } from "../events/cron-run.ts";
import { accountOf, environmentIn, revokeTokens } from "../events/plays.ts";
import { push } from "../events/push.ts";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Anyone, openRoute, type Route } from "../server/route.ts";
import { activityJson } from "./activities.ts";

/** Addresses that the platform does not have: they play the clock, and people who do something elsewhere. */
export const stageRoutes: readonly Route[] = [
  openRoute("POST", "/sandbox/crons", cron),
  openRoute("POST", "/sandbox/pushes", pushed),
  openRoute("POST", "/sandbox/tokens/revoke", revoke),
];

const place = { project: v.string(), environment: v.string() };

/** Has a cron run now; answers with its activity. */
function cron({ store, call }: Anyone): HttpReply {
  const wanted = v.strictObject({ ...place, cron: v.string() });
  const body = checkBody(wanted, call.body, problem);
  return played(() => {
    const found = environmentIn(store, body.project, body.environment);
    const { activity } = runCron({ store, ...found }, body.cron);
    return jsonReply(201, activityJson(store, found.project, activity));
  });
}

/** Plays somebody who pushes all files of a branch; answers with the activity, or null where none follows. */
function pushed({ store, call }: Anyone): HttpReply {
  const wanted = v.strictObject({
    ...place,
    files: v.record(v.string(), v.string()),
    email: v.string(),
  });
  const { project, environment, files, email } = checkBody(wanted, call.body, problem);
  return played(() => {
    const found = environmentIn(store, project, environment);
    const activity = push({ store, ...found, actor: accountOf(store, email) }, files);
    return jsonReply(
      201,
      activity === undefined ? null : activityJson(store, found.project, activity),
    );
  });
}

/** Plays somebody who deletes all their API tokens, and signs out everywhere. */
function revoke({ store, call }: Anyone): HttpReply {
  const { email } = checkBody(v.strictObject({ email: v.string() }), call.body, problem);
  return played(() => {
    revokeTokens(store, email);
    return noContent;
  });
}

/** What isn't there is a 404 here. */
function played(play: () => HttpReply): HttpReply {
  try {
    return play();
  } catch (error) {
    if (error instanceof Failure) throw problem(404, error.parts.what);
    throw error;
  }
}
