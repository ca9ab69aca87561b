import { Failure } from "../../failure.ts";
import { UnfitFile } from "../../regular-file.ts";
import { refusal } from "../../yaml/refusal.ts";
import { type Files, largestFile } from "../files.ts";
import { hideTokens } from "../tokens.ts";

/**
 * Reads the text of a file, as `decode` gives it.
 * Throws a `Failure` ("uneditable") when the file can't be read at all, too.
 */
export async function readText(
  files: Files,
  { file, shown }: { readonly file: string; readonly shown: string },
): Promise<string> {
  try {
    return decode(shown, await files.read(file));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    if (cause instanceof UnfitFile) throw refusal({ shown, text: "" }, 0, cause.message);
    const why = cause instanceof Error ? { why: cause.message } : {};
    throw new Failure(
      "uneditable",
      { what: "The file can't be read", where: shown, ...why },
      { cause },
    );
  }
}

/**
 * The text of a file. A byte order mark stays in it, so that it can be written back.
 * API tokens in it are hidden from what is shown later.
 * Throws a `Failure` ("uneditable") when the bytes aren't UTF-8, or are more than 2 MiB.
 */
export function decode(shown: string, bytes: Uint8Array): string {
  if (bytes.length > largestFile)
    throw refusal({ shown, text: "" }, 0, "It is larger than 2 MiB, which no such file is");
  const text = utf8(bytes);
  if (text !== undefined) {
    hideTokens(text);
    return text;
  }
  const readable = readablePart(bytes);
  throw refusal({ shown, text: readable }, readable.length, "This line isn't UTF-8");
}

/** The whole lines before the first one that can't be read. */
function readablePart(bytes: Uint8Array): string {
  let readable = "";
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    const line = utf8(bytes.subarray(start, end));
    if (line === undefined) break;
    readable += line;
    start = end;
  }
  return readable;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
