import * as v from "valibot";
import { startActivity } from "../activities.ts";
import { shortId, stamp } from "../identifiers.ts";
import { environmentPath } from "../links.ts";
import { accepted, json, projectFailure, type Reply } from "../reply.ts";
import { checked } from "../request-body.ts";
import { type InEnvironment, onEnvironment, type Route } from "../route.ts";
import type { Backup } from "../store.ts";
import { activityJson } from "./activities.ts";
import { requireActive } from "./operations.ts";

/** Backups: one appears when the activity that makes it is complete. */
export const backupRoutes: readonly Route[] = [
  onEnvironment("POST", "/backup", "backup", create),
  onEnvironment("GET", "/backups", "view", (context) =>
    json(
      200,
      made(context).map((backup) => backupJson(context, backup)),
    ),
  ),
  onEnvironment("GET", "/backups/:backup", "view", (context) => {
    const backup = made(context).find(({ id }) => id === context.call.param("backup"));
    if (backup === undefined) throw projectFailure(404, "The backup was not found.");
    return json(200, backupJson(context, backup));
  }),
];

function create(context: InEnvironment): Reply {
  const { store, project, environment, actor, call } = context;
  requireActive(context);
  const schema = v.strictObject({ safe: v.optional(v.boolean(), true) });
  const { safe } = checked(schema, call.body, projectFailure);
  const id = shortId();
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.backup",
    deed: `created a backup of <environment>${environment.id}</environment>`,
    payload: { backup_name: id },
  });
  environment.backups.push({ id, createdAt: activity.endsAt, safe });
  return accepted("OK", { activities: [activityJson(store, project, activity)] });
}

/** Newest first. */
function made({ store, environment }: InEnvironment): readonly Backup[] {
  return environment.backups.filter(({ createdAt }) => createdAt <= store.now()).toReversed();
}

function backupJson({ project, environment }: InEnvironment, backup: Backup) {
  const href = `${environmentPath(project, environment)}/backups/${backup.id}`;
  return {
    id: backup.id,
    status: "CREATED",
    created_at: stamp(backup.createdAt),
    updated_at: stamp(backup.createdAt),
    expires_at: null,
    index: null,
    commit_id: "",
    deployment: null,
    attributes: {},
    environment: environment.id,
    safe: backup.safe,
    automated: false,
    restorable: true,
    size_of_volumes: null,
    size_used: null,
    _links: { self: { href } },
  };
}
