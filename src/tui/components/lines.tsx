import { Box, Text } from "ink";
import { printable } from "../../printable.ts";
import { clip, wrap } from "../text-width.ts";
import { type Look, looks } from "../theme.ts";

/** One row of text, that the caller has cut to fit: Ink cuts wide characters a column too late. */
export function Line({ text, look = "plain" }: { readonly text: string; readonly look?: Look }) {
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end" {...looks[look]}>
        {text === "" ? " " : text}
      </Text>
    </Box>
  );
}

/** Rows of text under each other. */
export function Lines({
  lines,
  look = "plain",
}: {
  readonly lines: readonly string[];
  readonly look?: Look;
}) {
  return lines.map((line, index) => (
    // Rows have no identity but their place.
    <Line key={String(index)} text={line} look={look} />
  ));
}

/**
 * Paragraphs from anywhere as rows that can be shown: printable, wrapped to the columns, and at most `rows`
 * of them, the last with a sign when there are more.
 */
export function rowsOf(
  paragraphs: readonly string[],
  columns: number,
  rows = Infinity,
): readonly string[] {
  const all = paragraphs.flatMap((paragraph) => wrap(printable(paragraph), columns));
  if (all.length <= rows) return all;
  if (rows <= 0) return [];
  return [...all.slice(0, rows - 1), `${clip(all[rows - 1] ?? "", columns - 2)} …`];
}
