import * as v from "valibot";
import { startActivity } from "../events/activities.ts";
import { backUp, requireActive } from "../events/environment-work.ts";
import { type HttpReply, jsonReply, projectFailure } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InEnvironment, onEnvironment, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { mayOnEnvironment } from "../state/permissions.ts";
import type { StoredBackup } from "../store.ts";
import { environmentPath } from "./links.ts";
import { activityReply } from "./operations.ts";

/** Backups: one appears when the activity that makes it is complete. */
export const backupRoutes: readonly Route[] = [
  onEnvironment("POST", "/backup", "backup", (context) => {
    const schema = v.strictObject({ safe: v.optional(v.boolean(), true) });
    const { safe } = checkBody(schema, context.call.body, projectFailure);
    return activityReply(context, backUp(context, safe));
  }),
  onEnvironment("GET", "/backups", "view", (context) =>
    jsonReply(
      200,
      made(context).map((backup) => backupJson(context, backup)),
    ),
  ),
  onEnvironment("GET", "/backups/:backup", "view", (context) =>
    jsonReply(200, backupJson(context, required(context))),
  ),
  onEnvironment("DELETE", "/backups/:backup", "backup", remove),
  onEnvironment("POST", "/backups/:backup/restore", "backup", restore),
];

function remove(context: InEnvironment): HttpReply {
  const { store, project, environment, actor } = context;
  const backup = required(context);
  environment.backups.splice(environment.backups.indexOf(backup), 1);
  return activityReply(
    context,
    startActivity(store, project, environment, actor, {
      type: "environment.backup.delete",
      deed: `deleted the backup <em>${backup.id}</em>`,
      payload: { backup_name: backup.id },
    }),
  );
}

/** The data of a backup are nothing that the sandbox has; the activity is all there is to see. */
function restore(context: InEnvironment): HttpReply {
  const { store, project, environment, actor } = context;
  requireActive(context);
  const backup = required(context);
  return activityReply(
    context,
    startActivity(store, project, environment, actor, {
      type: "environment.restore",
      deed: `restored the backup <em>${backup.id}</em>`,
      payload: { backup_name: backup.id },
    }),
  );
}

function required(context: InEnvironment): StoredBackup {
  const backup = made(context).find(({ id }) => id === context.call.param("backup"));
  if (backup === undefined) throw projectFailure(404, "The backup was not found.");
  return backup;
}

/** Newest first. */
function made({ store, environment }: InEnvironment): readonly StoredBackup[] {
  return environment.backups.filter(({ createdAt }) => createdAt <= store.now()).toReversed();
}

function backupJson({ project, environment, held }: InEnvironment, backup: StoredBackup) {
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
    _links: {
      self: { href },
      ...(mayOnEnvironment(held, environment.type, "backup")
        ? { "#delete": { href }, "#restore": { href: `${href}/restore` } }
        : {}),
    },
  };
}
