import * as v from "valibot";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import { stamp, ulid } from "../state/identifiers.ts";
import { permissions } from "../state/permissions.ts";
import { holds } from "../state/project-access.ts";
import { referenceLinks, userLinks } from "../state/references.ts";
import type { Team } from "../store.ts";
import { pageOf } from "./page.ts";

/** The teams of organizations: members see them, who manages members changes them. */
export const teamRoutes: readonly Route[] = [
  signedInRoute("GET", "/teams", list),
  signedInRoute("POST", "/teams", create),
  signedInRoute("GET", "/teams/:team", (context) => jsonReply(200, teamJson(visible(context)))),
  signedInRoute("PATCH", "/teams/:team", (context) => {
    const team = managedTeam(context);
    const { label, project_permissions } = checkBody(v.partial(fields), context.call.body, problem);
    team.label = label ?? team.label;
    team.permissions = project_permissions ?? team.permissions;
    return noContent;
  }),
  signedInRoute("DELETE", "/teams/:team", (context) => {
    context.store.teams.delete(managedTeam(context).id);
    return noContent;
  }),
  signedInRoute("GET", "/teams/:team/members", members),
  signedInRoute("POST", "/teams/:team/members", addMember),
  signedInRoute("GET", "/teams/:team/members/:user", (context) => {
    const team = visible(context);
    const user = context.call.param("user");
    const since = team.members.get(user);
    if (since === undefined) throw problem(404, "The user is not in the team.");
    const member = memberJson(team, user, since);
    const references = referenceLinks(context.store, "users", [user]);
    return jsonReply(200, { ...member, _links: { ...member._links, ...references } });
  }),
  signedInRoute("DELETE", "/teams/:team/members/:user", (context) => {
    const isGone = managedTeam(context).members.delete(context.call.param("user"));
    if (!isGone) throw problem(404, "The user is not in the team.");
    return noContent;
  }),
];

/** A team with its links, from which the official CLI finds its people and its projects. */
function teamJson(team: Team) {
  const href = `/teams/${team.id}`;
  const links = {
    self: { href },
    update: { href, method: "PATCH" },
    delete: { href, method: "DELETE" },
    members: { href: `${href}/members` },
    "project-access": { href: `${href}/project-access` },
  };
  return { ...teamReference(team), _links: links };
}

/** A team as other lists refer to it. */
export function teamReference(team: Team) {
  return {
    id: team.id,
    organization_id: team.organization,
    label: team.label,
    project_permissions: team.permissions,
    counts: { member_count: team.members.size, project_count: team.projects.size },
    created_at: stamp(team.createdAt),
    updated_at: stamp(team.createdAt),
  };
}

const fields = v.strictObject({
  label: v.pipe(v.string(), v.nonEmpty()),
  project_permissions: v.array(v.picklist(permissions)),
});

function list({ store, call, actor }: SignedIn): HttpReply {
  const organization = call.query.get("filter[organization_id]");
  const found = [...store.teams.values()]
    .filter((team) => organization === null || team.organization === organization)
    .filter((team) => store.organizations.get(team.organization)?.members.has(actor.id));
  const page = pageOf(found, call.path, call.query);
  return jsonReply(200, { items: page.items.map(teamJson), _links: page.links });
}

function create({ store, call, actor }: SignedIn): HttpReply {
  const wanted = v.strictObject({
    ...fields.entries,
    project_permissions: v.optional(fields.entries.project_permissions, []),
    organization_id: v.string(),
  });
  const body = checkBody(wanted, call.body, problem);
  if (!holds(store, body.organization_id, actor.id, "members")) {
    throw problem(403, "You can't make teams in this organization.");
  }
  const isTaken = [...store.teams.values()].some(
    ({ organization, label }) => organization === body.organization_id && label === body.label,
  );
  if (isTaken) throw problem(409, "There is a team with this name.");
  const team: Team = {
    id: ulid(),
    organization: body.organization_id,
    label: body.label,
    permissions: body.project_permissions,
    members: new Map(),
    projects: new Map(),
    createdAt: store.now(),
  };
  store.teams.set(team.id, team);
  return jsonReply(201, teamJson(team));
}

function members(context: SignedIn): HttpReply {
  const { store, call } = context;
  const team = visible(context);
  const page = pageOf([...team.members], call.path, call.query);
  return jsonReply(200, {
    items: page.items.map(([user, since]) => memberJson(team, user, since)),
    _links: {
      ...page.links,
      ...userLinks(store, page.items),
    },
  });
}

/** Only people of the organization can be in its teams. */
function addMember(context: SignedIn): HttpReply {
  const { store, call } = context;
  const team = managedTeam(context);
  const { user_id: user } = checkBody(v.strictObject({ user_id: v.string() }), call.body, problem);
  if (store.organizations.get(team.organization)?.members.has(user) !== true) {
    throw problem(400, "The user is not a member of the organization.");
  }
  if (team.members.has(user)) throw problem(409, "The user is in the team already.");
  const since = store.now();
  team.members.set(user, since);
  return jsonReply(201, memberJson(team, user, since));
}

function memberJson(team: Team, user: string, since: number) {
  return {
    team_id: team.id,
    user_id: user,
    created_at: stamp(since),
    updated_at: stamp(since),
    _links: { self: { href: `/teams/${team.id}/members/${user}` } },
  };
}

/** The team of the path, for people of its organization. */
export function visible({ store, call, actor }: SignedIn): Team {
  const team = store.teams.get(call.param("team"));
  const isMember = store.organizations.get(team?.organization ?? "")?.members.has(actor.id);
  if (team === undefined || !isMember) throw problem(404, "The team was not found.");
  return team;
}

/** The team of the path, for those who manage the members of its organization. */
export function managedTeam(context: SignedIn): Team {
  const team = visible(context);
  if (!holds(context.store, team.organization, context.actor.id, "members")) {
    throw problem(403, "You can't change this team.");
  }
  return team;
}
