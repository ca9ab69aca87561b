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
import { type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import { accountByEmail } from "../state/accounts.ts";
import { stamp } from "../state/identifiers.ts";
import {
  type Organization,
  type OrganizationInvitation,
  organizationPermissions,
} from "../store.ts";
import { organizationFor } from "./organizations.ts";

/** Invitations to an organization, by address, with the same states as those to a project. */
export const organizationInvitationRoutes: readonly Route[] = [
  signedInRoute("POST", "/organizations/:organization/invitations", create),
  signedInRoute("GET", "/organizations/:organization/invitations", list),
  signedInRoute("DELETE", "/organizations/:organization/invitations/:invitation", cancel),
];

/** Here the permission to create projects is `project:create`, in the list of members `projects:create`. */
const permission = v.pipe(
  v.picklist([...organizationPermissions, "project:create"]),
  v.transform((name) => (name === "project:create" ? "projects:create" : name)),
);

const request = v.strictObject({
  email: v.pipe(v.string(), v.trim(), v.email("This is not an e-mail address.")),
  permissions: v.optional(v.array(permission), []),
  force: v.optional(v.boolean(), false),
});

/** A pending invitation of the same address is in the way, unless `force` replaces it; who has an account is in at once. */
function create(context: SignedIn): HttpReply {
  const { store, call, actor } = context;
  const organization = organizationFor(context, "members");
  const { email, permissions, force } = checkBody(request, call.body, problem);
  const account = accountByEmail(store, email);
  if (account !== undefined && organization.members.has(account.id)) {
    throw problem(400, "This user is a member of the organization already.");
  }
  const pending = [...organization.invitations.values()].find(
    (earlier) => earlier.state === "pending" && earlier.email.toLowerCase() === email.toLowerCase(),
  );
  if (pending !== undefined && !force) {
    throw problem(409, "There is a pending invitation for this address.");
  }
  const now = store.now();
  if (pending !== undefined) Object.assign(pending, { state: "cancelled", finishedAt: now });
  const invitation: OrganizationInvitation = {
    id: randomUUID(),
    email,
    permissions,
    owner: actor.id,
    createdAt: now,
    state: "pending",
  };
  organization.invitations.set(invitation.id, invitation);
  if (account !== undefined) {
    organization.members.set(account.id, { permissions, since: now });
    Object.assign(invitation, { state: "accepted", finishedAt: now });
  }
  return jsonReply(201, invitationJson(context, organization, invitation));
}

/** A plain array; the pending ones when `filter[state]` says nothing else. */
function list(context: SignedIn): HttpReply {
  const organization = organizationFor(context, "members");
  const state = context.call.query.get("filter[state]") ?? "pending";
  const found = [...organization.invitations.values()].filter((one) => one.state === state);
  return jsonReply(
    200,
    found.map((invitation) => invitationJson(context, organization, invitation)),
  );
}

function cancel(context: SignedIn): HttpReply {
  const organization = organizationFor(context, "members");
  const invitation = organization.invitations.get(context.call.param("invitation"));
  if (invitation?.state !== "pending") return missingWithoutBody;
  Object.assign(invitation, { state: "cancelled", finishedAt: context.store.now() });
  return noContent;
}

function invitationJson(
  { store }: SignedIn,
  organization: Organization,
  invitation: OrganizationInvitation,
) {
  const owner = store.accounts.get(invitation.owner);
  return {
    id: invitation.id,
    state: invitation.state,
    organization_id: organization.id,
    email: invitation.email,
    owner: { id: invitation.owner, display_name: `${owner?.firstName} ${owner?.lastName}` },
    created_at: stamp(invitation.createdAt),
    updated_at: stamp(invitation.finishedAt ?? invitation.createdAt),
    finished_at: invitation.finishedAt === undefined ? null : stamp(invitation.finishedAt),
    permissions: invitation.permissions.map((name) =>
      name === "projects:create" ? "project:create" : name,
    ),
  };
}
