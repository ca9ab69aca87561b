import { lstat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { mebibyte, readRegularText } from "../regular-file.ts";
import { allVendors } from "../vendors/registry.ts";
import type { GitConfiguration } from "./configuration.ts";
import { settingOf } from "./configuration.ts";
import { type HostDefault, type Production, productionOf } from "./production.ts";
import { branchFolders, plainBranch, plainRefs } from "./refs.ts";
import type { Repository } from "./repository.ts";

/** What the branches of a checkout tell. What isn't known is left out, never assumed. */
export interface Branches {
  /** Which branch is production, as far as the branches tell. */
  readonly production: Production;
  /** The names of the branches here and, as far as they were fetched, at the remotes. */
  readonly branches?: ReadonlySet<string>;
  /** Whether the remotes may have others, which this clone was made without. */
  readonly isPart?: true;
  /** Why the branches can't be read, where there is a repository and they can't. */
  readonly branchesUnread?: string;
}

/** What is known where there is no repository. */
export const noBranches: Branches = { production: { kind: "unknown" } };

/** What a repository has beside its branches. */
interface Surroundings {
  /** The branches that its remotes are fetched by, as its configuration has them. */
  readonly fetched: readonly string[];
  /** Whether its history was cut off when it was fetched. */
  readonly isShallow: boolean;
  /** The branch that a bare repository stands for. */
  readonly bareHead?: string;
}

/**
 * Reads the branches; without a process of Git where the checkout's files tell.
 *
 * @param root absolute path of the directory that holds `.git`
 * @param open opens the repository; undefined where Git doesn't take it for one
 */
export async function branchesOf(
  root: string,
  open: () => Promise<Repository | undefined>,
): Promise<Branches> {
  try {
    const plain = await plainRefs(join(root, ".git"));
    if (plain !== undefined)
      return branchesFrom(plain, await plainSurroundings(join(root, ".git")));
    const repository = await open();
    if (repository === undefined)
      return { ...noBranches, branchesUnread: "Git doesn't take it for a repository" };
    const listing = ["for-each-ref", "--format=%(refname) %(symref)", ...branchFolders];
    return branchesFrom(await repository.git(listing), await surroundingsOf(repository));
  } catch (error) {
    return { ...noBranches, branchesUnread: whyOf(error) };
  }
}

function whyOf(error: unknown): string {
  if (error instanceof Failure) return error.parts.what;
  return error instanceof Error ? error.message : String(error);
}

async function plainSurroundings(gitDirectory: string): Promise<Surroundings> {
  const text = await readRegularText(join(gitDirectory, "config"), mebibyte).catch(() => "");
  const fetched = [...text.matchAll(/^[ \t]*fetch[ \t]*=[ \t]*"?([^\s"]+)/gimu)];
  return {
    fetched: fetched.map(([, refspec = ""]) => refspec),
    isShallow: await isThere(join(gitDirectory, "shallow")),
  };
}

/** The same of a linked worktree, a submodule, or a repository that keeps its refs in another way. */
async function surroundingsOf({ root, git, configuration }: Repository): Promise<Surroundings> {
  const told = await git(["rev-parse", "--git-common-dir"]);
  const common = resolve(root, told.trimEnd());
  const bareHead = isBare(configuration) ? await plainBranch(common) : undefined;
  return {
    fetched: configuration.flatMap(({ key, value }) =>
      /^remote\..+\.fetch$/u.test(key) ? value : [],
    ),
    isShallow: await isThere(join(common, "shallow")),
    ...(bareHead === undefined ? {} : { bareHead }),
  };
}

function isBare(configuration: GitConfiguration): boolean {
  return settingOf(configuration, "core.bare")?.value === "true";
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** @param refs lines of a ref and, for a HEAD, the branch it stands for */
function branchesFrom(refs: string, around: Surroundings): Branches {
  const lines = refs.split("\n").map((line): readonly [string, string] => {
    const [ref = "", target = ""] = line.split(" ");
    return [ref, target];
  });
  const names = lines.flatMap(([ref, target]) => {
    const name = /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/u.exec(ref)?.[1];
    return name === undefined || target !== "" ? [] : [name];
  });
  const branches = new Set(names);
  const isPart = lacksBranches(branches, around);
  return {
    production: productionOf(branches, {
      hosts: hostDefaults(new Map(lines), branches, around),
      isPart,
    }),
    ...(isPart ? { isPart } : {}),
    ...(branches.size === 0 ? {} : { branches }),
  };
}

/** The remotes in the order in which the official CLI looks at them. */
export const remoteNames: readonly string[] = [
  ...allVendors.flatMap(({ git: { remote = [] } }) => remote),
  "origin",
];

/** What each remote opens with, and what a bare repository does; one that is gone since says nothing. */
function hostDefaults(
  refs: ReadonlyMap<string, string>,
  branches: ReadonlySet<string>,
  { bareHead }: Surroundings,
): readonly HostDefault[] {
  const heads = [...refs].flatMap(([ref, target]) => {
    const remote = /^refs\/remotes\/([^/]+)\/HEAD$/u.exec(ref)?.[1];
    const prefix = `refs/remotes/${remote}/`;
    if (remote === undefined || !target.startsWith(prefix) || !refs.has(target)) return [];
    const because = `the git remote ${remote}'s default branch`;
    return { remote, name: target.slice(prefix.length), because };
  });
  const rank = ({ remote }: { readonly remote: string }) =>
    remoteNames.includes(remote) ? remoteNames.indexOf(remote) : remoteNames.length;
  return [
    ...heads.toSorted((one, other) => rank(one) - rank(other)),
    ...(bareHead !== undefined && branches.has(bareHead)
      ? [{ name: bareHead, because: "what the bare repository opens with" }]
      : []),
  ].map(({ name, because }) => ({ name, because }));
}

/**
 * Whether the remotes may have branches that were never fetched: those of a clone of one branch alone (git-clone,
 * `--single-branch`), and of a shallow one with one branch, as CI systems make it.
 */
function lacksBranches(
  branches: ReadonlySet<string>,
  { fetched, isShallow }: Surroundings,
): boolean {
  const heads = fetched.filter((refspec) => /^\+?refs\/heads\//u.test(refspec));
  const isNarrow = heads.length > 0 && !heads.some((spec) => /^\+?refs\/heads\/\*:/u.test(spec));
  return isNarrow || (isShallow && branches.size < 2);
}
