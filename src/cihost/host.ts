import { Failure } from "../failure.ts";
import type { Secret } from "../secret.ts";
import { findProgram, type ProgramContext, type ProgramEnd, runHostProgram } from "./program.ts";

/** The CI systems whose hosts have a program of their own. */
export type HostedSystem = "github" | "gitlab";

/** The program that talks to each host. */
const programs = { github: "gh", gitlab: "glab" } as const;

/** A host's own program that is installed and signed in there. */
export interface HostProgram {
  /** As people call it: "gh". */
  readonly name: string;
  /** Runs it. Throws a `Failure` ("unexpected") where it can't be started, or takes too long. */
  run(args: readonly string[], input?: Secret): Promise<ProgramEnd>;
  /**
   * Asks the host's API, which answers 404 as well where the account may not see what is there. Throws as `run`.
   * @param path without a slash in front: "repos/acme/shop"
   */
  ask(path: string): Promise<HostAnswer>;
}

/** What a host answered: the status of HTTP, and the document; undefined where it gave none. */
export interface HostAnswer {
  readonly status: number | undefined;
  readonly json: unknown;
}

/** Why a host can't be asked from here, as a clause: "gh is not installed". */
export type NoProgram = { readonly why: string };

/** The hosts of the systems themselves, which a program's token in the environment is for. */
const ownHosts = { github: "github.com", gitlab: "gitlab.com" } as const;
/** The systems as people call them. */
export const systemNames = { github: "GitHub", gitlab: "GitLab" } as const;

/** Hosts that everybody can have a repository on, and that run the jobs of one system only. */
const publicHosts: ReadonlyMap<string, string> = new Map([
  [ownHosts.github, systemNames.github],
  [ownHosts.gitlab, systemNames.gitlab],
  ["bitbucket.org", "Bitbucket"],
]);

/**
 * Why a host can't be one of a system, as a clause; undefined where it is one, or may be: of a host that somebody runs by
 * a name of their own, that can't be told.
 */
export function whyOtherHost(system: HostedSystem, host: string): string | undefined {
  const known = publicHosts.get(host.toLowerCase());
  return known === undefined || known === systemNames[system]
    ? undefined
    : `${host} is the host of ${known}, and not of ${systemNames[system]}`;
}

/** Where a person's environment names the host that its token is for (the programs' manuals). */
const hostVariables = { github: ["GH_HOST"], gitlab: ["GITLAB_HOST", "GL_HOST"] } as const;

/** The tokens that a program takes from the environment: but for some, each for any host that it is asked at. */
const tokenVariables: ReadonlySet<string> = new Set([
  ...["GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"],
  ...["GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN", "OAUTH_TOKEN"],
]);

/**
 * Looks for the program of a host, and whether somebody is signed in with it there. Which host that is, the remote of a
 * checkout may say: so a token of the environment goes along only to the system's own host, and to the one that the
 * environment names as well; anywhere else the program has what it keeps for that host, or nothing.
 * @param place.host with its port, where it has one
 */
export async function openHost(
  { system, host }: { readonly system: HostedSystem; readonly host: string },
  context: ProgramContext,
): Promise<HostProgram | NoProgram> {
  const name = programs[system];
  const other = whyOtherHost(system, host);
  if (other !== undefined) return { why: other };
  const program = await findProgram(name, context);
  if (program === undefined) return { why: `${name} is not installed` };
  const isNamed = host === ownHosts[system] || hostsNamed(system, context.env).includes(host);
  const [variable] = hostVariables[system];
  const at = {
    ...context,
    env: { ...(isNamed ? context.env : withoutTokens(context.env)), [variable]: host },
  };
  const run: HostProgram["run"] = (args, input) => runHostProgram(program, args, at, input);
  const status = await run(["auth", "status", "--hostname", host]).catch(whyNotRun(name));
  if ("why" in status) return status;
  if (status.code !== 0) {
    const kept = isNamed
      ? ""
      : `, and a token of the environment goes there only where ${variable} names it`;
    return { why: `${name} is not signed in at ${host}${kept}` };
  }
  // `gh api` takes no host with a port as an option.
  const named = system === "github" ? [] : ["--hostname", host];
  const ask: HostProgram["ask"] = async (path) =>
    answerIn((await run(["api", "--include", ...named, path])).output);
  return { name, run, ask };
}

function hostsNamed(system: HostedSystem, env: NodeJS.ProcessEnv): readonly string[] {
  return hostVariables[system].flatMap(
    (name) => env[name]?.replace(/^https?:\/\//u, "").replace(/\/+$/u, "") ?? [],
  );
}

function withoutTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !tokenVariables.has(name)));
}

/**
 * Takes a program that can't be started, or gives no answer in time, for one that can't be asked. What else is thrown goes on.
 * @param name as people call it
 */
export function whyNotRun(name: string): (error: unknown) => NoProgram {
  return (error) => {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    const { why } = error.parts;
    return { why: `${name} could not be run${why === undefined ? "" : `: ${why}`}` };
  };
}

/** What `--include` prints: the lines of the answer's head, an empty one, and the document. */
function answerIn(output: string): HostAnswer {
  const [, status, body = ""] =
    /^HTTP\/[\d.]+ (\d{3})[^\n]*\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*)$/u.exec(output) ?? [];
  return { status: status === undefined ? undefined : Number(status), json: parsed(body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
