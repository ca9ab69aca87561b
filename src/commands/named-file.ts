import { open, realpath, stat } from "node:fs/promises";
import { replaceFile, UnclearReplacement } from "../disk/replace-file.ts";
import { Failure, UnclearFailure } from "../failure.ts";

/**
 * Writes a file that a flag names, as a whole: it is the old one until it is the new one. A link stays one, and what is no
 * file, as `/dev/stdout`, is written into.
 * Throws a `Failure` ("usage") when it can't be written.
 *
 * @param path absolute
 * @param text as a whole, or in the parts in which it comes; what getting them throws is thrown
 * @param named what is written, and the flag that names the file
 */
export async function writeNamedFile(
  path: string,
  text: string | AsyncIterable<string>,
  { what, flag }: { readonly what: string; readonly flag: string },
): Promise<void> {
  try {
    const there = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (there === undefined || there.isFile()) {
      const real = there === undefined ? path : await realpath(path);
      await replaceFile(real, { text, mode: there === undefined ? 0o644 : there.mode & 0o777 });
      return;
    }
    const stream = await open(path, "w");
    try {
      for await (const part of typeof text === "string" ? [text] : text) await stream.write(part);
    } finally {
      await stream.close();
    }
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error)) throw error;
    const parts = { where: path, why: error.message, next: `name another file with ${flag}` };
    if (error instanceof UnclearReplacement)
      throw new UnclearFailure("usage", {
        what: `It isn't known whether ${what.toLowerCase()} was written`,
        ...parts,
      });
    if (!("code" in error)) throw error;
    throw new Failure("usage", { what: `${what} can't be written`, ...parts }, { cause: error });
  }
}
