import { join } from "node:path";
import { type GitConfiguration, namesIn, settingOf } from "./configuration.ts";
import { plainIndex } from "./index-file.ts";
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
  { root, git }: Repository,
  path: string,
): Promise<GitEntry | undefined> {
  const entries = await plainIndex(join(root, ".git")).catch(() => undefined);
  if (entries !== undefined) {
    const entry = entries.find((each) => each.path === path && each.stage === 0);
    return entry && { mode: entry.mode, id: entry.id };
  }
  const [, mode, id] =
    /^(\d+) ([0-9a-f]+) 0\t/u.exec(await git(["ls-files", "--stage", "-z", "--", path])) ?? [];
  return mode === undefined || id === undefined ? undefined : { mode, id };
}

/**
 * The id under which Git stores a text as the content of a file: with the line ends that the attributes of its path
 * ask for, and without a filter. Git is started only where it may convert something, or is to store it.
 *
 * @param write whether it is stored as well
 */
export async function storedId(
  { git, configuration }: Repository,
  path: string,
  text: string,
  write = false,
): Promise<string> {
  if (!write && convertsNothing.test(text)) return idOfBytes(configuration, text);
  const hashing = ["hash-object", ...(write ? ["-w"] : []), "--stdin", `--path=${path}`];
  return (await git(hashing, { input: text })).trim();
}

/**
 * Texts in which Git finds nothing to convert, whatever the attributes of their paths say (gitattributes(5)): line ends,
 * `$Id$`, and encodings, which have the characters of ASCII as they are. Shift JIS has two of them otherwise; a file of the
 * platform with one of these would be another one once it is committed, and so is not kept in it.
 */
const convertsNothing = /^(?:(?!\$Id)[\t\n\x20-\x7e])*$/u;

/** As Git counts it: of its kind, its length and its bytes. */
async function idOfBytes(configuration: GitConfiguration, text: string): Promise<string> {
  // Loading this takes time, and many runs need no id.
  const { createHash } = await import("node:crypto");
  const format = settingOf(configuration, "extensions.objectformat")?.value ?? "sha1";
  return createHash(format)
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest("hex");
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
