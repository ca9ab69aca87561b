import { namesIn } from "./configuration.ts";
import type { Repository } from "./repository.ts";

/** A file as Git keeps it in a tree or in the index. */
export interface GitEntry {
  readonly mode: string;
  readonly id: string;
}

/** What is committed of a file; undefined when it is in no commit. */
export async function committedText(
  { git }: Repository,
  path: string,
  commit = "HEAD",
): Promise<GitEntry | undefined> {
  const listed = await git(["ls-tree", "-z", "--full-tree", commit, "--", path]);
  const [, mode, id] = /^(100\d{3}) blob ([0-9a-f]+)\t/u.exec(listed) ?? [];
  return mode === undefined || id === undefined ? undefined : { mode, id };
}

/** What is staged of a file; undefined when it isn't in the index. */
export async function stagedEntry(
  { git }: Repository,
  path: string,
): Promise<GitEntry | undefined> {
  const [, mode, id] =
    /^(\d+) ([0-9a-f]+) 0\t/u.exec(await git(["ls-files", "--stage", "-z", "--", path])) ?? [];
  return mode === undefined || id === undefined ? undefined : { mode, id };
}

/**
 * The id under which Git stores a text as the content of a file: with the line ends that the attributes of its path
 * ask for, and without a filter.
 *
 * @param write whether it is stored as well
 */
export async function storedId(
  { git }: Repository,
  path: string,
  text: string,
  write = false,
): Promise<string> {
  const hashing = ["hash-object", ...(write ? ["-w"] : []), "--stdin", `--path=${path}`];
  return (await git(hashing, { input: text })).trim();
}

/** The filter that Git sends a file through (gitattributes(5)); undefined when there is none. */
export async function filterOf(
  { git, configuration }: Repository,
  path: string,
): Promise<string | undefined> {
  // An attribute that no program belongs to changes nothing.
  const filters = namesIn(configuration, "filter");
  if (filters.length === 0) return undefined;
  const [, , value = ""] = (await git(["check-attr", "-z", "filter", "--", path])).split("\0");
  return filters.includes(value) ? value : undefined;
}

/** How a file stands to what is committed and staged of it. */
export type FileState = "as committed" | "changed" | "unknown";

/**
 * @param path from the root, with `/`
 * @param text what the file holds
 */
export async function stateOf(
  repository: Repository,
  path: string,
  text: string,
): Promise<FileState> {
  try {
    const [filter, [inHead, inIndex], now] = await Promise.all([
      filterOf(repository, path),
      idsOf(repository, [`HEAD:${path}`, `:0:${path}`]),
      storedId(repository, path, text),
    ]);
    // What a filter would make of it is not known without running it.
    if (filter !== undefined) return "unknown";
    return now === inHead && now === inIndex ? "as committed" : "changed";
  } catch {
    return "unknown";
  }
}

/**
 * The ids of what is named as Git names it (gitrevisions(7)), undefined for what there isn't; Git is started once for all.
 *
 * @throws an Error when a name holds the end of a line, which is the end of a name here
 */
export async function idsOf(
  { git }: Repository,
  names: readonly string[],
): Promise<readonly (string | undefined)[]> {
  if (names.some((name) => name.includes("\n"))) throw new Error("a name holds the end of a line");
  const input = names.map((name) => `${name}\n`).join("");
  const answers = (await git(["cat-file", "--batch-check=%(objectname)"], { input })).split("\n");
  return names.map((_, at) => /^[0-9a-f]{40,}$/u.exec(answers[at] ?? "")?.[0]);
}
