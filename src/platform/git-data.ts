import * as v from "valibot";
import { type GitObjects, gitObjects } from "./answers/git-objects.ts";
import { path } from "./answers/path.ts";
import { reader, requiredList, word } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

/** The files of a branch as they were pushed. Paths count from the top of the repository, with `/`; the top is "". */
export interface BranchTree {
  /** What is in a folder; undefined when there is no such folder. Throws `ApiFailure`. */
  folder(path: string): Promise<readonly TreeEntry[] | undefined>;
  /** The bytes of a file, or the path that a link holds; undefined when there is neither. Throws `ApiFailure`. */
  file(path: string): Promise<Buffer | undefined>;
}

/** A submodule leads to another repository. */
interface TreeEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "submodule";
}

interface GitEntry extends TreeEntry {
  readonly sha: string;
}

/** A branch by its name, or by the commit that it is at, which saves a request. */
export type Revision = { readonly branch: string } | { readonly commit: string };

/** What was read of the repositories of several projects, in which the same files and folders are often found. */
export interface KnownObjects {
  readonly trees: GitObjects<readonly GitEntry[]>;
  readonly blobs: GitObjects<Buffer>;
}

/** Keeps what is small, as configuration and scripts are: a hundred entries, and 16 kilobytes. */
export function knownObjects(): KnownObjects {
  return {
    trees: gitObjects((entries) => entries.length <= 100),
    blobs: gitObjects((bytes) => bytes.length <= 16_384),
  };
}

/**
 * Opens a branch without a checkout. Each folder and file is read when it is first asked for, and kept.
 *
 * @param known what is known of other branches and projects, and is added to
 */
export function branchTree(
  connection: Connection,
  projectId: string,
  revision: Revision,
  known: KnownObjects = knownObjects(),
): BranchTree {
  const git = path`/projects/${projectId}/git`;
  const folders = new Map<string, Promise<readonly GitEntry[] | undefined>>();
  const files = new Map<string, Promise<Buffer>>();

  async function topTree(): Promise<string> {
    const commit =
      "commit" in revision
        ? revision.commit
        : (await connection.get(git + path`/refs/${`heads/${revision.branch}`}`, parseRef)).object
            .sha;
    return (await connection.get(git + path`/commits/${commit}`, parseCommit)).tree;
  }

  function folder(at: string): Promise<readonly GitEntry[] | undefined> {
    return kept(folders, at, async () => {
      const sha = at === "" ? await topTree() : await shaOf(at, ["folder"]);
      if (sha === undefined) return undefined;
      return known.trees.get(sha, () => connection.get(git + path`/trees/${sha}`, parseTree));
    });
  }

  async function shaOf(
    at: string,
    kinds: readonly TreeEntry["kind"][],
  ): Promise<string | undefined> {
    const cut = at.lastIndexOf("/");
    const entries = await folder(at.slice(0, Math.max(cut, 0)));
    const found = entries?.find(({ name }) => name === at.slice(cut + 1));
    return found && kinds.includes(found.kind) ? found.sha : undefined;
  }

  return {
    folder,
    async file(at) {
      const sha = await shaOf(at, ["file", "link"]);
      if (sha === undefined) return undefined;
      return kept(files, sha, () =>
        known.blobs.get(sha, () => connection.get(git + path`/blobs/${sha}`, parseBlob)),
      );
    },
  };
}

function kept<T>(all: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = all.get(key);
  if (known !== undefined) return known;
  const reading = read();
  all.set(key, reading);
  return reading;
}

const kinds: Readonly<Record<string, TreeEntry["kind"]>> = {
  "040000": "folder",
  "120000": "link",
  "160000": "submodule",
};

const parseRef = reader(v.object({ object: v.object({ sha: word }) }));
const parseCommit = reader(v.object({ tree: word }));
const parseTree = reader(
  v.pipe(
    v.object({
      tree: requiredList(v.object({ path: word, mode: word, sha: v.nullable(v.string()) })),
    }),
    v.transform(({ tree }) =>
      tree.flatMap(({ path: name, mode, sha }): readonly GitEntry[] =>
        sha === null ? [] : [{ name, kind: kinds[mode] ?? "file", sha }],
      ),
    ),
  ),
);
const parseBlob = reader(
  v.pipe(
    v.object({ encoding: v.picklist(["base64", "utf-8"]), content: v.string() }),
    v.transform(({ encoding, content }) =>
      Buffer.from(content, encoding === "base64" ? "base64" : "utf8"),
    ),
  ),
);
