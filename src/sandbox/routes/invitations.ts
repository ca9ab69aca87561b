import { randomUUID } from "node:crypto";
import * as v from "valibot";
import {
  type HttpReply,
  jsonReply,
  missingWithoutBody,
  noContent,
  problem,
} from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InProject, onProject, type Route } from "../server/route.ts";
import { accountByEmail } from "../state/accounts.ts";
import { stamp } from "../state/identifiers.ts";
import { type StoredPermission, storedEnvironmentTypes, typeRoles } from "../state/permissions.ts";
import { grantAccess, hasRoom } from "../state/project-access.ts";
import type { StoredInvitation } from "../store.ts";

/** Invitations to a project, by address: the person need not have an account yet. */
export const invitationRoutes: readonly Route[] = [
  onProject("POST", "/invitations", "manage-access", create),
  onProject("GET", "/invitations", "manage-access", list),
  onProject("DELETE", "/invitations/:invitation", "manage-access", cancel),
];

const request = v.strictObject({
  email: v.pipe(v.string(), v.trim(), v.email("This is not an e-mail address.")),
  role: v.optional(v.nullable(v.picklist(["admin", "viewer"])), null),
  permissions: v.optional(
    v.array(
      v.strictObject({ type: v.picklist(storedEnvironmentTypes), role: v.picklist(typeRoles) }),
    ),
    [],
  ),
  environments: v.optional(v.array(v.unknown()), []),
  force: v.optional(v.boolean(), false),
});

/**
 * A pending invitation of the same address is in the way, unless `force` replaces it. Someone who has
 * an account gets the access at once, and the invitation comes back accepted.
 */
function create(context: InProject): HttpReply {
  const { store, project, actor, call } = context;
  const { email, role, permissions, force } = checkBody(request, call.body, problem);
  const account = accountByEmail(store, email);
  if (account !== undefined && project.grants.has(account.id)) {
    throw problem(400, "This user has access to the project already.");
  }
  const pending = [...project.invitations.values()].find(
    (earlier) => earlier.state === "pending" && earlier.email.toLowerCase() === email.toLowerCase(),
  );
  if (pending !== undefined && !force) {
    throw problem(409, "There is a pending invitation for this address.");
  }
  if (pending !== undefined) finish(pending, "cancelled", store.now());
  if (!hasRoom(project)) throw problem(402, "The project's plan has no license for another user.");
  const granted: readonly StoredPermission[] =
    role === "admin"
      ? ["admin"]
      : ["viewer", ...permissions.map(({ type, role }): StoredPermission => `${type}:${role}`)];
  const invitation: StoredInvitation = {
    id: randomUUID(),
    email,
    permissions: granted,
    owner: actor.id,
    createdAt: store.now(),
    state: "pending",
  };
  project.invitations.set(invitation.id, invitation);
  if (account !== undefined) {
    grantAccess(store, project, account.id, granted);
    finish(invitation, "accepted", store.now());
  }
  return jsonReply(201, invitationJson(context, invitation));
}

/** A plain array; the pending ones when `filter[state]` says nothing else. */
function list(context: InProject): HttpReply {
  const state = context.call.query.get("filter[state]") ?? "pending";
  const found = [...context.project.invitations.values()].filter(
    (invitation) => invitation.state === state,
  );
  return jsonReply(
    200,
    found.map((invitation) => invitationJson(context, invitation)),
  );
}

function cancel({ store, project, call }: InProject): HttpReply {
  const invitation = project.invitations.get(call.param("invitation"));
  if (invitation?.state !== "pending") return missingWithoutBody;
  finish(invitation, "cancelled", store.now());
  return noContent;
}

function finish(invitation: StoredInvitation, state: "accepted" | "cancelled", at: number): void {
  invitation.state = state;
  invitation.finishedAt = at;
}

function invitationJson({ store, project }: InProject, invitation: StoredInvitation) {
  const owner = store.accounts.get(invitation.owner);
  return {
    id: invitation.id,
    state: invitation.state,
    project_id: project.id,
    role: invitation.permissions.includes("admin") ? "admin" : "viewer",
    email: invitation.email,
    owner: { id: invitation.owner, display_name: `${owner?.firstName} ${owner?.lastName}` },
    created_at: stamp(invitation.createdAt),
    updated_at: stamp(invitation.finishedAt ?? invitation.createdAt),
    finished_at: invitation.finishedAt === undefined ? null : stamp(invitation.finishedAt),
    environments: [],
    permissions: invitation.permissions.flatMap((permission) => {
      const [type, role] = permission.split(":");
      return role === undefined ? [] : { type, role };
    }),
  };
}
