import { Fragment } from "react";
import type { Question } from "../../dialogue/question.ts";
import { Line, Lines, MarkedLines, rowsOf } from "../components/lines.tsx";
import type { Size } from "../layout.ts";
import type { Help } from "../screen.ts";
import { signs } from "../theme.ts";

/** The rows above a question's own part. */
export interface Heading {
  readonly problem: readonly string[];
  readonly facts: readonly string[];
  readonly title: readonly string[];
  /** Whether blank rows keep the facts, the question and the answer apart. */
  readonly airy: boolean;
}

/**
 * What stands above the answer: why the last one could not be taken, the facts, the question. When rows are
 * short the blank ones go first and then the facts, so that `least` rows stay for the answer.
 *
 * @param wanted the rows that the answer would fill; blank ones are left only where it has them all
 */
export function headingOf(
  { title, facts }: Pick<Question, "title" | "facts">,
  problem: string | undefined,
  { columns, rows }: Size,
  { least, wanted = least }: { readonly least: number; readonly wanted?: number },
): Heading {
  const titleRows = rowsOf([title], columns, 2);
  const left = Math.max(0, rows - least - titleRows.length);
  const problemRows =
    problem === undefined ? [] : rowsOf([problem], columns - 2, Math.min(3, Math.max(1, left)));
  const heading = {
    problem: problemRows,
    facts: rowsOf(facts, columns, Math.max(0, left - problemRows.length)),
    title: titleRows,
  };
  const airy = headingRows({ ...heading, airy: true }) + Math.max(least, wanted) <= rows;
  return { ...heading, airy };
}

/** How many rows the heading takes. */
export function headingRows(heading: Heading): number {
  return blocksOf(heading).reduce((sum, { rows }) => sum + rows.length + (heading.airy ? 1 : 0), 0);
}

function blocksOf({ problem, facts, title }: Heading) {
  const blocks = [
    { rows: problem, look: "bad" },
    { rows: facts, look: "plain" },
    { rows: title, look: "strong" },
  ] as const;
  return blocks.filter(({ rows }) => rows.length > 0);
}

/** Draws the heading, with a blank row below each block where there is room. */
export function QuestionHeading(heading: Heading) {
  return blocksOf(heading).map(({ rows, look }) => (
    <Fragment key={look}>
      {look === "bad" ? (
        <MarkedLines lines={rows} mark={{ sign: signs.problem, look }} />
      ) : (
        <Lines lines={rows} look={look} />
      )}
      {heading.airy ? <Line text="" /> : null}
    </Fragment>
  ));
}

/** The help page of a question: why it is asked, and what answers it beforehand, a flag or a variable. */
export function helpOf({ title, facts, help, flag }: Question): Help {
  // What the question itself has no room for in a small terminal is here too.
  const told = [...facts, ...help];
  return { title, paragraphs: flag === "" ? told : [...told, `${flag} answers it beforehand.`] };
}
