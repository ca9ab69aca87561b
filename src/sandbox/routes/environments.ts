import * as v from "valibot";
import { deployStaged, progressOf, stagedActivities } from "../events/activities.ts";
import { commitId } from "../git-objects.ts";
import { type HttpReply, jsonReply, projectFailure, writeReply } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import {
  type InEnvironment,
  type InProject,
  onEnvironment,
  onProject,
  type Route,
} from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { mayOnEnvironment } from "../state/permissions.ts";
import type { StoredEnvironment, StoredProject } from "../store.ts";
import { activityJson } from "./activities.ts";
import { environmentLinks, environmentPath, hasCode, isOfUpsun } from "./links.ts";

/** Environments; those of a type one has no role on are not there. */
export const environmentRoutes: readonly Route[] = [
  onProject("GET", "/environments", "view", list),
  onEnvironment("GET", "", "view", (context) => jsonReply(200, environmentJson(context))),
  onEnvironment("PATCH", "", "edit", update),
  onEnvironment("GET", "/settings", "view", (context) => jsonReply(200, settingsJson(context))),
  onEnvironment("PATCH", "/settings", "edit", updateSettings),
];

function list(context: InProject): HttpReply {
  const type = context.call.query.get("type");
  const visible = [...context.project.environments.values()]
    .filter((environment) => mayOnEnvironment(context.held, environment.type, "view"))
    .filter((environment) => type === null || environment.type === type);
  return jsonReply(
    200,
    visible.map((environment) => environmentJson({ ...context, environment })),
  );
}

/** An environment as the API has it now. */
export function environmentJson({ store, project, environment, held }: InEnvironment) {
  const now = store.now();
  const isMain = environment.id === project.defaultBranch;
  const active = environment.status === "active";
  const deployed = environment.deployments.findLast(({ since }) => since <= now);
  const snapshot = project.code.get(environment.id);
  const backup = environment.backups.findLast(({ createdAt }) => createdAt <= now);
  return {
    id: environment.id,
    name: environment.id,
    machine_name: environment.machineName,
    title: environment.title,
    attributes: {},
    type: environment.type,
    parent: environment.parent ?? null,
    project: project.id,
    default_domain: null,
    has_domains: false,
    clone_parent_on_create: true,
    deployment_target: active ? "local" : null,
    is_pr: false,
    has_remote: false,
    status: statusOf({ project, environment }, now),
    http_access: environment.httpAccess,
    enable_smtp: isMain,
    restrict_robots: !isMain,
    edge_hostname: `${environment.machineName}-${project.id}.${project.region}`,
    deployment_state: deployed === undefined ? null : deploymentState(project, environment, now),
    is_main: isMain,
    is_dirty: false,
    has_code: hasCode(project, environment),
    head_commit: snapshot === undefined ? null : commitId(snapshot),
    merge_info: { commits_ahead: null, commits_behind: null, parent_ref: null },
    has_deployment: deployed !== undefined,
    has_staged_activities: stagedActivities(project, environment).length > 0,
    sizing: null,
    resources_overrides: {},
    max_instance_count: null,
    can_rolling_deploy: false,
    supports_restrict_robots: true,
    last_active_at: null,
    last_backup_at: backup === undefined ? null : stamp(backup.createdAt),
    created_at: stamp(environment.createdAt),
    updated_at: stamp(environment.createdAt),
    _links: environmentLinks(project, environment, held, now),
  };
}

/** How the latest deployment left an environment; Upsun's edition of the API also says at what one failed. */
function deploymentState(project: StoredProject, environment: StoredEnvironment, now: number) {
  const latest = project.activities.findLast(
    (activity) =>
      activity.environments.includes(environment.id) &&
      (/^environment\.(?:push|redeploy|deploy|merge|activate)$/u.test(activity.type) ||
        activity.type.includes(".variable.")) &&
      progressOf(activity, now).state === "complete",
  );
  const successful = latest?.result !== "failure";
  const { since = now, apps = [] } =
    environment.deployments.findLast((one) => one.since <= now) ?? {};
  return {
    last_deployment_successful: successful,
    last_deployment_at: stamp(successful ? since : (latest?.endsAt ?? since)),
    ...(isOfUpsun(project)
      ? {
          last_deployment_failure_reason: successful ? null : "shell",
          last_deployment_commands: apps.map(({ name }) => ({
            app: name,
            type: "deploy",
            exit_code: successful ? 0 : 1,
          })),
        }
      : {}),
    last_autoscale_up_at: null,
    last_autoscale_down_at: null,
    crons: { enabled: true, status: environment.crons },
  };
}

/** An environment with something pending or running on it is "dirty", and is deployed all the same. */
function statusOf(
  { project, environment }: Pick<InEnvironment, "project" | "environment">,
  now: number,
): StoredEnvironment["status"] | "dirty" {
  const busy = project.activities.some(
    (activity) =>
      activity.environments.includes(environment.id) &&
      activity.staged === undefined &&
      progressOf(activity, now).percent < 100,
  );
  return busy ? "dirty" : environment.status;
}

const patch = v.strictObject({
  title: v.exactOptional(v.string()),
  http_access: v.exactOptional(
    v.strictObject({
      is_enabled: v.exactOptional(v.boolean()),
      addresses: v.exactOptional(
        v.array(v.strictObject({ permission: v.picklist(["allow", "deny"]), address: v.string() })),
      ),
      basic_auth: v.exactOptional(v.record(v.string(), v.string())),
    }),
  ),
});

function update(context: InEnvironment): HttpReply {
  const changes = checkBody(patch, context.call.body, projectFailure);
  const { environment } = context;
  environment.title = changes.title ?? environment.title;
  environment.httpAccess = { ...environment.httpAccess, ...changes.http_access };
  return writeReply("OK", { entity: environmentJson(context), activities: [] });
}

function settingsJson({ project, environment }: InEnvironment) {
  const href = `${environmentPath(project, environment)}/settings`;
  return {
    enable_manual_deployments: environment.manualDeployments,
    _links: { self: { href }, "#edit": { href } },
  };
}

/** With the way of deploying back to automatic, what waited is deployed. */
function updateSettings(context: InEnvironment): HttpReply {
  const schema = v.strictObject({ enable_manual_deployments: v.exactOptional(v.boolean()) });
  const changes = checkBody(schema, context.call.body, projectFailure);
  const { store, project, environment, actor } = context;
  environment.manualDeployments =
    changes.enable_manual_deployments ?? environment.manualDeployments;
  const isLeft =
    !environment.manualDeployments && stagedActivities(project, environment).length > 0;
  const activities = isLeft
    ? [activityJson(store, project, deployStaged(store, project, environment, actor))]
    : [];
  return writeReply("OK", { entity: settingsJson(context), activities });
}
