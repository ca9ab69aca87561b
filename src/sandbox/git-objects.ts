import { createHash } from "node:crypto";

/** An object of a Git repository, as far as the API shows it. */
export type GitObject =
  | { readonly type: "blob"; readonly content: Buffer }
  | { readonly type: "tree"; readonly entries: readonly TreeEntry[] }
  | { readonly type: "commit"; readonly tree: string; readonly at: number };

interface TreeEntry {
  readonly path: string;
  readonly mode: "040000" | "100644";
  readonly type: "tree" | "blob";
  readonly sha: string;
}

/** Files by their paths with `/`, from the top of the repository. */
export type CodeFiles = Readonly<Record<string, string>>;

/** What a branch holds, and since when (milliseconds since 1970). */
export interface Snapshot {
  readonly files: CodeFiles;
  readonly at: number;
}

/** The code of a project: the snapshot of each branch. Its objects are made when they are asked for. */
export type Snapshots = Map<string, Snapshot>;

/** The message of the commit that holds the code of a branch. */
export const deployedMessage = "Code as deployed";

/** The id of the commit that holds a snapshot, as Git makes it (Git manual, "Git Internals, Git Objects"). */
export function commitId(snapshot: Snapshot): string {
  return committed(snapshot).commit;
}

/** The object with this id, on whatever branch it is. */
export function objectIn(repository: Snapshots, id: string): GitObject | undefined {
  for (const snapshot of new Set(repository.values())) {
    const object = committed(snapshot).objects.get(id);
    if (object !== undefined) return object;
  }
  return undefined;
}

function committed({ files, at }: Snapshot) {
  const objects = new Map<string, GitObject>();
  const tree = storeTree(objects, files);
  const stamp = `Sample <sample@example.org> ${Math.floor(at / 1000)} +0000`;
  const text = `tree ${tree}\nauthor ${stamp}\ncommitter ${stamp}\n\n${deployedMessage}\n`;
  const commit = idOf("commit", Buffer.from(text));
  objects.set(commit, { type: "commit", tree, at });
  return { commit, objects };
}

function storeTree(objects: Map<string, GitObject>, files: CodeFiles): string {
  const folders = new Map<string, Record<string, string>>();
  const entries: TreeEntry[] = [];
  for (const [path, text] of Object.entries(files)) {
    const [name = "", ...rest] = path.split("/");
    if (rest.length === 0) {
      const content = Buffer.from(text);
      const sha = idOf("blob", content);
      objects.set(sha, { type: "blob", content });
      entries.push({ path: name, mode: "100644", type: "blob", sha });
    } else {
      const folder = folders.get(name) ?? {};
      folder[rest.join("/")] = text;
      folders.set(name, folder);
    }
  }
  for (const [path, inside] of folders) {
    entries.push({ path, mode: "040000", type: "tree", sha: storeTree(objects, inside) });
  }
  entries.sort((one, other) => Buffer.compare(sortKey(one), sortKey(other)));
  const content = Buffer.concat(
    entries.flatMap(({ mode, path, sha }) => [
      Buffer.from(`${mode.replace(/^0/, "")} ${path}\0`),
      Buffer.from(sha, "hex"),
    ]),
  );
  const sha = idOf("tree", content);
  objects.set(sha, { type: "tree", entries });
  return sha;
}

/** Git sorts folders as if their names ended with a slash. */
function sortKey({ path, type }: TreeEntry): Buffer {
  return Buffer.from(type === "tree" ? `${path}/` : path);
}

function idOf(type: GitObject["type"], content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}
