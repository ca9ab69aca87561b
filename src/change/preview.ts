import { printable } from "../printable.ts";
import { redact } from "../secret.ts";
import type { Change } from "./change.ts";
import type { AnyChange, Preview, PreviewLine } from "./kinds/kind.ts";
import { actionOfChange } from "./kinds/kind-of.ts";

export type { Preview, PreviewLine } from "./kinds/kind.ts";

/**
 * What a change or its reversal does, before it is done: the unified diff of a file's real text with three lines around
 * it, or the request to the API in words. Every text is printable and holds no secret.
 */
export function previewOf(change: Change | AnyChange): Preview {
  const { title, lines } = actionOfChange(change).preview(change);
  return { title: shown(title), lines: lines.map(shownLine) };
}

function shownLine(line: PreviewLine): PreviewLine {
  if (line.kind !== "field") return { kind: line.kind, text: shown(line.text) };
  const { now, means } = line;
  return {
    kind: line.kind,
    text: shown(line.text),
    name: line.name,
    value: shown(line.value),
    ...(now === undefined ? {} : { now: shown(now) }),
    ...(means === undefined ? {} : { means: shown(means) }),
  };
}

function shown(text: string): string {
  return printable(redact(text));
}

/**
 * What a change did, in the past tense, for the transcript: "Created the variable …".
 *
 * @param id of the commit that was made by it
 */
export function doneLine(change: AnyChange, id?: string): string {
  return printable(actionOfChange(change).done(change, id));
}
