import * as v from "valibot";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InProject, onProject, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { permissions, type StoredPermission } from "../state/permissions.ts";
import { grantAccess } from "../state/project-access.ts";
import { referenceLinks, userLinks } from "../state/references.ts";
import type { Grant, StoredProject } from "../store.ts";
import { pageOf } from "./page.ts";

/** Who was given access to a project directly. */
export const userAccessRoutes: readonly Route[] = [
  onProject("GET", "/user-access", "view-access", list),
  onProject("POST", "/user-access", "manage-access", add),
  onProject("GET", "/user-access/:user", "view-access", (context) => {
    const { user, grant } = required(context);
    return jsonReply(200, accessJson(context.project, user, grant, context.managesAccess));
  }),
  onProject("PATCH", "/user-access/:user", "manage-access", update),
  onProject("DELETE", "/user-access/:user", "manage-access", remove),
];

function list({ store, project, call, managesAccess }: InProject): HttpReply {
  const page = pageOf([...project.grants], call.path, call.query);
  return jsonReply(200, {
    items: page.items.map(([user, grant]) => accessJson(project, user, grant, managesAccess)),
    _links: {
      ...page.links,
      ...userLinks(store, page.items),
      ...referenceLinks(store, "organizations", [project.organization]),
    },
  });
}

const addition = v.array(
  v.strictObject({
    user_id: v.string(),
    permissions: v.pipe(v.array(v.picklist(permissions)), v.nonEmpty()),
    auto_add_member: v.optional(v.boolean(), false),
  }),
);

/** For people of the organization, and with `auto_add_member` for any account; others are invited by their address. */
function add(context: InProject): HttpReply {
  const { store, project, call } = context;
  const members = store.organizations.get(project.organization)?.members;
  const wanted = checkBody(addition, call.body, problem);
  for (const { user_id: user, permissions: granted, auto_add_member: joins } of wanted) {
    if (!store.accounts.has(user)) throw problem(400, "There is no such user.");
    if (project.grants.has(user)) throw problem(409, "This user has access already.");
    if (members?.has(user) !== true && !joins) throw problem(400, "The user is not a member.");
    requireSound(granted);
  }
  for (const { user_id, permissions: granted } of wanted) {
    grantAccess(store, project, user_id, granted);
  }
  return noContent;
}

const change = v.strictObject({
  permissions: v.pipe(v.array(v.picklist(permissions)), v.nonEmpty()),
});

function update(context: InProject): HttpReply {
  const { user } = required(context);
  requireChangeable(context, user);
  const { permissions: granted } = checkBody(change, context.call.body, problem);
  requireSound(granted);
  grantAccess(context.store, context.project, user, granted);
  return noContent;
}

function remove(context: InProject): HttpReply {
  const { user } = required(context);
  requireChangeable(context, user);
  context.project.grants.delete(user);
  return noContent;
}

function required({ project, call }: InProject): { user: string; grant: Grant } {
  const user = call.param("user");
  const grant = project.grants.get(user);
  if (grant === undefined) throw problem(404, "The user has no access to this project.");
  return { user, grant };
}

/** The owner's access can be neither changed nor taken away. */
function requireChangeable({ store, project }: InProject, user: string): void {
  if (store.organizations.get(project.organization)?.owner === user) {
    throw problem(400, "The owner's access can't be changed.");
  }
}

/**
 * @throws Refusal with 400 when the permissions contradict each other: a project admin has no roles
 * on types, everybody else is viewer of the project and has one
 */
function requireSound(granted: readonly StoredPermission[]): void {
  const sound = granted.includes("admin") ? granted.length === 1 : granted.includes("viewer");
  if (sound) return;
  throw problem(400, "The permissions don't go together.", {
    permissions: ["either admin alone, or viewer and roles on environment types"],
  });
}

/** One person's access to one project; the links to change it are there for those who may. */
export function accessJson(
  project: StoredProject,
  user: string,
  grant: Grant,
  managesAccess: boolean,
) {
  const href = `/projects/${project.id}/user-access/${user}`;
  return {
    user_id: user,
    organization_id: project.organization,
    project_id: project.id,
    project_title: project.title,
    permissions: grant.permissions,
    granted_at: stamp(grant.grantedAt),
    updated_at: stamp(grant.updatedAt),
    _links: {
      self: { href },
      ...(managesAccess
        ? { update: { href, method: "PATCH" }, delete: { href, method: "DELETE" } }
        : {}),
    },
  };
}
