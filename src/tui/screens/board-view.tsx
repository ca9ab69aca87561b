import { Box } from "ink";
import { filterWords } from "../../audit/guided/filter.ts";
import type { GuidedAudit } from "../../audit/guided/guided-audit.ts";
import { nothingLeft, notLookedAt, scoreWords } from "../../audit/guided/summary.ts";
import { printable } from "../../printable.ts";
import type { Field } from "../components/field.ts";
import { FieldLine } from "../components/field-line.tsx";
import { Line, rowsOf } from "../components/lines.tsx";
import { type Row, ScrollArea, windowRows } from "../components/scroll-area.tsx";
import type { Size } from "../layout.ts";
import { clip, widthOf } from "../text-width.ts";
import { signs } from "../theme.ts";
import { FindingList, listHeight } from "./board-list.tsx";
import type { BoardState } from "./board-state.ts";
import { findingRows } from "./finding-details.ts";

interface BoardViewProps {
  readonly audit: GuidedAudit;
  readonly state: BoardState;
  readonly area: Size;
  /** The words that are being typed to narrow the list. */
  readonly search?: Field;
}

/** The board at its full height, so that it stands still while the pointer moves. */
export function BoardView({ audit, state, area, search }: BoardViewProps) {
  const rooms = roomsOf(state, area);
  const score = scoreRows(audit, area);
  const list = <FindingList state={state} area={rooms.list} />;
  const place = <PlaceLine state={state} search={search} columns={rooms.list.columns} />;
  const details = (
    <Box
      flexDirection="column"
      height={rooms.details.rows}
      width={rooms.details.columns}
      flexShrink={0}
    >
      <ScrollArea
        content={contentOf(audit, state, rooms.details)}
        start={state.scroll}
        rows={rooms.details.rows}
        columns={rooms.details.columns}
        keys="Space, b"
      />
    </Box>
  );
  if (rooms.kind === "stacked")
    return (
      <Box flexDirection="column" height={area.rows}>
        {score}
        {list}
        {place}
        {details}
      </Box>
    );
  return (
    <Box flexDirection="column" height={area.rows}>
      {score}
      <Box height={rooms.details.rows}>
        <Box flexDirection="column" width={rooms.list.columns} flexShrink={0}>
          {list}
          {place}
        </Box>
        <Box width={between} flexShrink={0} />
        {details}
      </Box>
    </Box>
  );
}

/** The columns between the list and the details beside it. */
const between = 4;

/**
 * How many findings there are of each severity, and at the end of the row how much wasn't looked at, and how many go
 * without a look. What wasn't looked at stays in any terminal.
 */
function scoreRows(audit: GuidedAudit, { columns, rows }: Size) {
  const { counts, unread, aside } = scoreWords(audit.verdict());
  const least = unread.join("");
  const start = clip(counts, least === "" ? columns : columns - 3 - widthOf(least));
  const parts = [...unread, ...aside];
  const end =
    parts
      .map((_, index) => parts.slice(0, index + 1).join(" · "))
      .filter((text) => widthOf(start) + 3 + widthOf(text) <= columns)
      .at(-1) ?? least;
  const gap = " ".repeat(Math.max(0, columns - widthOf(start) - widthOf(end)));
  return (
    <>
      <Line text={start} look="strong" aside={`${gap}${end}`} />
      {scoreHeight(rows) > 1 ? <Line text="" /> : null}
    </>
  );
}

/** The score has a blank row below it where there is room. */
function scoreHeight(rows: number): number {
  return rows >= 16 ? 2 : 1;
}

/** How many rows the list has, the details have, and the details would need. */
export function boardRooms(
  audit: GuidedAudit,
  state: BoardState,
  area: Size,
): { readonly list: number; readonly details: number; readonly rows: number } {
  const { list, details } = roomsOf(state, area);
  const { length } = contentOf(audit, state, details);
  return { list: list.rows, details: windowRows(length, details.rows), rows: length };
}

interface Rooms {
  readonly kind: "beside" | "stacked";
  readonly list: Size;
  readonly details: Size;
}

/** A wide terminal has the details beside the list; in another they stand below it and get the greater part. */
function roomsOf(state: BoardState, area: Size): Rooms {
  const { columns } = area;
  const rows = area.rows - scoreHeight(area.rows);
  if (columns >= 100 && rows >= 14) {
    const list = Math.max(38, Math.floor(columns * 0.46));
    return {
      kind: "beside",
      list: { columns: list, rows: rows - 1 },
      details: { columns: columns - list - between, rows },
    };
  }
  const most = Math.max(3, Math.floor(rows * 0.4) - 1);
  const list = Math.min(most, listHeight(state, most));
  return {
    kind: "stacked",
    list: { columns, rows: list },
    details: { columns, rows: rows - list - 1 },
  };
}

function contentOf(audit: GuidedAudit, state: BoardState, area: Size): readonly Row[] {
  const entry = state.entries[state.at];
  return entry === undefined
    ? nothing(audit, state, area.columns)
    : findingRows(audit, entry, area);
}

/** Nothing to point at: because nothing is left of what was looked at, or because of the filter. */
function nothing(audit: GuidedAudit, state: BoardState, columns: number): readonly Row[] {
  const verdict = audit.verdict();
  const { findings, ignored, unread } = verdict;
  const isAll = unread.length === 0;
  const said =
    findings.length > 0 && state.filter.text !== ""
      ? [`No finding has all of ${filterWords(state.filter).join(", ")}; Esc shows them all.`]
      : findings.length > 0
        ? ["No finding is that grave; Esc shows them all."]
        : [
            `${isAll ? signs.done : signs.info} ${nothingLeft(verdict)}.`,
            ...notLookedAt(verdict),
            ...(ignored.length === 0 ? [] : [`${ignored.length} are ignored: h shows them.`]),
            "q leaves, and says what was done and what is yours to do now.",
          ];
  return said.flatMap((line, index) =>
    rowsOf([line], columns).map(
      (text) =>
        ({ text, look: index === 0 && findings.length === 0 && isAll ? "good" : "plain" }) as const,
    ),
  );
}

interface PlaceLineProps {
  readonly state: BoardState;
  readonly search: Field | undefined;
  readonly columns: number;
}

/** Where the pointer is among how many, and what is filtered; or the words being typed. */
function PlaceLine({ state, search, columns }: PlaceLineProps) {
  const { entries, at, filter } = state;
  const count = `${entries.length === 0 ? 0 : at + 1} of ${entries.length}`;
  if (search !== undefined) {
    const end = `  ${count}`;
    return (
      <Box height={1} flexShrink={0}>
        <FieldLine field={search} columns={columns - widthOf(end)} />
        <Line text={end} look="dim" />
      </Box>
    );
  }
  const words = [count, ...filterWords(filter).map(printable)].join(" · ");
  const text = clip(`─ ${words} `, columns);
  return <Line text={text + "─".repeat(columns - widthOf(text))} look="dim" />;
}
