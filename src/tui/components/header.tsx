import { printable } from "../../printable.ts";
import { clip, wrap } from "../text-width.ts";
import { Line, Lines } from "./lines.tsx";

/** What stands at the top of every frame. */
export interface HeaderContent {
  readonly title: string;
  /** Project, environment, file, signed in as: what is known so far. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

interface HeaderProps {
  readonly content: HeaderContent;
  readonly columns: number;
  readonly rows: number;
}

/** The title, and the facts in the rows that are left; in a single row both together. */
export function Header({ content, columns, rows }: HeaderProps) {
  const title = printable(content.title);
  const facts = content.facts.map(({ label, value }) => printable(`${label}: ${value}`));
  if (rows === 1) return <Line text={clip([title, ...facts].join(" · "), columns)} look="strong" />;
  return (
    <>
      <Line text={clip(title, columns)} look="strong" />
      <Lines lines={joined(facts, columns).slice(0, rows - 1)} look="dim" />
    </>
  );
}

/** The facts with dots between them, a fact broken only when it is longer than a row. */
function joined(facts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    const longer = last === undefined ? fact : `${last} · ${fact}`;
    if (wrap(longer, columns).length === 1) lines.splice(-1, 1, longer);
    else lines.push(clip(fact, columns));
  }
  return lines;
}
