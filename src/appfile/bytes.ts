import { refusal } from "./refusal.ts";
import { hideTokens } from "./tokens.ts";

/** Far beyond any application file; a larger one would only hold up the parser. */
const largest = 2 * 1024 * 1024;

/**
 * The text of a file. A byte order mark stays in it, so that it can be written back.
 * API tokens in it are hidden from what is shown later.
 * Throws a `Failure` ("uneditable") when the bytes aren't UTF-8, or are more than 2 MiB.
 */
export function decode(shown: string, bytes: Uint8Array): string {
  if (bytes.length > largest)
    throw refusal({ shown, text: "" }, 0, "It is larger than 2 MiB, which no application file is");
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
