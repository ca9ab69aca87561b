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

/** The code of a project: what its branches point to, and everything below that, by id. */
export interface Repository {
  /** The commit of each branch. */
  readonly branches: Map<string, string>;
  readonly objects: Map<string, GitObject>;
}

type Files = Readonly<Record<string, string>>;

/**
 * Has a branch point to a commit that holds these files, by their paths with `/`; ids are as Git makes them (Git
 * manual, "Git Internals, Git Objects").
 *
 * @param at the moment of the commit, milliseconds since 1970
 */
export function commitFiles(
  repository: Repository,
  branch: string,
  files: Files,
  at: number,
): void {
  const tree = storeTree(repository.objects, files);
  const stamp = `Sample <sample@example.org> ${Math.floor(at / 1000)} +0000`;
  const text = `tree ${tree}\nauthor ${stamp}\ncommitter ${stamp}\n\n${commitMessage}\n`;
  const commit = idOf("commit", Buffer.from(text));
  repository.objects.set(commit, { type: "commit", tree, at });
  repository.branches.set(branch, commit);
}

export const commitMessage = "Code as deployed";

function storeTree(objects: Map<string, GitObject>, files: Files): string {
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
