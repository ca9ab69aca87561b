import type { Preview, PreviewLine } from "../../change/preview.ts";

/** Prints a preview as plain lines, a diff with its usual marks. */
export function tellPreview(preview: Preview, say: (line: string) => void): void {
  say("");
  say(preview.title);
  for (const line of preview.lines) say(`    ${marks[line.kind]}${line.text}`);
  say("");
}

const marks: Readonly<Record<PreviewLine["kind"], string>> = {
  place: "",
  context: "  ",
  added: "+ ",
  removed: "- ",
  fact: "",
  field: "",
};
