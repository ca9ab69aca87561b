import { json, problem, type Reply } from "../server/reply.ts";
import { type Route, type SignedIn, signedIn } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { holds } from "../state/project-access.ts";
import type { Organization, OrganizationPermission } from "../store.ts";
import { pageOf } from "./page.ts";

/** Organizations, as far as the way from a project to its console and its people needs them. */
export const organizationRoutes: readonly Route[] = [
  signedIn("GET", "/organizations", mine),
  signedIn("GET", "/organizations/:organization", (context) =>
    json(200, organizationJson(organizationFor(context))),
  ),
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
    capabilities: ["teams"],
    vendor: "upsun",
    status: "active",
    created_at: stamp(organization.createdAt),
    updated_at: stamp(organization.createdAt),
    _links: {
      self: { href: path },
      members: { href: `${path}/members` },
      projects: { href: `${path}/projects` },
      teams: { href: `/teams?filter[organization_id]=${organization.id}` },
    },
  };
}

function mine({ store, call, actor }: SignedIn): Reply {
  const found = [...store.organizations.values()].filter(({ members }) => members.has(actor.id));
  const page = pageOf(found, call.path, call.query);
  return json(200, {
    count: found.length,
    items: page.items.map(organizationJson),
    _links: page.links,
  });
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
export function organizationFor(
  { store, call, actor }: SignedIn,
  needed?: OrganizationPermission,
): Organization {
  const wanted = call.param("organization");
  const organization = [...store.organizations.values()].find(
    ({ id, name }) => id === wanted || `name=${name}` === wanted,
  );
  if (organization === undefined) throw problem(404, "The organization was not found.");
  const isAllowed =
    organization.members.has(actor.id) &&
    (needed === undefined || holds(store, organization.id, actor.id, needed));
  if (!isAllowed) throw problem(403, "You can't see this of the organization.");
  return organization;
}
