import type { Script } from "../../appfile/app-file.ts";
import { type AppScript, scriptWith } from "../../automation/scripts.ts";
import type { Stretch } from "../../shell/script.ts";
import { placeOf } from "../../yaml/lines.ts";
import type { TextFile } from "../../yaml/text-file.ts";
import type { FileLocation } from "../finding.ts";

/** The place of a range of offsets in a file; line breaks and blanks at its end aren't pointed at, unless it has no more. */
export function placeAt({ shown, text }: TextFile, start: number, end: number): FileLocation {
  const from = placeOf(text, start);
  const to = placeOf(text, start + (text.slice(start, end).trimEnd().length || end - start));
  return {
    kind: "file",
    file: shown,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

/**
 * The place in the file of a stretch of a script. Where the script has no characters of its own in the file,
 * as in quotes with escapes, it is the place of the whole value.
 */
export function placeIn(from: AppScript, stretch: Stretch): FileLocation {
  return placeInScript(scriptWith(from, stretch), stretch);
}

/** As `placeIn`, of a script by itself. */
export function placeInScript(
  script: Script,
  stretch: { readonly start: number; readonly end: number },
): FileLocation {
  const start = script.toOffset(stretch.start);
  const last = script.toOffset(Math.max(stretch.start, stretch.end - 1));
  return start === undefined || last === undefined
    ? placeAt(script.in, script.start, script.end)
    : placeAt(script.in, start, last + 1);
}
