import { Box, Text } from "ink";
import type { Severity } from "../../audit/finding.ts";
import { sentence, severityWords } from "../../audit/words.ts";
import { printable } from "../../printable.ts";
import { Line } from "../components/lines.tsx";
import { type Size, windowStart } from "../layout.ts";
import { clip, widthOf } from "../text-width.ts";
import { looks, signs } from "../theme.ts";
import type { BoardEntry, BoardState } from "./board-state.ts";

/** A list with fewer rows has no headings: each entry has the sign of its severity anyway. */
const rowsForHeadings = 8;

/** The findings under each other, by severity: each a sentence, with its place at the end of the row. */
export function FindingList({ state, area }: { readonly state: BoardState; readonly area: Size }) {
  const { rows, columns } = area;
  const all = rowsOfList(state, rows >= rowsForHeadings);
  const pointed = all.findIndex((row) => row.kind === "entry" && row.at === state.at);
  const start = windowStart(Math.max(0, pointed), rows, all.length);
  const main = mainFile(state.entries);
  const longestPlace = Math.max(6, Math.floor(columns / 4));
  return (
    <Box flexDirection="column" height={rows} flexShrink={0}>
      {all
        .slice(start, start + rows)
        .map((row, index) =>
          row.kind === "heading" ? (
            <Line key={String(start + index)} text={fitting(row.texts, columns)} look="dim" />
          ) : (
            <EntryLine
              key={String(start + index)}
              entry={row.entry}
              place={tail(placeOf(row.entry, main), longestPlace)}
              pointed={row.at === state.at}
              columns={columns}
            />
          ),
        )}
    </Box>
  );
}

/** The rows that the list fills when it may have at most this many. */
export function listHeight(state: BoardState, most: number): number {
  return Math.max(1, rowsOfList(state, most >= rowsForHeadings).length);
}

type ListRow =
  | { readonly kind: "heading"; readonly texts: readonly string[] }
  | { readonly kind: "entry"; readonly entry: BoardEntry; readonly at: number };

function rowsOfList({ entries }: BoardState, headed: boolean): readonly ListRow[] {
  return entries.flatMap((entry, at): ListRow[] => {
    const before = entries[at - 1];
    const begins = before === undefined || groupOf(before) !== groupOf(entry);
    const count = entries.filter((other) => groupOf(other) === groupOf(entry)).length;
    return [
      ...(headed && begins ? [{ kind: "heading" as const, texts: headingOf(entry, count) }] : []),
      { kind: "entry", entry, at },
    ];
  });
}

function groupOf({ finding, ignored }: BoardEntry): Severity | "ignored" {
  return ignored === undefined ? finding.severity : "ignored";
}

/** The heading of a group, the longest wording first. */
function headingOf(entry: BoardEntry, count: number): readonly string[] {
  const group = groupOf(entry);
  const name = `${group === "ignored" ? group : severityWords[group].many} (${count})`;
  return group === "ignored" ? [name] : [`${name}: ${severityWords[group].means}`, name];
}

function fitting(texts: readonly string[], columns: number): string {
  return clip(texts.find((text) => widthOf(text) <= columns) ?? texts.at(-1) ?? "", columns);
}

const signOf = {
  error: signs.problem,
  warning: signs.warning,
  info: signs.info,
  ignored: signs.ignored,
} as const;

const lookOf = { error: "bad", warning: "warn", info: "accent", ignored: "dim" } as const;

/** The file that most findings are in: its name goes without saying. */
function mainFile(entries: readonly BoardEntry[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { finding } of entries)
    if (finding.location.kind === "file")
      counts.set(finding.location.file, (counts.get(finding.location.file) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
}

function placeOf({ finding: { location } }: BoardEntry, main: string | undefined): string {
  if (location.kind === "resource") return "API";
  const { file, line } = location;
  return printable(file === main ? `:${line}` : `${file}:${line}`);
}

interface EntryLineProps {
  readonly entry: BoardEntry;
  readonly place: string;
  readonly pointed: boolean;
  readonly columns: number;
}

/** The pointer, the sign of the severity in its own colour, what is wrong, and at the end where. */
function EntryLine({ entry, place, pointed, columns }: EntryLineProps) {
  const group = groupOf(entry);
  const start = pointed ? `${signs.current} ` : "  ";
  const sign = `${signOf[group]} `;
  const room = columns - widthOf(start) - widthOf(sign) - widthOf(place) - 2;
  const words = clip(sentence(printable(entry.finding.message)), room);
  const gap = " ".repeat(Math.max(0, room - widthOf(words)) + 2);
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">
        <Text {...looks.chosen}>{start}</Text>
        <Text {...looks[lookOf[group]]}>{sign}</Text>
        <Text {...(pointed ? looks.chosen : looks.plain)}>{words}</Text>
        <Text {...looks.dim}>{`${gap}${place}`}</Text>
      </Text>
    </Box>
  );
}

/** The end of a path, which tells more than its beginning. */
function tail(text: string, columns: number): string {
  return widthOf(text) <= columns ? text : `${signs.more}${text.slice(1 - columns)}`;
}
