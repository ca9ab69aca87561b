import { printable } from "../../printable.ts";
import { clip, widthOf, wrap } from "../text-width.ts";
import { Line, Lines } from "./lines.tsx";

/** What stands at the top of every frame. */
export interface HeaderContent {
  readonly title: string;
  /** Who is signed in, in a few words; it stands in the first row of every screen. */
  readonly account: string;
  /** Project, environment, file: what is known so far. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

interface HeaderProps {
  readonly content: HeaderContent;
  readonly columns: number;
  readonly rows: number;
}

/** The title and the account, and the facts in the rows that are left; in a single row all together. */
export function Header({ content, columns, rows }: HeaderProps) {
  const title = printable(content.title);
  const facts = factsOf(content);
  const first = rows === 1 ? [title, ...facts].join(separator) : title;
  return (
    <>
      <Line text={besides(first, printable(content.account), columns)} look="strong" />
      <Lines lines={joined(facts, columns).slice(0, rows - 1)} look="dim" />
    </>
  );
}

/** How many rows the header fills when it may have as many as it likes. */
export function headerRows(content: HeaderContent, columns: number): number {
  return 1 + joined(factsOf(content), columns).length;
}

const separator = " · ";

function factsOf({ facts }: HeaderContent): readonly string[] {
  return facts.map(({ label, value }) => printable(`${label}: ${value}`));
}

/** Two texts in one row, the second at its end; the first gives way. */
function besides(left: string, right: string, columns: number): string {
  const end = clip(right, Math.floor(columns * 0.7));
  const start = clip(left, columns - widthOf(end) - 2);
  return `${start}${" ".repeat(Math.max(1, columns - widthOf(start) - widthOf(end)))}${end}`;
}

/** The facts with dots between them, a fact broken only when it is longer than a row. */
function joined(facts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    const longer = last === undefined ? fact : `${last}${separator}${fact}`;
    if (wrap(longer, columns).length === 1) lines.splice(-1, 1, longer);
    else lines.push(clip(fact, columns));
  }
  return lines;
}
