import { Box, Text } from "ink";
import type { Choice } from "../../dialogue/question.ts";
import { printable } from "../../printable.ts";
import { clip, widthOf } from "../text-width.ts";
import { looks, signs } from "../theme.ts";

interface ChoiceEntryProps {
  readonly choice: Choice;
  readonly pointed: boolean;
  /** What stands before the label: whether the entry is marked. */
  readonly mark?: string;
  /** How wide the labels of the list are set, so that what is behind them stands in a column of its own. */
  readonly labels: number;
  readonly columns: number;
}

/** How wide the labels of a list are set at most, as a share of the row. */
const share = 0.6;

/** In a narrower row a label stands alone, and the rest below the list. */
const leastForDetails = 48;

/**
 * The column that the labels of a list get: the widest behind which the most details stand whole, because it is in these
 * that entries differ. A label that is wider has its detail behind itself.
 */
export function labelColumns(choices: readonly Choice[], columns: number): number {
  if (columns < leastForDetails) return columns;
  const most = Math.floor(columns * share);
  const rows = choices.map(({ label, detail, disabled }) => ({
    label: widthOf(printable(label)),
    detail: widthOf(printable(disabled ?? detail ?? "")),
  }));
  const widths = new Set(rows.map(({ label }) => Math.min(label, most)));
  let best = { width: 0, whole: -1 };
  for (const width of [...widths].toSorted((one, other) => other - one)) {
    const room = columns - pointerColumns - gap.length;
    const whole = rows.filter(({ label, detail }) => Math.max(label, width) + detail <= room);
    if (whole.length > best.whole) best = { width, whole: whole.length };
  }
  return best.width;
}

/** What there is to say about an entry besides its row: why it can't be chosen, or what its row has no room for. */
export function aboutChoice(
  { label, detail, disabled }: Choice,
  labels: number,
  columns: number,
): string {
  if (disabled !== undefined) return `${signs.disabled} can't be chosen: ${printable(disabled)}`;
  const whole = [label, ...(detail === undefined ? [] : [detail])].map(printable);
  const behind = Math.max(labels, widthOf(whole[0] ?? ""));
  const width = detail === undefined ? behind : behind + gap.length + widthOf(whole[1] ?? "");
  return width + pointerColumns <= columns ? "" : whole.join("  ");
}

const gap = "   ";
const pointerColumns = 2;

/** One entry of a list, in one row: the pointer, its label, and the detail or why it can't be chosen. */
export function ChoiceEntry({ choice, pointed, mark = "", labels, columns }: ChoiceEntryProps) {
  const { label, detail, disabled } = choice;
  const sign = pointed ? signs.current : disabled === undefined ? " " : signs.disabled;
  const off = pointed && disabled !== undefined ? `${signs.disabled} ` : "";
  const shown = printable(label);
  const name = clip(`${sign} ${off}${mark}${shown}`, columns);
  const more = printable(disabled ?? detail ?? "");
  const blanks = " ".repeat(Math.max(0, labels - widthOf(shown))) + gap;
  const room = columns - widthOf(name) - widthOf(blanks);
  const look = disabled !== undefined ? looks.dim : pointed ? looks.chosen : looks.plain;
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">
        <Text {...look}>{name}</Text>
        {more !== "" && room > 3 ? (
          <Text {...looks.dim}>{`${blanks}${clip(more, room)}`}</Text>
        ) : null}
      </Text>
    </Box>
  );
}
