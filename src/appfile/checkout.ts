import { lstat, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { git } from "./git.ts";
import { branchFolders, plainRefs } from "./refs.ts";

/** What a directory's Git checkout says about its project. What isn't known is left out, never assumed. */
export interface Checkout {
  /** Absolute path of the directory that holds `.git`. */
  readonly root?: string;
  readonly projectId?: { readonly id: string; readonly because: string };
  /** The branch that is checked out; none when HEAD is detached. */
  readonly branch?: string;
  /** The default branch as Git knows it from the remote. */
  readonly defaultBranch?: { readonly name: string; readonly because: string };
  /** The names of the branches here and, as far as they were fetched, at the remotes. */
  readonly branches?: ReadonlySet<string>;
  /** Whether a file holds something that is not committed; false when Git can't tell. */
  dirty(file: string): Promise<boolean>;
}

/**
 * Reads what is known about the project from the checkout around a directory, as the official CLI does: the nearest
 * directory above with a `.git`, there the file the CLI left, else the Git remotes (platform-cli, `LocalProject`).
 * Without Git, or outside a checkout, the facts are missing; nothing is thrown.
 *
 * @param directory any directory, absolute or relative to the working directory
 * @param env the environment to run `git` in; tokens are taken out of it
 */
export async function readCheckout(
  directory: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Checkout> {
  const root = await rootAbove(resolve(directory));
  if (root === undefined) return { dirty: async () => false };
  const read = (...args: string[]) => reading(root, env, args);
  const [local, remotes, branches, head] = await Promise.all([
    localProject(root),
    read("config", "--null", "--get-regexp", "^remote\\..*\\.url$"),
    branchesOf(root, env),
    read("symbolic-ref", "--quiet", "--short", "HEAD"),
  ]);
  const projectId = local ?? remoteProject(remotes ?? "");
  const branch = head?.trim();
  return {
    root,
    ...(projectId === undefined ? {} : { projectId }),
    ...(branch ? { branch } : {}),
    ...branches,
    dirty: async (file) => Boolean(await read("status", "--porcelain", "--", resolve(file))),
  };
}

/** The branches of a checkout alone. */
export type Branches = Pick<Checkout, "defaultBranch" | "branches">;

/**
 * The branches alone, as `readCheckout` gives them; without a process of Git where the checkout's files tell.
 *
 * @param directory any directory, absolute or relative to the working directory
 * @param env as for `readCheckout`
 */
export async function readBranches(
  directory: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Branches> {
  const root = await rootAbove(resolve(directory));
  return root === undefined ? {} : branchesOf(root, env);
}

async function branchesOf(root: string, env: NodeJS.ProcessEnv): Promise<Branches> {
  const command = ["for-each-ref", "--format=%(refname) %(symref)", ...branchFolders];
  const refs = (await plainRefs(join(root, ".git"))) ?? (await reading(root, env, command));
  if (refs === undefined) return {};
  const defaultBranch = remoteDefault(refs);
  const branches = branchesIn(refs);
  return {
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    ...(branches.size === 0 ? {} : { branches }),
  };
}

async function rootAbove(directory: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    const found = await lstat(join(at, ".git")).catch(() => undefined);
    if (found !== undefined) return at;
    if (at === dirname(at)) return undefined;
  }
}

const localFiles = [".platform/local/project.yaml", ".upsun/local/project.yaml"];

/** The file the official CLI writes when it gets a project: `id`, and more that is not needed here. */
async function localProject(root: string): Promise<Checkout["projectId"]> {
  for (const file of localFiles) {
    const text = await readFile(join(root, file), "utf8").catch(() => "");
    const id = idIn(text);
    if (id !== undefined) return { id, because: `from ${file}` };
  }
  return undefined;
}

function idIn(text: string): string | undefined {
  try {
    const content: unknown = parse(text);
    if (typeof content !== "object" || content === null || !("id" in content)) return undefined;
    return typeof content.id === "string" && /^[a-z0-9]+$/iu.test(content.id)
      ? content.id
      : undefined;
  } catch {
    return undefined;
  }
}

/** In the order the official CLI looks at them. */
const remoteNames = ["platform", "upsun", "origin"];

const projectUrl = /^([a-z0-9]{12,})@git\.(?:[a-z0-9-]+\.)?platform\.sh:\1\.git$/u;

/** @param config pairs of key and value: a line feed between the two, a NUL after each pair (git-config, `--null`) */
function remoteProject(config: string): Checkout["projectId"] {
  const urls = new Map<string, string>();
  for (const pair of config.split("\0")) {
    const [key = "", url = ""] = pair.split("\n");
    urls.set(key.replace(/^remote\./u, "").replace(/\.url$/u, ""), url);
  }
  for (const name of remoteNames) {
    const id = projectUrl.exec(urls.get(name) ?? "")?.[1];
    if (id !== undefined) return { id, because: `from the git remote ${name}` };
  }
  return undefined;
}

/** @param heads lines of a ref and, for a HEAD, the branch it stands for */
function branchesIn(heads: string): ReadonlySet<string> {
  const names = heads.split("\n").flatMap((line) => {
    const [ref = "", target = ""] = line.split(" ");
    const name = /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/u.exec(ref)?.[1];
    return name === undefined || target !== "" ? [] : [name];
  });
  return new Set(names);
}

/** @param heads as for `branchesIn` */
function remoteDefault(heads: string): Checkout["defaultBranch"] {
  const branches = new Map(
    heads.split("\n").map((line) => {
      const [head = "", branch = ""] = line.split(" ");
      return [head, branch];
    }),
  );
  for (const remote of remoteNames) {
    const prefix = `refs/remotes/${remote}/`;
    const branch = branches.get(`${prefix}HEAD`);
    if (branch?.startsWith(prefix)) {
      return {
        name: branch.slice(prefix.length),
        because: `the git remote ${remote}'s default branch`,
      };
    }
  }
  return undefined;
}

/**
 * Runs a Git command that only reads: without optional locks.
 *
 * @returns what it printed, or undefined when Git is missing, refuses, or takes longer than five seconds
 */
async function reading(
  root: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<string | undefined> {
  return git(root, args, { env: { ...env, GIT_OPTIONAL_LOCKS: "0" } }).catch(() => undefined);
}
