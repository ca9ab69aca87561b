import { placeOf } from "../appfile/lines.ts";
import type { TextFile } from "../appfile/text-file.ts";
import type { FileLocation } from "./finding.ts";

/** The place of a range of offsets in a file. */
export function placeAt({ shown, text }: TextFile, start: number, end: number): FileLocation {
  const from = placeOf(text, start);
  const to = placeOf(text, end);
  return {
    kind: "file",
    file: shown,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}
