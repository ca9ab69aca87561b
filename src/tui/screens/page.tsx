import { printable } from "../../printable.ts";
import { rowsOf } from "../components/lines.tsx";
import { type Row, ScrollArea, windowRows } from "../components/scroll-area.tsx";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Screen } from "../screen.ts";
import { wrap } from "../text-width.ts";
import { scrollStart } from "./scroll.ts";

/**
 * Text to read, which scrolls when it is longer than the screen.
 * @param content gives the rows for a width
 */
export function pageScreen(
  content: (columns: number) => readonly Row[],
  close: () => void,
): Screen {
  let start = 0;
  return {
    keys: keyTable.page,
    typeAhead: true,
    press(key, { columns, rows }) {
      const action = actionOf(keyTable.page, key);
      if (action === undefined) return "unknown";
      if (action === "close") {
        close();
      } else {
        const count = content(columns).length;
        start = scrollStart(start, action, windowRows(count, rows), count);
      }
      return undefined;
    },
    view: ({ columns, rows }) => (
      <ScrollArea content={content(columns)} start={start} rows={rows} columns={columns} />
    ),
  };
}

/** A title with paragraphs below it, a blank row after each. */
export function pageRows(
  title: string,
  paragraphs: readonly string[],
  columns: number,
): readonly Row[] {
  return [
    ...rowsOf([title], columns).map((text) => ({ text, look: "strong" }) as const),
    { text: "", look: "plain" },
    ...paragraphs.flatMap((paragraph) => [
      ...rowsOf([paragraph], columns).map((text) => ({ text, look: "plain" }) as const),
      { text: "", look: "plain" } as const,
    ]),
  ];
}

/** Lines as they are, a row each; a long one goes on below itself, at its own indentation. */
export function linesAsRows(lines: readonly string[], columns: number): readonly Row[] {
  return lines.flatMap((line) => {
    const shown = printable(line);
    const text = shown.trimStart();
    const indentation = shown.slice(0, Math.min(shown.length - text.length, columns - 10));
    return wrap(text, columns - indentation.length).map(
      (row) => ({ text: indentation + row, look: "plain" }) as const,
    );
  });
}
