import { Box, Text } from "ink";
import { printable } from "../../printable.ts";
import { clip, widthOf, wrap } from "../text-width.ts";
import { type LookName, looks, signs } from "../theme.ts";

/** One row of text, that the caller has cut to fit: Ink cuts wide characters a column too late. */
export function Line({ text, look = "plain", aside = "", mark }: LineProps) {
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">
        {mark === undefined ? null : <Text {...looks[mark.look]}>{`${mark.sign} `}</Text>}
        <Text {...looks[look]}>{text === "" && aside === "" ? " " : text}</Text>
        {aside === "" ? null : <Text {...looks.dim}>{aside}</Text>}
      </Text>
    </Box>
  );
}

/** The sign before a text: it has the colour, the text has none. */
export interface Mark {
  readonly sign: string;
  readonly look: LookName;
}

interface LineProps {
  readonly text: string;
  readonly look?: LookName;
  /** What stands dimmed behind it: a reason, a unit. */
  readonly aside?: string;
  readonly mark?: Mark | undefined;
}

/** Rows of one text, the first with a mark and the others as deep as its text. */
export function MarkedLines({
  lines,
  mark,
  look = "plain",
}: {
  readonly lines: readonly string[];
  readonly mark: Mark;
  readonly look?: LookName;
}) {
  return lines.map((line, index) => (
    // Rows have no identity but their place.
    <Line
      key={String(index)}
      text={index === 0 ? line : `  ${line}`}
      look={look}
      mark={index === 0 ? mark : undefined}
    />
  ));
}

/** Rows of text under each other. */
export function Lines({
  lines,
  look = "plain",
}: {
  readonly lines: readonly string[];
  readonly look?: LookName;
}) {
  return lines.map((line, index) => {
    const warns = line.startsWith(`${signs.warning} `);
    return (
      <Line
        // Rows have no identity but their place.
        key={String(index)}
        text={warns ? line.slice(2) : line}
        look={look}
        mark={warns ? { sign: signs.warning, look: "warn" } : undefined}
      />
    );
  });
}

/** A step of a numbered list: its further rows stand below its text, not below its number. */
const numbered = /^\d+\. /u;

/**
 * Paragraphs from anywhere as rows that can be shown: printable, wrapped to the columns, and at most `rows`
 * of them, the last with a sign when there are more.
 */
export function rowsOf(
  paragraphs: readonly string[],
  columns: number,
  rows = Infinity,
): readonly string[] {
  const all = paragraphs.flatMap((paragraph) => {
    const text = printable(paragraph);
    const number = numbered.exec(text)?.[0] ?? "";
    return wrap(text.slice(number.length), columns - number.length).map((row, index) =>
      index === 0 ? number + row : " ".repeat(number.length) + row,
    );
  });
  if (all.length <= rows) return all;
  if (rows <= 0) return [];
  return [...all.slice(0, rows - 1), unfinished(all[rows - 1] ?? "", columns)];
}

/** A row after which more would come: it ends in a sign, which stands in the place of a word where there is no room. */
export function unfinished(row: string, columns: number): string {
  const room = columns - 2;
  if (widthOf(row) <= room) return `${row} …`;
  const words = row.slice(0, Math.max(0, row.lastIndexOf(" "))).trimEnd();
  return words === "" ? clip(`${row}…`, columns) : unfinished(words, columns);
}
