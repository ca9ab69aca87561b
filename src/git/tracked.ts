import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { type Fact, known } from "../fact.ts";
import { kibibyte, readRegularFile } from "../regular-file.ts";
import { plainIndex } from "./index-file.ts";
import { openRepository } from "./repository.ts";

/** The files of a checkout that Git keeps track of. */
export type TrackedFiles =
  | {
      readonly kind: "listed";
      /** From the root, with `/`; links and submodules are no files. */
      readonly paths: readonly string[];
    }
  | { readonly kind: "unread"; readonly why: string };

/**
 * Lists what Git keeps track of in a checkout, from the index as it is; without a process of Git where the index is a
 * plain one.
 *
 * @param root absolute path of the directory that holds `.git`
 * @param env as for `openRepository`
 */
export async function trackedFiles(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TrackedFiles> {
  try {
    const entries = await plainIndex(join(root, ".git"));
    const paths = entries?.flatMap(({ path, mode }) => (mode.startsWith("10") ? [path] : []));
    return {
      kind: "listed",
      paths: paths === undefined ? await listedByGit(root, env) : [...new Set(paths)],
    };
  } catch (error) {
    return { kind: "unread", why: error instanceof Error ? error.message : String(error) };
  }
}

async function listedByGit(root: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const { git } = await openRepository(root, env);
  const entries = (await git(["ls-files", "--stage", "-z"])).split("\0");
  return entries.flatMap((entry) => /^100\d{3} [0-9a-f]+ \d\t(.+)$/su.exec(entry)?.[1] ?? []);
}

/** Larger ones are no texts that a person keeps. */
const largestText = 256 * kibibyte;
const absent = { kind: "absent" } as const;

/**
 * The text of a tracked file as it is now.
 *
 * @param path as `trackedFiles` gives it
 * @returns absent when it isn't there, isn't a text (it holds a NUL, as for Git) or leads out of the checkout; unread when
 *   it has more than 256 KiB, or can't be read
 */
export async function trackedText(root: string, path: string): Promise<Fact<string>> {
  try {
    // A folder on the way may have become a link.
    const file = await realpath(join(root, path));
    if (!file.startsWith((await realpath(root)) + sep)) return absent;
    const bytes = await readRegularFile(file, largestText);
    return bytes.includes(0) ? absent : known(bytes.toString("utf8"));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isGone = "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return isGone ? absent : { kind: "unread", why: error.message };
  }
}
