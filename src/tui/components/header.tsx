import { Box, Text } from "ink";
import { printable } from "../../printable.ts";
import { clip, widthOf } from "../text-width.ts";
import { looks } from "../theme.ts";

/** What stands at the top of every frame. */
export interface HeaderContent {
  /** The command: "machinist setup". */
  readonly title: string;
  /** Project, environment, vendor: what is known so far, the most important first. */
  readonly place: readonly string[];
  /** Who is signed in, in a few words; empty where that says nothing. */
  readonly account: string;
}

/** One row: the command, and at its end what it is about and who is signed in. What has no room falls away, the last first. */
export function Header({
  content,
  columns,
}: {
  readonly content: HeaderContent;
  readonly columns: number;
}) {
  const title = clip(printable(content.title), columns);
  const end = placeText(content, columns - widthOf(title) - least);
  const gap = " ".repeat(Math.max(0, columns - widthOf(title) - widthOf(end)));
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">
        <Text>{title}</Text>
        <Text {...looks.dim}>{`${gap}${end}`}</Text>
      </Text>
    </Box>
  );
}

/** Blanks between the two ends of the row. */
const least = 2;

/** The parts that fit, with dots between them; who is signed in stays longer than all but the first of the place. */
function placeText({ place, account }: HeaderContent, columns: number): string {
  const who = account === "" ? [] : [printable(account)];
  const parts = place.map(printable);
  for (let kept = parts.length; kept > 0; kept -= 1) {
    const text = [...parts.slice(0, kept), ...who].join(" · ");
    if (widthOf(text) <= columns) return text;
  }
  return columns < 8 ? "" : clip(parts[0] ?? who[0] ?? "", columns);
}
