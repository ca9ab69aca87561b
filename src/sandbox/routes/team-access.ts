import * as v from "valibot";
import { type HttpReply, jsonReply, noContent, problem } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import {
  type InProject,
  onProject,
  type Route,
  type SignedIn,
  signedInRoute,
} from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import { referenceLinks } from "../state/references.ts";
import type { Store, StoredProject, Team } from "../store.ts";
import { pageOf } from "./page.ts";
import { managedTeam, visible } from "./teams.ts";

/** Which teams have access to a project; the people in them are in no list of users. */
export const teamAccessRoutes: readonly Route[] = [
  onProject("GET", "/team-access", "view-access", list),
  onProject("POST", "/team-access", "manage-access", add),
  onProject("GET", "/team-access/:team", "view-access", (context) =>
    jsonReply(200, rowOf(context, required(context))),
  ),
  onProject("DELETE", "/team-access/:team", "manage-access", (context) => {
    required(context).projects.delete(context.project.id);
    return noContent;
  }),
  signedInRoute("GET", "/teams/:team/project-access", projectsOf),
  signedInRoute("POST", "/teams/:team/project-access", addProjects),
  signedInRoute("GET", "/teams/:team/project-access/:project", (context) => {
    const team = visible(context);
    return jsonReply(200, rowOf({ project: given(context, team), managesAccess: false }, team));
  }),
  signedInRoute("DELETE", "/teams/:team/project-access/:project", (context) => {
    const team = managedTeam(context);
    team.projects.delete(given(context, team).id);
    return noContent;
  }),
];

function list(context: InProject): HttpReply {
  const { store, project, call } = context;
  const page = pageOf(teamsOn(store, project), call.path, call.query);
  const ids = page.items.map(({ id }) => id);
  return jsonReply(200, {
    items: page.items.map((team) => rowOf(context, team)),
    _links: {
      ...page.links,
      ...referenceLinks(store, "teams", ids),
      ...referenceLinks(store, "organizations", [project.organization]),
    },
  });
}

/** Teams of the project's own organization. */
function add({ store, project, call }: InProject): HttpReply {
  const wanted = checkBody(v.array(v.strictObject({ team_id: v.string() })), call.body, problem);
  const teams = wanted.map(({ team_id }) => {
    const team = store.teams.get(team_id);
    if (team?.organization !== project.organization) throw problem(400, "There is no such team.");
    return team;
  });
  for (const team of teams) team.projects.set(project.id, store.now());
  return noContent;
}

/** Projects of the team's own organization; the official CLI gives them to a team from this side. */
function addProjects(context: SignedIn): HttpReply {
  const { store, call } = context;
  const team = managedTeam(context);
  const wanted = checkBody(v.array(v.strictObject({ project_id: v.string() })), call.body, problem);
  const projects = wanted.map(({ project_id }) => {
    const project = store.projects.get(project_id);
    if (project?.organization !== team.organization)
      throw problem(400, "There is no such project.");
    return project;
  });
  for (const project of projects) team.projects.set(project.id, store.now());
  return noContent;
}

function given({ store, call }: SignedIn, team: Team): StoredProject {
  const id = call.param("project");
  const project = team.projects.has(id) ? store.projects.get(id) : undefined;
  if (project === undefined) throw problem(404, "The team has no access to this project.");
  return project;
}

/** The same rows, of one team; for people of its organization. */
function projectsOf(context: SignedIn): HttpReply {
  const { store, call } = context;
  const team = visible(context);
  const projects = [...team.projects.keys()].flatMap((id) => store.projects.get(id) ?? []);
  const page = pageOf(projects, call.path, call.query);
  return jsonReply(200, {
    items: page.items.map((project) => rowOf({ project, managesAccess: false }, team)),
    _links: {
      ...page.links,
      ...referenceLinks(
        store,
        "projects",
        page.items.map(({ id }) => id),
      ),
    },
  });
}

function rowOf(
  { project, managesAccess }: Pick<InProject, "project" | "managesAccess">,
  team: Team,
) {
  const since = stamp(team.projects.get(project.id) ?? 0);
  const href = `/projects/${project.id}/team-access/${team.id}`;
  return {
    team_id: team.id,
    organization_id: team.organization,
    project_id: project.id,
    project_title: project.title,
    granted_at: since,
    updated_at: since,
    _links: {
      self: { href },
      ...(managesAccess ? { delete: { href, method: "DELETE" } } : {}),
    },
  };
}

function required({ store, project, call }: InProject): Team {
  const team = teamsOn(store, project).find(({ id }) => id === call.param("team"));
  if (team === undefined) throw problem(404, "The team has no access to this project.");
  return team;
}

function teamsOn(store: Store, project: StoredProject): readonly Team[] {
  return [...store.teams.values()].filter(({ projects }) => projects.has(project.id));
}
