import { createHash } from "node:crypto";
import * as v from "valibot";
import { startActivity } from "../events/activities.ts";
import { siteHost } from "../projects/site.ts";
import { type HttpReply, jsonReply, projectFailure, writeReply } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type InProject, onEnvironment, onProject, type Route } from "../server/route.ts";
import { stamp } from "../state/identifiers.ts";
import type { StoredEnvironment } from "../store.ts";
import { activityJson } from "./activities.ts";
import { environmentPath, projectPath } from "./links.ts";

/**
 * The host names of production, and the certificates that the platform gets for all host names by itself. Certificates
 * of one's own are refused: the sandbox has no use for their keys.
 */
export const domainRoutes: readonly Route[] = [
  onProject("GET", "/domains", "view", (context) => jsonReply(200, domains(context))),
  onProject("POST", "/domains", "edit", add),
  onProject("GET", "/domains/:domain", "view", (context) =>
    jsonReply(200, required(context).shown),
  ),
  onProject("PATCH", "/domains/:domain", "edit", (context) =>
    changed(context, required(context).name, "update", "updated"),
  ),
  onProject("DELETE", "/domains/:domain", "edit", (context) => {
    const { name } = required(context);
    context.project.domains.delete(name);
    return changed(context, name, "delete", "deleted");
  }),
  onEnvironment("GET", "/domains", "view", (context) =>
    jsonReply(200, isProduction(context) ? domains(context) : []),
  ),
  onEnvironment("POST", "/domains", "edit", (context) => {
    if (isProduction(context)) return add(context);
    throw projectFailure(400, "The sandbox has domains of production only.");
  }),
  onEnvironment("GET", "/domains/:domain", "view", (context) => {
    if (isProduction(context)) return jsonReply(200, required(context).shown);
    throw projectFailure(404, "The domain was not found.");
  }),
  onProject("GET", "/certificates", "view", (context) => jsonReply(200, certificates(context))),
  onProject("POST", "/certificates", "edit", () => {
    throw projectFailure(400, "The sandbox takes no certificates of one's own.");
  }),
  onProject("GET", "/certificates/:certificate", "view", (context) =>
    jsonReply(200, requiredCertificate(context)),
  ),
  onProject("DELETE", "/certificates/:certificate", "edit", (context) => {
    requiredCertificate(context);
    throw projectFailure(400, "A certificate that the platform provides can't be deleted.");
  }),
];

function isProduction({ environment }: { readonly environment: StoredEnvironment }): boolean {
  return environment.type === "production";
}

const hostName = v.pipe(
  v.string(),
  v.regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i, "This is not a host name."),
);
const wanted = v.object({ name: hostName });

function add(context: InProject): HttpReply {
  const { store, project, call } = context;
  const { name } = checkBody(wanted, call.body, projectFailure);
  if (project.domains.has(name)) throw projectFailure(409, `The domain ${name} exists already.`);
  project.domains.set(name, store.now());
  return changed(context, name, "create", "added");
}

/** A domain that changes redeploys production. */
function changed(
  { store, project, actor }: InProject,
  name: string,
  verb: "create" | "update" | "delete",
  did: string,
): HttpReply {
  const production = project.environments.get(project.defaultBranch);
  const activity = startActivity(store, project, production, actor, {
    type: `project.domain.${verb}`,
    deed: `${did} the domain <em>${name}</em>`,
  });
  const since = project.domains.get(name);
  const entity =
    since === undefined ? {} : { entity: domainJson(projectPath(project), name, since) };
  const activities = [activityJson(store, project, activity)];
  return writeReply(verb === "create" ? "Created" : "OK", { ...entity, activities });
}

function domains({ project }: InProject) {
  return [...project.domains].map(([name, since]) => domainJson(projectPath(project), name, since));
}

function domainJson(path: string, name: string, since: number) {
  const href = `${path}/domains/${name}`;
  return {
    id: name,
    name,
    type: "production",
    project: path.split("/").at(-1) ?? "",
    registered_name: name.split(".").slice(-2).join("."),
    attributes: {},
    is_default: false,
    created_at: stamp(since),
    updated_at: stamp(since),
    ssl: { has_certificate: true },
    _links: { self: { href }, "#edit": { href }, "#delete": { href } },
  };
}

function required(context: InProject) {
  const name = context.call.param("domain");
  const shown = domains(context).find((domain) => domain.name === name);
  if (shown === undefined) throw projectFailure(404, "The domain was not found.");
  return { name, shown };
}

const day = 24 * 60 * 60 * 1000;

/** One for each environment that is deployed; renewed 28 days before its 90 days are over (manual, "HTTPS"). */
function certificates({ store, project }: InProject) {
  return [...project.environments.values()]
    .filter(({ status }) => status === "active")
    .map((environment) => {
      const age = (store.now() - project.createdAt) % (62 * day);
      const created = store.now() - age;
      const names = [siteHost(project, environment)];
      const id = createHash("sha256").update(environmentPath(project, environment)).digest("hex");
      return {
        id: id.slice(0, 40),
        certificate: "",
        chain: [],
        is_provisioned: true,
        is_invalid: false,
        is_root: false,
        domains: names,
        auth_type: [],
        issuer: [{ oid: "2.5.4.3", alias: "commonName", value: "Sandbox Authority" }],
        created_at: stamp(created),
        updated_at: stamp(created),
        expires_at: stamp(created + 90 * day),
        _links: { self: { href: `${projectPath(project)}/certificates/${id.slice(0, 40)}` } },
      };
    });
}

function requiredCertificate(context: InProject) {
  const found = certificates(context).find(({ id }) => id === context.call.param("certificate"));
  if (found === undefined) throw projectFailure(404, "The certificate was not found.");
  return found;
}
