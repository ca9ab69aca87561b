import type { Preview, PreviewLine } from "../../change/preview.ts";
import { printable } from "../../printable.ts";
import { widthOf, wrapCode } from "../text-width.ts";
import type { LookName } from "../theme.ts";
import { type FieldRow, fieldRows } from "./field-rows.ts";
import { rowsOf } from "./lines.tsx";
import type { Row } from "./scroll-area.tsx";

/** How each kind of line stands in a preview; the sign tells it without colour too. */
const marks = {
  place: { sign: "", look: "dim" },
  context: { sign: "  ", look: "plain" },
  added: { sign: "+ ", look: "good" },
  removed: { sign: "- ", look: "bad" },
  fact: { sign: "", look: "plain" },
} as const satisfies Record<TextLine["kind"], { sign: string; look: LookName }>;

type TextLine = Exclude<PreviewLine, { readonly kind: "field" }>;

/** The rows of previews, whole: a long line goes on in the next row, nothing is cut off. */
export function previewRows(previews: readonly Preview[], columns: number): readonly Row[] {
  return previews.flatMap(({ title, lines }, index): readonly Row[] => [
    ...(index === 0 ? [] : [{ text: "", look: "plain" } as const]),
    // A diff begins with its file; what is done to it, its page says.
    ...(lines[0]?.kind === "place" ? [] : rowsOf([title], columns)).map(
      (text) => ({ text, look: "plain" }) as const,
    ),
    ...linesOf(lines, columns),
  ]);
}

function linesOf(lines: readonly PreviewLine[], columns: number): readonly Row[] {
  const table = fieldRows(lines.flatMap(fieldOf), columns);
  let told = false;
  return lines.flatMap((line): readonly Row[] => {
    if (line.kind !== "field") return textRows(line, columns);
    // The fields of one preview are one table, where the first of them stands.
    const rows = told ? [] : table;
    told = true;
    return rows;
  });
}

function fieldOf(line: PreviewLine): readonly FieldRow[] {
  if (line.kind !== "field") return [];
  const { name, now, value, means = "" } = line;
  return [{ name: capitalized(name), ...(now === undefined ? {} : { now }), value, means }];
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function textRows({ kind, text }: TextLine, columns: number): readonly Row[] {
  const { sign, look } = marks[kind];
  const shown = kind === "place" ? placeText(text) : text;
  return wrapCode(printable(shown), columns - widthOf(sign)).map((part) => ({
    // Without colour a row without the sign would look like one that stays.
    text: `${sign}${part}`,
    look,
  }));
}

/** "@@ .platform.app.yaml:84 @@" as people say it. */
function placeText(text: string): string {
  const [, file, line] = /^@@ (.+):(\d+) @@$/u.exec(text) ?? [];
  return file === undefined || line === undefined ? text : `${file}, line ${line}`;
}

/** Where the window first stands: so that the first changed line is in it, with the lines above it that have room. */
export function startAtChange(content: readonly Row[], rows: number): number {
  const change = content.findIndex(({ look }) => look === "good" || look === "bad");
  return change < rows / 2 ? 0 : change - Math.floor(rows / 3);
}
