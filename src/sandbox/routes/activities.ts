import { cancel, progressOf } from "../events/activities.ts";
import {
  forbiddenRequest,
  type HttpReply,
  jsonReply,
  projectFailure,
  writeReply,
} from "../server/reply.ts";
import { type InProject, onEnvironment, onProject, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { mayOnEnvironment } from "../state/permissions.ts";
import type { Store, StoredActivity, StoredProject } from "../store.ts";
import { isOfUpsun, projectPath } from "./links.ts";

/** Activities of a project and of one environment, and their logs. */
export const activityRoutes: readonly Route[] = [
  onProject("GET", "/activities", "view", (context) => list(context)),
  onProject("GET", "/activities/:activity", "view", (context) =>
    jsonReply(200, activityJson(context.store, context.project, one(context))),
  ),
  onProject("GET", "/activities/:activity/log", "view", log),
  onProject("POST", "/activities/:activity/cancel", "view", stop),
  onEnvironment("POST", "/activities/:activity/cancel", "view", stop),
  onEnvironment("GET", "/activities", "view", (context) => list(context, context.environment.id)),
  onEnvironment("GET", "/activities/:activity", "view", (context) =>
    jsonReply(200, activityJson(context.store, context.project, one(context))),
  ),
];

/**
 * Newest first. `starts_at` is the latest creation moment, `count` the longest list; `type` may be
 * given several times.
 */
function list(context: InProject, environment?: string): HttpReply {
  const { store, project, call } = context;
  const latest = Date.parse(call.query.get("starts_at") ?? "");
  const types = [...call.query.getAll("type"), ...call.query.getAll("type[]")];
  const wanted = (name: "state" | "result", actual: string | null) =>
    !call.query.has(name) || call.query.getAll(name).some((value) => value === actual);
  const found = visible(context)
    .filter(({ environments }) => environment === undefined || environments.includes(environment))
    .filter(({ createdAt }) => Number.isNaN(latest) || createdAt <= latest)
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .map((activity) => activityJson(store, project, activity))
    .filter(({ state, result }) => wanted("state", state) && wanted("result", result))
    .reverse();
  return jsonReply(200, found.slice(0, Number(call.query.get("count") ?? found.length)));
}

function one(context: InProject): StoredActivity {
  const wanted = context.call.param("activity");
  const activity = visible(context).find(({ id }) => id === wanted);
  if (activity === undefined) throw projectFailure(404, "The activity was not found.");
  return activity;
}

/** For those who may redeploy all environments that it is about. */
function stop(context: InProject): HttpReply {
  const { store, project, held } = context;
  const activity = one(context);
  const allowed = activity.environments.every((id) => {
    const environment = project.environments.get(id);
    return environment !== undefined && mayOnEnvironment(held, environment.type, "redeploy");
  });
  if (!allowed) throw forbiddenRequest("cancel");
  if (progressOf(activity, store.now()).percent === 100) {
    throw projectFailure(400, "The activity can't be cancelled in its current state.");
  }
  cancel(project, activity, store.now());
  return writeReply("OK", { activities: [activityJson(store, project, activity)] });
}

/** Oldest first, without those of environments one can't see. */
function visible({ project, held }: InProject): readonly StoredActivity[] {
  return project.activities.filter(({ environments }) =>
    environments.every((id) => {
      const environment = project.environments.get(id);
      return environment !== undefined && mayOnEnvironment(held, environment.type, "view");
    }),
  );
}

/** An activity as it is now; `result` and the moments are null until they are known. */
export function activityJson(store: Store, project: StoredProject, activity: StoredActivity) {
  const now = store.now();
  const { state, percent } = progressOf(activity, now);
  const account = store.accounts.get(activity.account);
  const name =
    account === undefined ? "Platform.sh Bot" : `${account.firstName} ${account.lastName}`;
  const path = `${projectPath(project)}/activities/${activity.id}`;
  return {
    id: activity.id,
    type: activity.type,
    parameters: {},
    project: project.id,
    environments: activity.environments,
    state,
    result: state === "complete" ? activity.result : null,
    created_at: stamp(activity.createdAt),
    updated_at: stamp(Math.min(now, activity.endsAt)),
    started_at: percent === 0 ? null : stamp(activity.startsAt),
    completed_at: state === "complete" ? stamp(activity.endsAt) : null,
    completion_percent: percent,
    cancelled_at: state === "cancelled" ? stamp(activity.endsAt) : null,
    timings: {},
    log: "",
    payload: { user: { id: activity.account, display_name: name }, ...activity.payload },
    description: `<user data-id="${activity.account}">${name}</user> ${activity.deed}`,
    text: `**${name}** ${activity.deed.replaceAll(/<\/?(?:em|environment)[^>]*>/g, "**")}`,
    expires_at: null,
    commands: [],
    ...(isOfUpsun(project)
      ? { failure_reason: state === "complete" && activity.result === "failure" ? "shell" : null }
      : {}),
    _links: {
      self: { href: path },
      log: { href: `${path}/log` },
      ...(percent < 100 ? { "#cancel": { href: `${path}/cancel` } } : {}),
    },
  };
}

/** What a log says, by the share of the activity's time after which it says so. */
const messages = [
  { after: 0, message: "Started.\n" },
  { after: 0.5, message: "Half of it is done.\n" },
];

/** How a log ends; one with lines of its own has said already what went wrong. */
const endings = {
  success: "Done.\n",
  failure: "W: The deploy hook ended with the code 1.\nE: The deployment failed.\n",
  cancelled: "Cancelled.\n",
  own: "That was all.\n",
} as const;

/**
 * The log so far, a JSON object a line; the line with `seal` says that nothing more comes now. Clients
 * that reach the end without a seal ask again and skip the ids they know.
 */
function log(context: InProject): HttpReply {
  const activity = one(context);
  const now = context.store.now();
  const length = activity.endsAt - activity.startsAt;
  const said = (activity.log ?? []).map((line) => ({ after: 1, message: `${line}\n` }));
  const lines = [
    ...messages,
    ...said,
    { after: 1, message: said.length > 0 ? endings.own : endings[activity.result] },
  ]
    .map(({ after, message }) => ({ at: activity.startsAt + after * length, message }))
    .filter(({ at }) => at <= now)
    .map(({ at, message }, index) => ({
      _id: String(index),
      data: { timestamp: stamp(at), message },
    }));
  const isOver = activity.staged || progressOf(activity, now).percent === 100;
  const seal = isOver ? [{ seal: true }] : [];
  return {
    status: 200,
    headers: { "content-type": "application/x-json-stream" },
    body: [...lines, ...seal].map((line) => `${JSON.stringify(line)}\n`).join(""),
  };
}
