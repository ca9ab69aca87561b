import { Box } from "ink";
import type { Severity } from "../../audit/finding.ts";
import { severityWords } from "../../audit/guided/words.ts";
import { printable } from "../../printable.ts";
import { Line } from "../components/lines.tsx";
import { type Size, windowStart } from "../layout.ts";
import { clip, widthOf } from "../text-width.ts";
import { type Look, signs } from "../theme.ts";
import type { BoardEntry, BoardState } from "./board-state.ts";

/** A list with fewer rows has no headings: each entry has the sign of its severity anyway. */
const rowsForHeadings = 8;

/** The findings under each other, by severity. */
export function FindingList({ state, area }: { readonly state: BoardState; readonly area: Size }) {
  const { rows, columns } = area;
  const all = rowsOfList(state, rows >= rowsForHeadings);
  const pointed = all.findIndex((row) => row.kind === "entry" && row.at === state.at);
  const start = windowStart(Math.max(0, pointed), rows, all.length);
  const files = new Set(
    state.entries.flatMap(({ finding: { location } }) =>
      location.kind === "file" ? [location.file] : [],
    ),
  );
  return (
    <Box flexDirection="column" height={rows} flexShrink={0}>
      {all
        .slice(start, start + rows)
        .map((row, index) =>
          row.kind === "heading" ? (
            <Line key={String(start + index)} text={fitting(row.texts, columns)} look="dim" />
          ) : (
            <Line
              key={String(start + index)}
              text={entryText(row.entry, row.at === state.at, columns, files.size > 1)}
              look={row.at === state.at ? "chosen" : lookOf(row.entry)}
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

function lookOf(entry: BoardEntry): Look {
  return ({ error: "bad", warning: "warn", info: "plain", ignored: "dim" } as const)[
    groupOf(entry)
  ];
}

/** The rule at the front, the place at the end of the row. */
function entryText(
  entry: BoardEntry,
  pointed: boolean,
  columns: number,
  manyFiles: boolean,
): string {
  const { rule, location } = entry.finding;
  const line =
    location.kind === "file" ? `${manyFiles ? location.file : ""}:${location.line}` : "platform";
  const place = tail(printable(line), Math.max(8, columns - widthOf(rule) - 6));
  const name = `${pointed ? signs.current : " "} ${signOf[groupOf(entry)]} ${printable(rule)}`;
  const front = clip(name, columns - widthOf(place) - 1);
  return `${front}${" ".repeat(columns - widthOf(front) - widthOf(place))}${place}`;
}

/** The end of a path, which tells more than its beginning. */
function tail(text: string, columns: number): string {
  return widthOf(text) <= columns ? text : `${signs.more}${text.slice(1 - columns)}`;
}
