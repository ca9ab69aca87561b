import { type HttpReply, jsonReply, missingWithoutBody, problem } from "../server/reply.ts";
import { openRoute, type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import { accountByEmail } from "../state/accounts.ts";
import { stamp } from "../state/identifiers.ts";
import { holds, permissionsOn } from "../state/project-access.ts";
import { referenceLinks } from "../state/references.ts";
import type { Account, Store, StoredProject } from "../store.ts";
import { organizationJson } from "./organizations.ts";
import { pageOf } from "./page.ts";
import { sshKeyJson } from "./ssh-keys.ts";
import { accessJson } from "./user-access.ts";

/** Accounts, and what an account can reach. */
export const userRoutes: readonly Route[] = [
  signedInRoute("GET", "/users/me", ({ actor }) => jsonReply(200, userJson(actor))),
  signedInRoute("GET", "/users/:user", someone),
  signedInRoute("GET", "/users/:user/extended-access", extendedAccess),
  signedInRoute("GET", "/users/:user/project-access", projectAccess),
  signedInRoute("GET", "/users/:user/project-access/:project", (context) => {
    requireSelf(context.call.param("user"), context.actor);
    const project = context.store.projects.get(context.call.param("project"));
    const grant = project?.grants.get(context.actor.id);
    if (project === undefined || grant === undefined) throw problem(404, "There is no access.");
    return jsonReply(200, accessJson(project, context.actor.id, grant, false));
  }),
  signedInRoute("GET", "/users/:user/organizations", organizations),
  signedInRoute("GET", "/me", legacyMe),
  openRoute("POST", "/me/verification", () => jsonReply(200, { state: false, type: "" })),
];

function userJson(account: Account) {
  return {
    id: account.id,
    deactivated: false,
    namespace: "platformsh",
    username: account.username,
    email: account.email,
    email_verified: true,
    first_name: account.firstName,
    last_name: account.lastName,
    picture: "",
    company: "",
    website: "",
    country: "",
    created_at: stamp(account.createdAt),
    updated_at: stamp(account.createdAt),
    phone_number_verified: true,
    mfa_enabled: false,
    sso_enabled: false,
  };
}

/** `/users/ID`, `/users/email=ADDRESS`, `/users/username=NAME`; only people one shares a project with. */
function someone({ store, call, actor }: SignedIn): HttpReply {
  const wanted = call.param("user");
  const account = wanted.startsWith("email=")
    ? accountByEmail(store, wanted.slice("email=".length))
    : [...store.accounts.values()].find(
        ({ id, username }) => id === wanted || `username=${username}` === wanted,
      );
  if (account === undefined) return missingWithoutBody;
  if (!acquainted(store, actor, account)) throw problem(403, "You can't see this user.");
  return jsonReply(200, userJson(account));
}

function acquainted(store: Store, one: Account, other: Account): boolean {
  return (
    one.id === other.id ||
    [...store.projects.values()].some((project) =>
      [one, other].every(({ id }) => permissionsOn(store, project, id).length > 0),
    )
  );
}

/**
 * Everything the account can reach, whatever gives it access; other people's is for who manages the members of the
 * organization that is asked about. The official CLI reads one page only: without a size there is just one.
 */
function extendedAccess({ store, call, actor }: SignedIn): HttpReply {
  const type = call.query.get("filter[resource_type]");
  const organization = call.query.get("filter[organization_id]");
  const user = call.param("user");
  const other = user === actor.id ? actor : store.accounts.get(user);
  const manages = organization !== null && holds(store, organization, actor.id, "members");
  if (other === undefined || !(other === actor || manages)) {
    throw problem(403, "You can only ask this about yourself, or in an organization you manage.");
  }
  const found = reachable(store, other)
    .filter((one) => type === null || one.type === type)
    .filter((one) => organization === null || one.organization === organization);
  const page = call.query.has("page[size]")
    ? pageOf(found, call.path, call.query)
    : { items: found, links: { self: { href: call.path } } };
  const projects = page.items.filter((one) => one.type === "project");
  return jsonReply(200, {
    items: page.items.map((one) => accessOf(one, other)),
    _links: {
      ...page.links,
      ...referenceLinks(
        store,
        "projects",
        projects.map(({ id }) => id),
      ),
      ...referenceLinks(
        store,
        "organizations",
        page.items.map((one) => one.organization),
      ),
    },
  });
}

type Reachable = {
  readonly id: string;
  readonly organization: string;
  readonly permissions: readonly string[];
} & (
  | { readonly type: "project"; readonly project: StoredProject }
  | { readonly type: "organization"; readonly since: number }
);

/** Projects first, then organizations. What the rows of one page don't need is left for later. */
function reachable(store: Store, { id: account }: Account): readonly Reachable[] {
  const found: Reachable[] = [];
  for (const project of store.projects.values()) {
    const { id, organization } = project;
    const permissions = permissionsOn(store, project, account);
    if (permissions.length > 0) {
      found.push({ type: "project", id, organization, permissions, project });
    }
  }
  for (const { organization, membership } of membershipsOf(store, account)) {
    const { permissions, since } = membership;
    const { id } = organization;
    found.push({ type: "organization", id, organization: id, permissions, since });
  }
  return found;
}

function accessOf(one: Reachable, { id: account }: Account) {
  const grant = one.type === "project" ? one.project.grants.get(account) : undefined;
  const since = one.type === "project" ? one.project.createdAt : one.since;
  return {
    user_id: account,
    resource_id: one.id,
    resource_type: one.type,
    organization_id: one.organization,
    permissions: one.permissions,
    granted_at: stamp(grant?.grantedAt ?? since),
    updated_at: stamp(grant?.updatedAt ?? since),
  };
}

/** What was granted to the account directly, without what an organization gives it. */
function projectAccess({ store, call, actor }: SignedIn): HttpReply {
  requireSelf(call.param("user"), actor);
  const rows = [...store.projects.values()].flatMap((project) => {
    const grant = project.grants.get(actor.id);
    return grant === undefined ? [] : [accessJson(project, actor.id, grant, false)];
  });
  const page = pageOf(rows, call.path, call.query);
  return jsonReply(200, { items: page.items, _links: page.links });
}

function organizations({ store, call, actor }: SignedIn): HttpReply {
  requireSelf(call.param("user"), actor);
  const rows = membershipsOf(store, actor.id).map(({ organization }) =>
    organizationJson(organization),
  );
  const page = pageOf(rows, call.path, call.query);
  const owners = page.items.map((organization) => organization.owner_id);
  return jsonReply(200, {
    items: page.items,
    _links: { ...page.links, ...referenceLinks(store, "users", owners) },
  });
}

/** The older description of oneself, where the SSH keys are; accounts in the sandbox have none. */
function legacyMe({ store, actor }: SignedIn): HttpReply {
  const projects = [...store.projects.values()].filter(
    (project) => permissionsOn(store, project, actor.id).length > 0,
  );
  return jsonReply(200, {
    id: actor.id,
    uuid: actor.id,
    username: actor.username,
    display_name: `${actor.firstName} ${actor.lastName}`,
    status: 1,
    mail: actor.email,
    ssh_keys: actor.sshKeys.map(sshKeyJson),
    has_key: actor.sshKeys.length > 0,
    projects: projects.map((project) => ({
      id: project.id,
      name: project.id,
      title: project.title,
      region: project.region,
      endpoint: `https://${project.region}/api/projects/${project.id}`,
      status: project.suspended ? "suspended" : "active",
    })),
    roles: [],
    picture: "",
  });
}

function membershipsOf(store: Store, account: string) {
  return [...store.organizations.values()].flatMap((organization) => {
    const membership = organization.members.get(account);
    return membership === undefined ? [] : [{ organization, membership }];
  });
}

function requireSelf(user: string, actor: Account): void {
  if (user !== actor.id) throw problem(403, "You can only ask this about yourself.");
}
