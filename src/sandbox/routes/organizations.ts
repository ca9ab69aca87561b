import * as v from "valibot";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import { stamp, ulid } from "../state/identifiers.ts";
import { holds } from "../state/project-access.ts";
import type { Organization, OrganizationPermission, Store } from "../store.ts";
import { pageOf } from "./page.ts";

/** Organizations, as far as the way from a project to its console and its people needs them. */
export const organizationRoutes: readonly Route[] = [
  signedInRoute("GET", "/organizations", mine),
  signedInRoute("POST", "/organizations", create),
  signedInRoute("PATCH", "/organizations/:organization", update),
  signedInRoute("DELETE", "/organizations/:organization", remove),
  signedInRoute("GET", "/organizations/:organization/address", (context) => {
    const { id } = organizationFor(context, "billing");
    return jsonReply(200, { ...emptyAddress, ...selfLink(id, "address") });
  }),
  signedInRoute("GET", "/organizations/:organization/profile", (context) => {
    const { store } = context;
    const { id, owner, label } = organizationFor(context, "billing");
    const email = store.accounts.get(owner)?.email ?? "";
    return jsonReply(200, {
      ...emptyProfile,
      id,
      company_name: label,
      email,
      ...selfLink(id, "profile"),
    });
  }),
  signedInRoute("GET", "/organizations/:organization", (context) =>
    jsonReply(200, organizationJson(organizationFor(context))),
  ),
  signedInRoute("GET", "/organizations/:organization/projects", projects),
];

/** An organization as the API has it. */
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
      subscriptions: { href: `${path}/subscriptions` },
      "create-subscription": { href: `${path}/subscriptions` },
      address: { href: `${path}/address` },
      profile: { href: `${path}/profile` },
      update: { href: path, method: "PATCH" },
      delete: { href: path, method: "DELETE" },
      teams: { href: `/teams?filter[organization_id]=${organization.id}` },
    },
  };
}

/** As they are before anybody fills them in. */
const emptyAddress = {
  country: "",
  name_line: "",
  premise: "",
  sub_premise: "",
  thoroughfare: "",
  administrative_area: "",
  sub_administrative_area: "",
  locality: "",
  dependent_locality: "",
  postal_code: "",
};
const emptyProfile = {
  default_catalog: "",
  project_options_url: "",
  currency: "EUR",
  vat_number: "",
  billing_contact: "",
  security_contact: "",
};

function selfLink(organization: string, below: string) {
  return { _links: { self: { href: `/organizations/${organization}/${below}` } } };
}

const slug = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, "A name has small letters, digits and hyphens."),
);
const fields = { name: slug, label: v.pipe(v.string(), v.nonEmpty()) };

function create({ store, call, actor }: SignedIn): HttpReply {
  const wanted = v.object({ ...fields, name: v.optional(slug) });
  const { label, name = "" } = checkBody(wanted, call.body, problem);
  requireFree(store, name);
  const now = store.now();
  const organization: Organization = {
    id: ulid(),
    name,
    label,
    owner: actor.id,
    members: new Map([[actor.id, { permissions: ["admin"], since: now }]]),
    invitations: new Map(),
    createdAt: now,
  };
  store.organizations.set(organization.id, organization);
  return jsonReply(201, organizationJson(organization));
}

function update(context: SignedIn): HttpReply {
  const organization = organizationFor(context, "admin");
  const changes = checkBody(v.partial(v.object(fields)), context.call.body, problem);
  if (changes.name !== undefined && changes.name !== organization.name) {
    requireFree(context.store, changes.name);
  }
  organization.name = changes.name ?? organization.name;
  organization.label = changes.label ?? organization.label;
  return jsonReply(200, organizationJson(organization));
}

function remove(context: SignedIn): HttpReply {
  const { store } = context;
  const { id } = organizationFor(context, "admin");
  if ([...store.projects.values()].some(({ organization }) => organization === id)) {
    throw problem(400, "The organization still has projects.");
  }
  store.organizations.delete(id);
  return noContent;
}

function requireFree(store: Store, name: string): void {
  if ([...store.organizations.values()].some((one) => one.name === name)) {
    throw problem(409, `There is an organization ${name} already.`);
  }
}

function mine({ store, call, actor }: SignedIn): HttpReply {
  const found = [...store.organizations.values()].filter(({ members }) => members.has(actor.id));
  const page = pageOf(found, call.path, call.query);
  return jsonReply(200, {
    count: found.length,
    items: page.items.map(organizationJson),
    _links: page.links,
  });
}

function projects(context: SignedIn): HttpReply {
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
  return jsonReply(200, { items: page.items, _links: page.links });
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
