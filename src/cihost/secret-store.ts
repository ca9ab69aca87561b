import * as v from "valibot";
import type { Fact } from "../fact.ts";
import { known } from "../fact.ts";
import { Failure, UnclearFailure } from "../failure.ts";
import type { Secret } from "../secret.ts";
import {
  type HostAnswer,
  type HostedSystem,
  type HostProgram,
  type NoProgram,
  openHost,
} from "./host.ts";
import type { ProgramContext } from "./program.ts";

/** Where a CI system keeps a secret: on which host, and of which repository. */
export interface SecretPlace {
  readonly system: HostedSystem;
  /** With its port, where it has one: "github.com". */
  readonly host: string;
  /** "acme/shop". */
  readonly repository: string;
  readonly name: string;
}

/** What is known of a secret that is there; its value never is. */
export interface StoredSecret {
  /** ISO 8601, where the host says it. */
  readonly updatedAt: string | undefined;
}

/** The secrets of a host, as its own program reads and sets them. */
export interface SecretStore {
  /** What is there under the name; unread where the account may not see it. */
  find(place: SecretPlace): Promise<Fact<StoredSecret>>;
  /**
   * What a job of the repository gets under the name: from the environment that it names, the repository, or what the
   * repository belongs to.
   * @param environment of GitHub, as the job names it
   */
  reaching(place: SecretPlace, environment: string | undefined): Promise<Fact<StoredSecret>>;
  /** Sets it, also over one that is there. Throws a `Failure`; whether it was set isn't known where that is unclear. */
  set(place: SecretPlace, value: Secret, replaces: boolean): Promise<void>;
  /** Deletes it. Throws a `Failure` as `set`. */
  remove(place: SecretPlace): Promise<void>;
}

/** Opens the secrets of a host; why that can't be done, where its program isn't there or nobody is signed in. */
export async function openSecretStore(
  place: Pick<SecretPlace, "system" | "host">,
  context: ProgramContext,
): Promise<SecretStore | NoProgram> {
  const host = await openHost(place, context);
  return "why" in host ? host : secretStore(host, place.system);
}

/** The secrets of a host that is open. */
export function secretStore(host: HostProgram, system: HostedSystem): SecretStore {
  return system === "github" ? githubStore(host) : gitlabStore(host);
}

/** The page on which a person sets it, and the page's name for it. */
export function secretPage({ system, host, repository }: Omit<SecretPlace, "name">): string {
  return system === "github"
    ? `https://${host}/${repository}/settings/secrets/actions/new`
    : `https://${host}/${repository}/-/settings/ci_cd#js-cicd-variables-settings`;
}

const githubSecrets = v.object({
  total_count: v.optional(v.number(), 0),
  secrets: v.array(v.object({ name: v.string(), updated_at: v.optional(v.string()) })),
});

function githubSecret({ status, json }: HostAnswer, wanted: string): Fact<StoredSecret> {
  const listed = v.safeParse(githubSecrets, json);
  if (status !== 200 || !listed.success)
    return {
      kind: "unread",
      why:
        status === 404
          ? "gh, as it is signed in, doesn't see the repository or its secrets"
          : "gh may not list the secrets of the repository",
    };
  // GitHub keeps the names of secrets in capitals.
  const found = listed.output.secrets.find(
    ({ name }) => name.toUpperCase() === wanted.toUpperCase(),
  );
  if (found !== undefined) return known({ updatedAt: found.updated_at });
  return listed.output.total_count <= listed.output.secrets.length
    ? { kind: "absent" }
    : { kind: "unread", why: "there are more secrets than are listed at once" };
}

/** `gh secret` (its manual): the value is read from standard input, and encrypted before it leaves the computer. */
function githubStore(host: HostProgram): SecretStore {
  const { run } = host;
  const at = ({ host, repository }: SecretPlace) => ["-R", `${host}/${repository}`];
  // As many does GitHub list at once; older releases of gh can't list them as JSON.
  const listed = async (path: string, name: string) =>
    githubSecret(await host.ask(`${path}?per_page=100`), name);
  return {
    find: ({ repository, name }) => listed(`repos/${repository}/actions/secrets`, name),
    reaching: ({ repository, name }, environment) => {
      const of = `repos/${repository}`;
      return firstKnown([
        ...(environment === undefined
          ? []
          : [() => listed(`${of}/environments/${encodeURIComponent(environment)}/secrets`, name)]),
        () => listed(`${of}/actions/secrets`, name),
        () => listed(`${of}/actions/organization-secrets`, name),
      ]);
    },
    set: async (place, value) => {
      const args = ["secret", "set", place.name, ...at(place)];
      const { code } = await run(args, checked(value)).catch(cutShort("set", "gh", place));
      if (code !== 0) throw refused("set", "gh", place);
    },
    remove: async (place) => {
      const args = ["secret", "delete", place.name, ...at(place)];
      const { code } = await run(args).catch(cutShort("delete", "gh", place));
      if (code !== 0) throw refused("delete", "gh", place);
    },
  };
}

