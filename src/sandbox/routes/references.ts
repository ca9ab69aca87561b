import { jsonReply, problem } from "../server/reply.ts";
import { type Route, signedInRoute } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { isSigned, type ReferenceKind } from "../state/references.ts";
import type { Account, Organization, Store, StoredProject } from "../store.ts";
import { teamReference } from "./teams.ts";

/** The signed addresses that resolve ids: an object by id, null for what is not there any more. */
export const referenceRoutes: readonly Route[] = [
  references("users", (store, id) => userReference(store.accounts.get(id))),
  references("projects", (store, id) => projectReference(store.projects.get(id))),
  references("teams", (store, id) => {
    const team = store.teams.get(id);
    return team === undefined ? null : teamReference(team);
  }),
  references("organizations", (store, id) => organizationReference(store.organizations.get(id))),
];

function references(kind: ReferenceKind, resolve: (store: Store, id: string) => unknown): Route {
  return signedInRoute("GET", `/ref/${kind}`, ({ store, call }) => {
    const list = call.query.get("in") ?? "";
    if (!isSigned(store, kind, list, call.query.get("sig") ?? "")) {
      throw problem(400, "The signature does not fit the list.");
    }
    return jsonReply(
      200,
      Object.fromEntries(list.split(",").map((id) => [id, resolve(store, id)])),
    );
  });
}

function userReference(account: Account | undefined) {
  if (account === undefined) return null;
  return {
    id: account.id,
    username: account.username,
    email: account.email,
    first_name: account.firstName,
    last_name: account.lastName,
    picture: "",
    mfa_enabled: false,
    sso_enabled: false,
  };
}

function projectReference(project: StoredProject | undefined) {
  if (project === undefined) return null;
  return {
    id: project.id,
    organization_id: project.organization,
    subscription_id: project.id,
    region: project.region,
    title: project.title,
    type: "grid",
    plan: "standard",
    agency_site: false,
    support_tier: "standard",
    vendor: project.vendor,
    status: project.suspended ? "suspended" : "active",
    created_at: stamp(project.createdAt),
    updated_at: stamp(project.createdAt),
  };
}

function organizationReference(organization: Organization | undefined) {
  if (organization === undefined) return null;
  return {
    id: organization.id,
    type: "fixed",
    owner_id: organization.owner,
    name: organization.name,
    label: organization.label,
    vendor: "upsun",
    created_at: stamp(organization.createdAt),
    updated_at: stamp(organization.createdAt),
  };
}
