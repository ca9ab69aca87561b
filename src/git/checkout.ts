import { lstat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { kibibyte, mebibyte, readRegularText } from "../regular-file.ts";
import { allVendors, patternOfAny } from "../vendors/registry.ts";
import { parseSource } from "../yaml/source.ts";
import { type Branches, branchesOf, noBranches, remoteNames } from "./branches.ts";
import { branchOf } from "./commit.ts";
import { type GitConfiguration, settingOf } from "./configuration.ts";
import { type FileState, stateOf } from "./file-state.ts";
import { type HostedRepository, repositoriesIn } from "./hosts.ts";
import { isProjectId } from "./names.ts";
import type { ProjectClaim } from "./project.ts";
import { openRepository } from "./repository.ts";

/** What a directory's Git checkout says about its project. What isn't known is left out, never assumed. */
export interface Checkout extends Branches {
  /** Absolute path of the directory that holds `.git`. */
  readonly root?: string;
  /** The projects that it is said to belong to, in the order in which they count. */
  readonly projects: readonly ProjectClaim[];
  /** The repositories on Git hosts that its remotes name, `origin` first. */
  readonly repositories: readonly HostedRepository[];
  /** The branch that is checked out; none when HEAD is detached. */
  readonly branch?: string;
  /** The branch that is checked out by now: null when HEAD is detached, undefined when Git doesn't say. */
  branchNow(): Promise<string | null | undefined>;
  /** How a file, named by its absolute path, stands to what is committed of it. */
  state(file: string): Promise<FileState>;
}

/**
 * Reads what is known about the project from the checkout around a directory: the nearest directory above with a
 * `.git`, there the Git remotes and the file that the official CLI left (platform-cli, `LocalProject`).
 * Without Git, or outside a checkout, the facts are missing; nothing is thrown.
 *
 * @param directory any directory, absolute or relative to the working directory
 * @param env where Git is found, and whose it is (see `openRepository`)
 */
export async function readCheckout(
  directory: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Checkout> {
  const root = await rootAbove(resolve(directory));
  if (root === undefined) {
    return {
      ...noBranches,
      projects: environmentProject(env),
      repositories: [],
      branchNow: async () => undefined,
      state: async () => "unknown",
    };
  }
  const repository = await openRepository(root, env).catch(() => undefined);
  const branchNow = async () => {
    if (repository === undefined) return undefined;
    return branchOf(repository).then(
      (name) => name ?? null,
      () => undefined,
    );
  };
  const configuration = repository?.configuration ?? [];
  const [local, branches, branch] = await Promise.all([
    localProject(root),
    branchesOf(root, async () => repository),
    branchNow(),
  ]);
  return {
    root,
    projects: [...environmentProject(env), ...remoteProjects(configuration), ...local],
    repositories: repositoriesIn(configuration),
    ...(typeof branch === "string" ? { branch } : {}),
    ...branches,
    branchNow,
    state: async (file) => {
      const text = await readRegularText(file, mebibyte).catch(() => undefined);
      if (repository === undefined || text === undefined) return "unknown";
      return stateOf(repository, relative(root, file).split(sep).join("/"), text);
    },
  };
}

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
  if (root === undefined) return noBranches;
  return branchesOf(root, () => openRepository(root, env).catch(() => undefined));
}

/** The nearest directory with a `.git`, from this one upward; undefined where none has one. */
export async function rootAbove(directory: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    const found = await lstat(join(at, ".git")).catch(() => undefined);
    if (found !== undefined) return at;
    if (at === dirname(at)) return undefined;
  }
}

const localFiles = [
  ...new Set(allVendors.map(({ files: { folder } }) => `${folder}/local/project.yaml`)),
];

/** The file the official CLI writes when it gets a project: `id`, and more that is not needed here. */
async function localProject(root: string): Promise<readonly ProjectClaim[]> {
  for (const file of localFiles) {
    const text = await readRegularText(join(root, file), 64 * kibibyte).catch(() => "");
    const id = idIn(file, text);
    if (id !== undefined) return [{ id, because: `from ${file}`, by: "file" }];
  }
  return [];
}

function idIn(file: string, text: string): string | undefined {
  try {
    const { value } = parseSource({ file, shown: file }, text);
    const id: unknown = value instanceof Map ? value.get("id") : undefined;
    return typeof id === "string" && isProjectId(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

const ownDomains = allVendors.flatMap(({ git }) => git.ownDomains);
const projectUrl = new RegExp(
  `^([a-z0-9]{12,})@git\\.(?:[a-z0-9-]+\\.)*(${patternOfAny(["platform.sh", ...ownDomains])}):\\1\\.git$`,
  "u",
);

function remoteProjects(configuration: GitConfiguration): readonly ProjectClaim[] {
  return remoteNames.flatMap((name) => {
    const url = settingOf(configuration, `remote.${name}.url`)?.value ?? "";
    const [, id, domain] = projectUrl.exec(url) ?? [];
    if (id === undefined) return [];
    const vendor = allVendors.find(({ git }) => git.ownDomains.some((own) => own === domain));
    const because = `from the git remote ${name}`;
    const whose = vendor === undefined ? {} : { vendor: { vendor, because } };
    return [{ id, because, by: "remote", ...whose }];
  });
}

/** The variable by which the official CLI is told its project, and which a container has. */
function environmentProject({ PLATFORM_PROJECT: id = "" }: NodeJS.ProcessEnv): ProjectClaim[] {
  return isProjectId(id) ? [{ id, because: "from PLATFORM_PROJECT", by: "environment" }] : [];
}
