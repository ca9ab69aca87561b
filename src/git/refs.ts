import { lstat, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { kibibyte, mebibyte, readRegularText } from "../regular-file.ts";

/** Where the branches are, of the repository itself and of its remotes. */
export const branchFolders = ["refs/heads", "refs/remotes"] as const;

/**
 * The refs below `branchFolders` as `git for-each-ref --format='%(refname) %(symref)'` prints them, read from the files
 * of a plain repository: each a file of its own, or a line of `packed-refs`; symbolic refs are never packed
 * (gitrepository-layout, git-pack-refs). Starting Git for it would take longer than auditing a file.
 *
 * @param gitDirectory the `.git` of the checkout
 * @returns undefined for a linked worktree, a submodule, or a repository that keeps its refs in another way. Rejects
 *   when packed refs are there and can't be read
 */
export async function plainRefs(gitDirectory: string): Promise<string | undefined> {
  if (!(await isPlain(gitDirectory))) return undefined;
  const [packed, ...loose] = await Promise.all([
    packedRefs(gitDirectory),
    ...branchFolders.map((folder) => looseRefs(gitDirectory, folder)),
  ]);
  const packedNames = [...packed.matchAll(/^[0-9a-f]{40,64} (refs\/(?:heads|remotes)\/\S+)$/gmu)];
  const refs = new Map(packedNames.map(([, name = ""]) => [name, ""]));
  for (const [name, target] of loose.flat()) refs.set(name, target);
  return [...refs].map((ref) => ref.join(" ")).join("\n");
}

/**
 * Whether a `.git` is a folder with all of a repository in it, its refs in files (gitrepository-layout): neither a linked
 * worktree nor a submodule, whose `.git` is a file, nor a repository that keeps its refs in tables.
 */
export async function isPlain(gitDirectory: string): Promise<boolean> {
  const [objects, ...elsewhere] = await Promise.all(
    ["objects", "reftable", "commondir"].map((name) =>
      lstat(join(gitDirectory, name)).catch(() => undefined),
    ),
  );
  return objects !== undefined && elsewhere.every((found) => found === undefined);
}

/**
 * The commit that a plain repository's branch is at, as `git rev-parse HEAD` prints it; undefined where Git has to tell:
 * no branch is checked out, or it has no commit yet.
 *
 * @param gitDirectory the `.git` of the checkout
 */
export async function plainHead(gitDirectory: string): Promise<string | undefined> {
  const branch = await plainBranch(gitDirectory);
  if (branch === undefined || branch.includes("..") || !(await isPlain(gitDirectory)))
    return undefined;
  const ref = `refs/heads/${branch}`;
  const loose = await readRegularText(join(gitDirectory, ref), 4 * kibibyte).catch(() => undefined);
  if (loose !== undefined) return /^(?:[0-9a-f]{40}|[0-9a-f]{64})(?=\n$)/u.exec(loose)?.[0];
  const packed = await packedRefs(gitDirectory).catch(() => "");
  const line = packed.split("\n").find((each) => each.endsWith(` ${ref}`));
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})(?= refs)/u.exec(line ?? "")?.[0];
}

/**
 * The branch that a plain repository's HEAD names; undefined where Git has to tell: HEAD is detached, or its file says no
 * more than that it is kept elsewhere (`.invalid`, gitformat-reftable).
 *
 * @param gitDirectory the `.git` of the checkout
 */
export async function plainBranch(gitDirectory: string): Promise<string | undefined> {
  const text = await readRegularText(join(gitDirectory, "HEAD"), 4 * kibibyte).catch(() => "");
  return /^ref: refs\/heads\/([^\s.]\S*)\n$/u.exec(text)?.[1];
}

/** The refs in one file; a repository without them has none. */
async function packedRefs(gitDirectory: string): Promise<string> {
  return readRegularText(join(gitDirectory, "packed-refs"), 64 * mebibyte).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    },
  );
}

/** The refs that are files of their own, each with what it points to when it is symbolic. */
async function looseRefs(gitDirectory: string, folder: string): Promise<[string, string][]> {
  const options = { recursive: true, withFileTypes: true } as const;
  const entries = await readdir(join(gitDirectory, folder), options).catch(() => []);
  return Promise.all(
    entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".lock"))
      .map(async ({ parentPath, name }): Promise<[string, string]> => {
        const path = join(parentPath, name);
        const text = await readRegularText(path, 4 * kibibyte).catch(() => "");
        const ref = relative(gitDirectory, path).split(sep).join("/");
        return [ref, /^ref: (\S+)\n?$/u.exec(text)?.[1] ?? ""];
      }),
  );
}
