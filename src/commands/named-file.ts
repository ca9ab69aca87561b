import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writableAt } from "../disk/pipe.ts";
import { replaceFile, UnclearReplacement } from "../disk/replace-file.ts";
import { Failure, type FailureParts, UnclearFailure } from "../failure.ts";

/**
 * Writes a file that a flag names, as a whole: it is the old one until it is the new one. A link stays one, and what is no
 * file, as `/dev/stdout`, is written into; a named pipe once somebody reads it.
 * Throws a `Failure` ("usage") when it can't be written, and an AbortError when `signal` calls off what waits for a reader.
 *
 * @param path absolute
 * @param text as a whole, or in the parts in which it comes; what getting them throws is thrown
 * @param named what is written, and the flag that names the file
 */
export async function writeNamedFile(
  path: string,
  text: string | AsyncIterable<string>,
  { what, flag }: { readonly what: string; readonly flag: string },
  signal: AbortSignal,
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
    const stream = await writableAt(path, there, signal);
    await pipeline(Readable.from(typeof text === "string" ? [text] : text), stream, { signal });
  } catch (error) {
    if (signal.aborted || error instanceof Failure || !(error instanceof Error)) throw error;
    const parts = { where: path, ...(await reasonOf(error, path, flag)) };
    if (error instanceof UnclearReplacement)
      throw new UnclearFailure("usage", {
        what: `It isn't known whether ${what.toLowerCase()} was written`,
        ...parts,
      });
    if (!("code" in error)) throw error;
    throw new Failure("usage", { what: `${what} can't be written`, ...parts }, { cause: error });
  }
}

/** Why a file can't be written, and what to do: the folder is missing, or what the system says. */
async function reasonOf(
  error: Error,
  path: string,
  flag: string,
): Promise<Required<Pick<FailureParts, "why" | "next">>> {
  const folder = dirname(path);
  const code = await stat(folder).then(
    (there) => (there.isDirectory() ? undefined : "ENOTDIR"),
    (absent: NodeJS.ErrnoException) => absent.code,
  );
  if (code === "ENOENT")
    return {
      why: `there is no folder ${folder}`,
      next: `make that folder, or name another file with ${flag}`,
    };
  const next = `name another file with ${flag}`;
  if (code === "ENOTDIR") return { why: `${folder} is no folder`, next };
  // The system names the file that it is written under at first, which nobody knows.
  return { why: error.message.replace(/, \w+ '.*'$/su, ""), next };
}
