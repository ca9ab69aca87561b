import type { Question } from "../../dialogue/question.ts";
import { Lines, rowsOf } from "../components/lines.tsx";
import type { Size } from "../layout.ts";
import type { Help } from "../screen.ts";
import { signs } from "../theme.ts";

/** The rows above a question's own part, and how many there are. */
export interface Heading {
  readonly problem: readonly string[];
  readonly facts: readonly string[];
  readonly title: readonly string[];
}

/**
 * What stands above the answer: why the last one could not be taken, the facts, the question. When rows are
 * short the facts give way first, so that `reserved` rows stay for the answer.
 */
export function headingOf(
  { title, facts }: Pick<Question, "title" | "facts">,
  problem: string | undefined,
  { columns, rows }: Size,
  reserved: number,
): Heading {
  const titleRows = rowsOf([title], columns, 2);
  const left = Math.max(0, rows - reserved - titleRows.length);
  const problemRows =
    problem === undefined
      ? []
      : rowsOf([`${signs.problem} ${problem}`], columns, Math.min(3, Math.max(1, left)));
  return {
    problem: problemRows,
    facts: rowsOf(facts, columns, Math.max(0, left - problemRows.length)),
    title: titleRows,
  };
}

/** How many rows the heading takes. */
export function headingRows({ problem, facts, title }: Heading): number {
  return problem.length + facts.length + title.length;
}

/** Draws the heading. */
export function QuestionHeading({ problem, facts, title }: Heading) {
  return (
    <>
      <Lines lines={problem} look="bad" />
      <Lines lines={facts} look="plain" />
      <Lines lines={title} look="strong" />
    </>
  );
}

/** The help page of a question: why it is asked, and what answers it beforehand, a flag or a variable. */
export function helpOf({ title, help, flag }: Question): Help {
  return { title, paragraphs: flag === "" ? help : [...help, `${flag} answers it beforehand.`] };
}
