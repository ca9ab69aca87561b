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
  readonly columns: number;
}

/** What there is to say about an entry besides its row: why it can't be chosen, or what its row has no room for. */
export function aboutChoice({ label, detail, disabled }: Choice, columns: number): string {
  if (disabled !== undefined) return `${signs.disabled} can't be chosen: ${printable(disabled)}`;
  const whole = [label, ...(detail === undefined ? [] : [detail])].map(printable).join("  ");
  return widthOf(whole) + 2 <= columns ? "" : whole;
}

/** One entry of a list, in one row: the pointer, its label, and the detail or why it can't be chosen. */
export function ChoiceEntry({ choice, pointed, mark = "", columns }: ChoiceEntryProps) {
  const { label, detail, disabled } = choice;
  const sign = pointed ? signs.current : disabled === undefined ? " " : signs.disabled;
  const off = pointed && disabled !== undefined ? `${signs.disabled} ` : "";
  const name = clip(`${sign} ${off}${mark}${printable(label)}`, columns);
  const more = printable(disabled ?? detail ?? "");
  const room = columns - widthOf(name) - 2;
  const look = disabled !== undefined ? looks.dim : pointed ? looks.chosen : looks.plain;
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">
        <Text {...look}>{name}</Text>
        {more !== "" && room > 3 ? <Text {...looks.dim}>{`  ${clip(more, room)}`}</Text> : null}
      </Text>
    </Box>
  );
}
