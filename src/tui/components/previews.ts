import type { Preview, PreviewLine } from "../../change/preview.ts";
import { printable } from "../../printable.ts";
import { breakAnywhere } from "../text-width.ts";
import type { Look } from "../theme.ts";
import { rowsOf } from "./lines.tsx";
import type { Row } from "./scroll-area.tsx";

/** How each kind of line stands in a preview; the sign tells it without colour too. */
const marks = {
  place: { sign: "", look: "accent" },
  context: { sign: "  ", look: "plain" },
  added: { sign: "+ ", look: "good" },
  removed: { sign: "- ", look: "bad" },
  fact: { sign: "• ", look: "plain" },
} as const satisfies Record<PreviewLine["kind"], { sign: string; look: Look }>;

/** The rows of previews, whole: a long line goes on in the next row, nothing is cut off. */
export function previewRows(previews: readonly Preview[], columns: number): readonly Row[] {
  return previews.flatMap(({ title, lines }) => [
    ...rowsOf([title], columns).map((text) => ({ text, look: "strong" }) as const),
    ...lines.flatMap(({ kind, text }) => {
      const { sign, look } = marks[kind];
      return breakAnywhere(printable(text), columns - 2).map((part, index) => ({
        text: `${index === 0 ? sign : "  "}${part}`,
        look,
      }));
    }),
  ]);
}

/** Where the window first stands: so that the first changed line is in it, with the lines above it that have room. */
export function startAtChange(content: readonly Row[], rows: number): number {
  const change = content.findIndex(({ look }) => look === "good" || look === "bad");
  return change < rows / 2 ? 0 : change - Math.floor(rows / 3);
}
