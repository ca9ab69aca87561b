import { join, posix, relative, resolve, sep } from "node:path";
import type { Files } from "../../appfile/files.ts";
import type { BranchTree } from "../../platform/git-data.ts";
import { allVendors, vendors } from "../../vendors/registry.ts";

/** The files of a branch, to be read like those of a checkout that lies at `top`. Nothing can be written there. */
export interface BranchFiles extends Files {
  readonly top: string;
}

/** As many links may lead from one to the next. */
const mostLinks = 8;

/**
 * Serves the files of a branch as if it were checked out. Where it is known from which folders the applications were
 * built, no other is looked through, for each costs a request; what these files include is found all the same.
 *
 * @param name what the folder at the top is called
 * @param roots folders of the applications that are deployed, "" for the top; undefined when they aren't known
 */
export async function branchFiles(
  tree: BranchTree,
  name: string,
  roots: readonly string[] | undefined,
): Promise<BranchFiles> {
  const top = resolve(sep, "platform.sh", name);
  const inTree = (path: string) => relative(top, path).split(sep).join("/");
  const isShown = roots === undefined ? () => true : await shownFolders(tree, roots);

  async function entryAt(at: string) {
    const entries = await tree.folder(folderOf(at));
    return entries?.find((entry) => entry.name === posix.basename(at));
  }

  async function real(path: string): Promise<string | undefined> {
    let at = inTree(path);
    for (let links = 0; links <= mostLinks; links += 1) {
      if (at === "") return top;
      const entry = at.startsWith("../") ? undefined : await entryAt(at);
      if (entry === undefined) return undefined;
      if (entry.kind !== "link") return join(top, at);
      at = posix.join(folderOf(at), String(await tree.file(at)));
    }
    return undefined;
  }

  return {
    top,
    real,
    async entries(folder) {
      const at = inTree(folder);
      const all = (await tree.folder(at)) ?? [];
      return all
        .filter(({ kind }) => kind !== "submodule")
        .map((entry) => ({ name: entry.name, isFolder: entry.kind === "folder" }))
        .filter((entry) => !entry.isFolder || isShown(posix.join(at, entry.name)));
    },
    isFile: async (path) => (await entryAt(inTree(path)))?.kind === "file",
    async read(file) {
      const bytes = await tree.file(inTree(file));
      if (bytes === undefined) throw new Error("it is not in the branch");
      return bytes;
    },
  };
}

/** The folder that something is in; "" for the top. */
function folderOf(at: string): string {
  return at.includes("/") ? posix.dirname(at) : "";
}

const { upsun } = vendors;
const appFiles: ReadonlySet<string> = new Set(allVendors.map(({ files }) => files.app));
const folders: readonly string[] = allVendors.map(({ files }) => files.folder);

/**
 * The folders that lead to the applications, and those of the vendors' own files: `.upsun`, and the others unless
 * each application has its file in its own folder.
 */
async function shownFolders(
  tree: BranchTree,
  roots: readonly string[],
): Promise<(path: string) => boolean> {
  const own = await Promise.all(
    roots.map(async (root) =>
      ((await tree.folder(root)) ?? []).some(({ name }) => appFiles.has(name)),
    ),
  );
  const shown = new Set([upsun.files.folder, ...(own.every(Boolean) ? [] : folders)]);
  for (const root of roots) for (let at = root; at !== ""; at = folderOf(at)) shown.add(at);
  return (path) => shown.has(path);
}
