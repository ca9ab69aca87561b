import { stamp } from "../identifiers.ts";
import { pageOf } from "../page.ts";
import { referenceLinks } from "../references.ts";
import { json, problem, type Reply } from "../reply.ts";
import { type Route, type SignedIn, signedIn } from "../route.ts";
import type { Account, Membership, Organization, OrganizationPermission } from "../store.ts";

/** Organizations, as far as the way from a project to its console and its people needs them. */
export const organizationRoutes: readonly Route[] = [
  signedIn("GET", "/organizations/:organization", (context) =>
    json(200, organizationJson(organizationFor(context))),
  ),
  signedIn("GET", "/organizations/:organization/members", members),
  signedIn("GET", "/organizations/:organization/members/:user", member),
  signedIn("GET", "/organizations/:organization/projects", projects),
];

export function organizationJson(organization: Organization) {
  const path = `/organizations/${organization.id}`;
  return {
    id: organization.id,
    type: "fixed",
    owner_id: organization.owner,
    namespace: "platformsh",
    name: organization.name,
    label: organization.label,
    country: "",
    capabilities: [],
    vendor: "upsun",
    status: "active",
    created_at: stamp(organization.createdAt),
    updated_at: stamp(organization.createdAt),
    _links: {
      self: { href: path },
      members: { href: `${path}/members` },
      projects: { href: `${path}/projects` },
    },
  };
}

function members(context: SignedIn): Reply {
  const { store, call } = context;
  const organization = organizationFor(context, "members");
  const page = pageOf([...organization.members], call.path, call.query);
  return json(200, {
    items: page.items.map(([user, membership]) => memberJson(organization, user, membership)),
    _links: {
      ...page.links,
      ...referenceLinks(
        store,
        "users",
        page.items.map(([user]) => user),
      ),
    },
  });
}

function member(context: SignedIn): Reply {
  const user = context.call.param("user");
  const self = user === context.actor.id;
  const organization = organizationFor(context, self ? undefined : "members");
  const membership = organization.members.get(user);
  if (membership === undefined) throw problem(404, "The user is not a member.");
  return json(200, memberJson(organization, user, membership));
}

function memberJson(organization: Organization, user: string, membership: Membership) {
  const owner = organization.owner === user;
  return {
    id: user,
    user_id: user,
    organization_id: organization.id,
    permissions: membership.permissions,
    level: owner || membership.permissions.includes("admin") ? "admin" : "viewer",
    owner,
    created_at: stamp(membership.since),
    updated_at: stamp(membership.since),
    _links: { self: { href: `/organizations/${organization.id}/members/${user}` } },
  };
}

function projects(context: SignedIn): Reply {
  const { store, call } = context;
  const organization = organizationFor(context, "projects:list");
  const rows = [...store.projects.values()]
    .filter((project) => project.organization === organization.id)
    .map((project) => ({
      id: project.id,
      organization_id: organization.id,
      subscription_id: project.id,
      vendor: project.vendor,
      region: project.region,
      title: project.title,
      type: "grid",
      plan: "standard",
      timezone: project.timezone,
      default_branch: project.defaultBranch,
      status: project.suspended ? "suspended" : "active",
      created_at: stamp(project.createdAt),
      updated_at: stamp(project.createdAt),
      _links: { self: { href: `/organizations/${organization.id}/projects/${project.id}` } },
    }));
  const page = pageOf(rows, call.path, call.query);
  return json(200, { items: page.items, _links: page.links });
}

/**
 * The organization of the path, by id or as `name=NAME`. Members see it; its lists take the permission
 * that goes with them, or ownership.
 */
function organizationFor(context: SignedIn, needed?: OrganizationPermission): Organization {
  const wanted = context.call.param("organization");
  const organization = [...context.store.organizations.values()].find(
    ({ id, name }) => id === wanted || `name=${name}` === wanted,
  );
  if (organization === undefined) throw problem(404, "The organization was not found.");
  if (!allowed(organization, context.actor, needed)) {
    throw problem(403, "You can't see this of the organization.");
  }
  return organization;
}

function allowed(
  organization: Organization,
  { id }: Account,
  needed: OrganizationPermission | undefined,
): boolean {
  const membership = organization.members.get(id);
  if (membership === undefined) return false;
  if (organization.owner === id || needed === undefined) return true;
  return membership.permissions.includes("admin") || membership.permissions.includes(needed);
}
