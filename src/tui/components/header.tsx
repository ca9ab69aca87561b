import { Box, Text } from "ink";
import { printable } from "../../printable.ts";
import type { NamedVendor } from "../../vendors/detection.ts";
import { clip, widthOf } from "../text-width.ts";
import { looks } from "../theme.ts";

/** What stands at the top of every frame. */
export interface HeaderContent {
  /** The command: "machinist setup". */
  readonly title: string;
  /** Project and environment: what is known so far, the most important first. */
  readonly place: readonly string[];
  /** Whose project it is; the reason stands behind the name where there is room for it. */
  readonly vendor?: NamedVendor | undefined;
  /** Who is signed in, in a few words; empty where that says nothing. */
  readonly account: string;
  /** The same where there is little room, if it can be said shorter; it stays as long as the command. */
  readonly shortAccount?: string;
}

/** One row: the command, and at its end what it is about and who is signed in, as far as that has room. */
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

/**
 * The parts that fit, with dots between them. The reason for the vendor goes first, then the account is said shorter,
 * then the last of the parts falls away, and so on; the first of the place goes before an account that has a short form,
 * and after one that has none.
 */
function placeText(content: HeaderContent, columns: number): string {
  const { place, vendor, account, shortAccount = "" } = content;
  const who = [account, shortAccount].filter((text) => text !== "").map(printable);
  const told = vendor === undefined ? [] : [`${vendor.name} (${vendor.because})`];
  const whole = [...place, ...told].map(printable);
  const parts = [...place, ...(vendor === undefined ? [] : [vendor.name])].map(printable);
  const least = parts.length === 0 || shortAccount !== "" ? 0 : 1;
  const texts = [[...whole, ...who.slice(0, 1)].join(" · ")];
  for (let kept = parts.length; kept >= least; kept -= 1)
    for (const name of who.length === 0 ? [[]] : who.map((one) => [one]))
      texts.push([...parts.slice(0, kept), ...name].join(" · "));
  const fitting = texts.find((text) => widthOf(text) <= columns);
  return fitting ?? (columns < 8 ? "" : clip(parts[0] ?? who[0] ?? "", columns));
}
