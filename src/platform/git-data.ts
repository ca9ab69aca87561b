import * as v from "valibot";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";
import { path } from "./path.ts";
import { list, reader } from "./schema.ts";

/** A file of a branch, as it was pushed. */
export interface BranchFile {
  /** From the top of the repository, with `/`. */
  readonly path: string;
  readonly content: Buffer;
}

/** Which files and folders to read, by their paths from the top. */
export interface Wanted {
  file(path: string): boolean;
  folder(path: string): boolean;
}

const largestFile = 5 * 1024 * 1024;

/**
 * Reads files of a branch without a checkout, folder by folder. Links and submodules are left out, as they lead
 * elsewhere. Throws `ApiFailure`: status 404 when there is no such branch, and for a file above 5 MiB.
 */
export async function branchFiles(
  connection: Connection,
  projectId: string,
  branch: string,
  wanted: Wanted,
): Promise<readonly BranchFile[]> {
  const git = path`/projects/${projectId}/git`;
  const { object } = await connection.get(git + path`/refs/${`heads/${branch}`}`, parseRef);
  const commit = await connection.get(git + path`/commits/${object.sha}`, parseCommit);

  const inFolder = async (sha: string, above: string): Promise<readonly BranchFile[]> => {
    const { tree } = await connection.get(git + path`/trees/${sha}`, parseTree);
    const found = tree.map(async (entry): Promise<readonly BranchFile[]> => {
      const at = above + entry.path;
      if (entry.sha === null) return [];
      if (entry.mode === "040000") return wanted.folder(at) ? inFolder(entry.sha, `${at}/`) : [];
      if (!entry.mode.startsWith("100") || !wanted.file(at)) return [];
      return [{ path: at, content: await blob(connection, git, entry.sha, at) }];
    });
    return (await Promise.all(found)).flat();
  };
  return inFolder(commit.tree, "");
}

async function blob(connection: Connection, git: string, sha: string, at: string): Promise<Buffer> {
  const where = git + path`/blobs/${sha}`;
  const { size, encoding, content } = await connection.get(where, parseBlob);
  if (size > largestFile) {
    throw new ApiFailure("api", {
      where: at,
      what: "The file is too large to be a configuration",
      why: "it has more than 5 MiB",
    });
  }
  return Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
}

const parseRef = reader(v.object({ object: v.object({ sha: v.string() }) }));
const parseCommit = reader(v.object({ tree: v.string() }));
const parseTree = reader(
  v.pipe(
    v.object({
      tree: list(v.object({ path: v.string(), mode: v.string(), sha: v.nullable(v.string()) })),
    }),
    v.transform(({ tree }) => ({ tree: tree ?? [] })),
  ),
);
const parseBlob = reader(
  v.object({
    size: v.number(),
    encoding: v.picklist(["base64", "utf-8"]),
    content: v.string(),
  }),
);
