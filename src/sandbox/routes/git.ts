import { commitId, deployedMessage, type GitObject, objectIn } from "../git-objects.ts";
import { type HttpReply, jsonReply, projectFailure } from "../server/reply.ts";
import { type InProject, onProject, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import type { StoredProject } from "../store.ts";
import { onRegion, projectPath } from "./links.ts";

/** The code of a project, to read. */
export const gitRoutes: readonly Route[] = [
  onProject("GET", "/git/refs", "view", ({ project }) =>
    jsonReply(
      200,
      [...project.code].map(([branch, snapshot]) => refJson(project, branch, commitId(snapshot))),
    ),
  ),
  onProject("GET", "/git/refs/:ref", "view", ref),
  onProject("GET", "/git/commits/:sha", "view", (context) => {
    const { id, object } = found(context, "commit");
    const who = { date: stamp(object.at), name: "Sample", email: "sample@example.org" };
    const people = { author: who, committer: who };
    return jsonReply(200, {
      sha: id,
      ...people,
      message: deployedMessage,
      tree: object.tree,
      parents: [],
      ...links(context.project, "commits", id),
    });
  }),
  onProject("GET", "/git/trees/:sha", "view", (context) => {
    const { id, object } = found(context, "tree");
    return jsonReply(200, {
      sha: id,
      tree: object.entries,
      ...links(context.project, "trees", id),
    });
  }),
  onProject("GET", "/git/blobs/:sha", "view", (context) => {
    const { id, object } = found(context, "blob");
    const content = object.content.toString("base64");
    return jsonReply(200, {
      sha: id,
      size: object.content.length,
      encoding: "base64",
      content,
      ...links(context.project, "blobs", id),
    });
  }),
];

function ref({ project, call }: InProject): HttpReply {
  const branch = call.param("ref").replace(/^heads\//, "");
  const snapshot = project.code.get(branch);
  if (snapshot === undefined) throw projectFailure(404, "The reference was not found.");
  return jsonReply(200, refJson(project, branch, commitId(snapshot)));
}

function refJson(project: StoredProject, branch: string, sha: string) {
  const ref = `heads/${branch}`;
  return {
    id: encodeURIComponent(ref),
    ref: `refs/${ref}`,
    object: { type: "commit", sha },
    sha,
    ...links(project, "refs", encodeURIComponent(ref)),
  };
}

/** Where an object is itself; the official CLI goes from there to the next. */
function links(project: StoredProject, kind: "refs" | "commits" | "trees" | "blobs", id: string) {
  const href = onRegion(project, `${projectPath(project)}/git/${kind}/${id}`);
  return { _links: { self: { href } } };
}

type Kind = GitObject["type"];

function found<K extends Kind>(
  { project, call }: InProject,
  kind: K,
): { readonly id: string; readonly object: Extract<GitObject, { type: K }> } {
  const id = call.param("sha");
  const object = objectIn(project.code, id);
  if (object === undefined || !isA(object, kind)) {
    throw projectFailure(404, `There is no ${kind} ${id}.`);
  }
  return { id, object };
}

function isA<K extends Kind>(
  object: GitObject,
  kind: K,
): object is Extract<GitObject, { type: K }> {
  return object.type === kind;
}