/** As many does GitLab list at once. */
const mostOnAPage = 100;

/** Of what GitLab answers, the value is not read. */
const gitlabVariables = v.array(
  v.object({ key: v.string(), environment_scope: v.nullish(v.string(), "*") }),
);
const gitlabProject = v.object({ namespace: v.object({ kind: v.string() }) });

function gitlabVariable(
  { status, json }: HostAnswer,
  wanted: string,
  of: "project" | "group",
): Fact<StoredSecret> {
  const listed = v.safeParse(gitlabVariables, json);
  if (status !== 200 || !listed.success)
    return {
      kind: "unread",
      why:
        status === 404
          ? `glab, as it is signed in, doesn't see the ${of}`
          : `glab may not list the variables of the ${of}`,
    };
  const found = listed.output.filter(({ key }) => key === wanted);
  if (found.some(({ environment_scope: scope }) => scope === "*"))
    return known({ updatedAt: undefined });
  if (found.length > 0)
    return { kind: "unread", why: `the ${of} has it for some environments only` };
  // There may be thousands; what is on further pages isn't known not to be there.
  return listed.output.length < mostOnAPage
    ? { kind: "absent" }
    : { kind: "unread", why: `the ${of} has more variables than are listed at once` };
}

/** The first of some places that has it; unread as soon as one before it is. */
async function firstKnown(
  places: readonly (() => Promise<Fact<StoredSecret>>)[],
): Promise<Fact<StoredSecret>> {
  for (const look of places) {
    const fact = await look();
    // What stands before it would count first.
    if (fact.kind !== "absent") return fact;
  }
  return { kind: "absent" };
}

/** `glab variable` (its manual): masked, protected, and hidden where it is new; the value is read from standard input. */
function gitlabStore(host: HostProgram): SecretStore {
  const { run } = host;
  const at = ({ host, repository }: SecretPlace) => ["-R", `https://${host}/${repository}`];
  const listed = async (kind: "projects" | "groups", path: string, name: string) =>
    gitlabVariable(
      await host.ask(`${kind}/${encodeURIComponent(path)}/variables?per_page=${mostOnAPage}`),
      name,
      kind === "projects" ? "project" : "group",
    );
  return {
    find: ({ repository, name }) => listed("projects", repository, name),
    reaching: async ({ repository, name }) => {
      const own = await listed("projects", repository, name);
      if (own.kind !== "absent") return own;
      const { json } = await host.ask(`projects/${encodeURIComponent(repository)}`);
      const project = v.safeParse(gitlabProject, json);
      if (project.success && project.output.namespace.kind === "user") return own;
      const folders = repository.split("/").slice(0, -1);
      const groups = folders.map((_, depth) => folders.slice(0, depth + 1).join("/")).toReversed();
      return firstKnown(groups.map((group) => () => listed("groups", group, name)));
    },
    set: async (place, value, replaces) => {
      const verb = replaces ? "update" : "set";
      const { code } = await run(
        [
          ...["variable", verb, place.name, "--masked", "--protected"],
          ...(replaces ? [] : ["--hidden"]),
          ...at(place),
        ],
        checked(value),
      ).catch(cutShort("set", "glab", place));
      if (code !== 0) throw refused("set", "glab", place);
    },
    remove: async (place) => {
      const args = ["variable", "delete", place.name, ...at(place)];
      const { code } = await run(args).catch(cutShort("delete", "glab", place));
      if (code !== 0) throw refused("delete", "glab", place);
    },
  };
}

/** An empty value would be stored without complaint, and the job would not be signed in. */
function checked(value: Secret): Secret {
  if (value.reveal().trim() !== "") return value;
  throw new Failure("usage", { what: "The token is empty", next: "hand over the token" });
}

/** A program that was ended, or could not be started: by then it may have done what it was to do. */
function cutShort(verb: "set" | "delete", program: string, place: SecretPlace) {
  return (error: unknown): never => {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    const { parts } = refused(verb, program, place);
    throw new UnclearFailure("api", { ...parts, why: error.parts.why ?? error.parts.what });
  };
}

function refused(verb: "set" | "delete", program: string, place: SecretPlace): Failure {
  const { name, repository, host } = place;
  const done = verb === "set" ? "set" : "deleted";
  return new UnclearFailure("api", {
    what: `${program} did not ${verb} ${name} of ${repository} on ${host}`,
    why: "it ended with an error, and what it says may hold the secret, so it is not shown",
    next: `look whether it was ${done} at ${secretPage(place)}; your account there needs the right to change secrets`,
  });
}
