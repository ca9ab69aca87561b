import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Fact, known } from "../fact.ts";
import { rootAbove } from "../git/checkout.ts";
import { trackedFiles, trackedText } from "../git/tracked.ts";
import { hide } from "../secret.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { literalTokens } from "./evidence/literal-tokens.ts";

/** As many files are read at the same time. */
const atOnce = 16;

/** Names of files that are no text; they need not be opened to be known. */
const noText =
  /\.(?:7z|avif|bmp|bz2|eot|gif|gz|ico|jar|jpe?g|mo|mp[34]|otf|pdf|phar|png|ttf|wasm|webm|webp|woff2?|xz|zip)$/iu;

/**
 * The text files that Git keeps track of below a directory and in which there may be an API token, by their paths from
 * there; absent where there is no checkout, unread where its files can't be listed. Large files are left out.
 *
 * @param directory absolute path
 * @param env where Git is found, and whose it is
 */
export async function filesWithTokens(
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<Fact<readonly TextFile[]>> {
  const root = await rootAbove(directory);
  if (root === undefined) return { kind: "absent" };
  const tracked = await trackedFiles(root, env);
  if (tracked.kind === "unread") return tracked;
  const [top, below] = [await realpath(root), await realpath(directory)];
  const paths = tracked.paths.filter(
    (path) => !noText.test(path) && join(top, path).startsWith(below + sep),
  );
  const found: TextFile[] = [];
  const queue = paths.values();
  const read = async () => {
    for (const path of queue) {
      const text = await trackedText(root, path);
      const file = join(top, path);
      const shown = relative(below, file).split(sep).join("/");
      const tokens = text === undefined ? [] : literalTokens({ shown, text }, false);
      // The line of a finding is shown, and its token isn't.
      for (const { value } of tokens) hide(value);
      if (text !== undefined && tokens.length > 0) found.push({ file, shown, text });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, read));
  return known(found.sort((a, b) => (a.shown < b.shown ? -1 : 1)));
}
