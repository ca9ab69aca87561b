import * as v from "valibot";
import type { Fact } from "../fact.ts";
import { known } from "../fact.ts";
import { Failure, UnclearFailure } from "../failure.ts";
import type { Secret } from "../secret.ts";
import { findProgram, runProgram, type Surroundings } from "./program.ts";

/** Where a CI system keeps a secret: on which host, and of which repository. */
export interface SecretPlace {
  readonly system: "github" | "gitlab";
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

/** The program that talks to each host. */
const programs = { github: "gh", gitlab: "glab" } as const;

/** A host's own program that is installed and signed in. */
export interface SecretStore {
  /** As people call it: "gh". */
  readonly program: string;
  /** What is there under the name; unread where the account may not see it. */
  find(place: SecretPlace): Promise<Fact<StoredSecret>>;
  /** Sets it, also over one that is there. Throws a `Failure`; whether it was set isn't known where that is unclear. */
  set(place: SecretPlace, value: Secret, replaces: boolean): Promise<void>;
  /** Deletes it. Throws a `Failure` as `set`. */
  remove(place: SecretPlace): Promise<void>;
}

/** Why a secret can't be set from here, as a clause: "gh is not installed". */
export type NoStore = { readonly why: string };

/** Looks for the program of a host, and whether somebody is signed in with it there. */
export async function openSecretStore(
  { system, host }: Pick<SecretPlace, "system" | "host">,
  surroundings: Surroundings,
): Promise<SecretStore | NoStore> {
  const name = programs[system];
  const program = await findProgram(name, surroundings);
  if (program === undefined) return { why: `${name} is not installed` };
  // `gh api` takes no host with a port as an option.
  const variable = system === "github" ? "GH_HOST" : "GITLAB_HOST";
  const at = { ...surroundings, env: { ...surroundings.env, [variable]: host } };
  const run = (args: readonly string[], input?: Secret) => runProgram(program, args, at, input);
  const { code } = await run(["auth", "status", "--hostname", host]);
  if (code !== 0) return { why: `${name} is not signed in at ${host}` };
  return system === "github" ? githubStore(run) : gitlabStore(run);
}

/** The page on which a person sets it, and the page's name for it. */
export function secretPage({ system, host, repository }: Omit<SecretPlace, "name">): string {
  return system === "github"
    ? `https://${host}/${repository}/settings/secrets/actions/new`
    : `https://${host}/${repository}/-/settings/ci_cd#js-cicd-variables-settings`;
}

type Run = (
  args: readonly string[],
  input?: Secret,
) => Promise<{ readonly code: number | undefined; readonly output: string }>;

const githubSecrets = v.object({
  secrets: v.array(v.object({ name: v.string(), updated_at: v.optional(v.string()) })),
});

/** `gh secret` (its manual): the value is read from standard input, and encrypted before it leaves the computer. */
function githubStore(run: Run): SecretStore {
  const at = ({ host, repository }: SecretPlace) => ["-R", `${host}/${repository}`];
  return {
    program: "gh",
    find: async (place) => {
      // A repository has at most 100 of them; older releases of gh can't list them as JSON.
      const path = `repos/${place.repository}/actions/secrets?per_page=100`;
      const { code, output } = await run(["api", path]);
      const listed = v.safeParse(githubSecrets, parsed(output));
      if (code !== 0 || !listed.success)
        return { kind: "unread", why: "gh may not list the secrets of the repository" };
      // GitHub keeps the names of secrets in capitals.
      const found = listed.output.secrets.find(({ name }) => name.toUpperCase() === place.name);
      return found === undefined ? { kind: "absent" } : known({ updatedAt: found.updated_at });
    },
    set: async (place, value) => {
      const { code } = await run(["secret", "set", place.name, ...at(place)], checked(value));
      if (code !== 0) throw refused("set", "gh", place);
    },
    remove: async (place) => {
      const { code } = await run(["secret", "delete", place.name, ...at(place)]);
      if (code !== 0) throw refused("delete", "gh", place);
    },
  };
}

/** As many does GitLab list at once. */
const mostOnAPage = 100;

/** Of what GitLab answers, the value is not read. */
const gitlabVariables = v.array(v.object({ key: v.string() }));

/** `glab variable` (its manual): masked, protected, and hidden where it is new; the value is read from standard input. */
function gitlabStore(run: Run): SecretStore {
  const at = ({ host, repository }: SecretPlace) => ["-R", `https://${host}/${repository}`];
  return {
    program: "glab",
    find: async (place) => {
      const project = encodeURIComponent(place.repository);
      const { code, output } = await run([
        ...[
          "api",
          "--hostname",
          place.host,
          `projects/${project}/variables?per_page=${mostOnAPage}`,
        ],
      ]);
      const listed = v.safeParse(gitlabVariables, parsed(output));
      if (code !== 0 || !listed.success)
        return { kind: "unread", why: "glab may not list the variables of the project" };
      if (listed.output.some(({ key }) => key === place.name))
        return known({ updatedAt: undefined });
      // A project may have thousands; what is on further pages isn't known not to be there.
      return listed.output.length < mostOnAPage
        ? { kind: "absent" }
        : { kind: "unread", why: "the project has more variables than are listed at once" };
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
      );
      if (code !== 0) throw refused("set", "glab", place);
    },
    remove: async (place) => {
      const { code } = await run(["variable", "delete", place.name, ...at(place)]);
      if (code !== 0) throw refused("delete", "glab", place);
    },
  };
}

/** An empty value would be stored without complaint, and the job would not be signed in. */
function checked(value: Secret): Secret {
  if (value.reveal().trim() !== "") return value;
  throw new Failure("usage", { what: "The token is empty", next: "hand over the token" });
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
