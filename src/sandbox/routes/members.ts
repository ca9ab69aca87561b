import * as v from "valibot";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { userLinks } from "../state/references.ts";
import { type Membership, type Organization, organizationPermissions } from "../store.ts";
import { organizationFor } from "./organizations.ts";
import { pageOf } from "./page.ts";

/** The people of an organization. */
export const memberRoutes: readonly Route[] = [
  signedInRoute("GET", "/organizations/:organization/members", list),
  signedInRoute("POST", "/organizations/:organization/members", add),
  signedInRoute("GET", "/organizations/:organization/members/:user", (context) => {
    const isSelf = context.call.param("user") === context.actor.id;
    const organization = organizationFor(context, isSelf ? undefined : "members");
    const { user, membership } = required(context, organization);
    return jsonReply(200, memberJson(organization, user, membership));
  }),
  signedInRoute("PATCH", "/organizations/:organization/members/:user", update),
  signedInRoute("DELETE", "/organizations/:organization/members/:user", remove),
];

function list(context: SignedIn): HttpReply {
  const { store, call } = context;
  const organization = organizationFor(context, "members");
  const page = pageOf([...organization.members], call.path, call.query);
  return jsonReply(200, {
    items: page.items.map(([user, membership]) => memberJson(organization, user, membership)),
    _links: {
      ...page.links,
      ...userLinks(store, page.items),
    },
  });
}

const permissions = v.optional(v.array(v.picklist(organizationPermissions)), []);

function add(context: SignedIn): HttpReply {
  const { store, call } = context;
  const organization = organizationFor(context, "members");
  const wanted = v.strictObject({ user_id: v.string(), permissions });
  const body = checkBody(wanted, call.body, problem);
  if (!store.accounts.has(body.user_id)) throw problem(400, "There is no such user.");
  if (organization.members.has(body.user_id)) throw problem(409, "The user is a member already.");
  const membership = { permissions: body.permissions, since: store.now() };
  organization.members.set(body.user_id, membership);
  return jsonReply(201, memberJson(organization, body.user_id, membership));
}

function update(context: SignedIn): HttpReply {
  const organization = organizationFor(context, "members");
  const { user, membership } = changeable(context, organization);
  const body = checkBody(v.strictObject({ permissions }), context.call.body, problem);
  const changed = { ...membership, permissions: body.permissions };
  organization.members.set(user, changed);
  return jsonReply(200, memberJson(organization, user, changed));
}

/** With the membership go the teams and the projects of the organization. */
function remove(context: SignedIn): HttpReply {
  const { store } = context;
  const organization = organizationFor(context, "members");
  const { user } = changeable(context, organization);
  organization.members.delete(user);
  for (const team of store.teams.values()) {
    if (team.organization === organization.id) team.members.delete(user);
  }
  for (const project of store.projects.values()) {
    if (project.organization === organization.id) project.grants.delete(user);
  }
  return noContent;
}

function required({ call }: SignedIn, organization: Organization) {
  const user = call.param("user");
  const membership = organization.members.get(user);
  if (membership === undefined) throw problem(404, "The user is not a member.");
  return { user, membership };
}

/** The owner can be neither changed nor removed. */
function changeable(context: SignedIn, organization: Organization) {
  const found = required(context, organization);
  if (found.user === organization.owner) throw problem(400, "The owner can't be changed.");
  return found;
}

function memberJson(organization: Organization, user: string, membership: Membership) {
  const owner = organization.owner === user;
  const href = `/organizations/${organization.id}/members/${user}`;
  return {
    id: user,
    user_id: user,
    organization_id: organization.id,
    permissions: membership.permissions,
    level: owner || membership.permissions.includes("admin") ? "admin" : "viewer",
    owner,
    created_at: stamp(membership.since),
    updated_at: stamp(membership.since),
    _links: {
      self: { href },
      ...(owner ? {} : { update: { href, method: "PATCH" }, delete: { href, method: "DELETE" } }),
    },
  };
}
