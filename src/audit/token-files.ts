import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { StandIn } from "../appfile/files.ts";
import { type Fact, known, valueIn } from "../fact.ts";
import { rootAbove } from "../git/checkout.ts";
import { trackedFiles, trackedText } from "../git/tracked.ts";
import { hide } from "../secret.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { literalTokens } from "./evidence/literal-tokens.ts";

/** As many files are read at the same time. */
const atOnce = 16;

/** Names of files that are no text, or that programs write; they need not be opened to be known. */
const noText =
  /(?:^|[/])(?:npm-shrinkwrap|package-lock)\.json$|(?:^|[/])pnpm-lock\.yaml$|\.(?:lock|lockb|map|min\.(?:css|js)|po|svg|7z|avif|bmp|bz2|eot|gif|gz|ico|jar|jpe?g|mo|mp[34]|otf|pdf|phar|png|ttf|wasm|webm|webp|woff2?|xz|zip)$/iu;

/** What a search for tokens came to. */
export interface TokenSearch {
  /** The files in which there may be one; absent where there is no checkout, unread where its files can't be listed. */
  readonly files: Fact<readonly TextFile[]>;
  /** Those that could not be read, or are too large to be. */
  readonly leftOut: readonly string[];
}

/**
 * Looks for API tokens in the text files that Git keeps track of below a directory; their paths are those from there.
 *
 * @param directory absolute path
 * @param env where Git is found, and whose it is
 * @param standIn what stands for the text of one of the files
 */
export async function filesWithTokens(
  directory: string,
  env: NodeJS.ProcessEnv,
  standIn?: StandIn,
): Promise<TokenSearch> {
  const root = await rootAbove(directory);
  if (root === undefined) return { files: { kind: "absent" }, leftOut: [] };
  const tracked = await trackedFiles(root, env);
  if (tracked.kind === "unread") return { files: tracked, leftOut: [] };
  const [top, below] = [await realpath(root), await realpath(directory)];
  const paths = tracked.paths.filter(
    (path) => !noText.test(path) && join(top, path).startsWith(below + sep),
  );
  const found: TextFile[] = [];
  const leftOut: string[] = [];
  const queue = paths.values();
  const read = async () => {
    for (const path of queue) {
      const file = join(top, path);
      const read = standIn?.file === file ? known(standIn.text) : await trackedText(root, path);
      const text = valueIn(read);
      const shown = relative(below, file).split(sep).join("/");
      const tokens = text === undefined ? [] : literalTokens({ shown, text }, false);
      if (read.kind === "unread") leftOut.push(shown);
      // The line of a finding is shown, and its token isn't.
      for (const { value } of tokens) hide(value);
      if (text !== undefined && tokens.length > 0) found.push({ file, shown, text });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, read));
  const files = known(found.sort((a, b) => (a.shown < b.shown ? -1 : 1)));
  return { files, leftOut: leftOut.sort() };
}
