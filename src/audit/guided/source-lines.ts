import { redact } from "../../secret.ts";
import type { FileLocation } from "../finding.ts";

/** A line of a file, parted at the place that a finding is about. */
export interface SourceLine {
  /** Counts from 1. */
  readonly number: number;
  readonly before: string;
  /** The part in question; empty in the lines around it. */
  readonly marked: string;
  readonly after: string;
  /** Whether the finding is about this line. */
  readonly hit: boolean;
  /** How many lines are left out after this one. */
  readonly skipped: number;
}

/** Lines before and after the place. */
const around = 2;
/** A longer place is shown by its beginning. */
const most = 6;

/** The lines of a text around a place, for people to see what is meant. */
export function sourceLines(text: string, location: FileLocation): readonly SourceLine[] {
  const lines = linesOf(text);
  const last = lastLine(location);
  const shownLast = Math.min(last, location.line + most - 1);
  const first = Math.max(1, location.line - around);
  return lines.slice(first - 1, last + around).flatMap((line, index): SourceLine[] => {
    const number = first + index;
    const inside = number >= location.line && number <= last;
    if (inside && number > shownLast) return [];
    const skipped = number === shownLast ? last - shownLast : 0;
    const { start, end } = inside ? markIn(line, number, location) : { start: 0, end: 0 };
    return [
      {
        number,
        ...withoutSecrets(line, start, end),
        hit: inside,
        skipped,
      },
    ];
  });
}

/** The lines of the last text are kept: there may be thousands of places in it. */
let latest: { readonly text: string; readonly lines: readonly string[] } = {
  text: "",
  lines: [""],
};

function linesOf(text: string): readonly string[] {
  if (latest.text !== text) latest = { text, lines: text.split(/\r\n|[\r\n]/u) };
  return latest.lines;
}

/** The three parts of a line; where a token reaches over their borders, all of it is one part. */
function withoutSecrets(line: string, start: number, end: number) {
  const before = redact(line.slice(0, start));
  const marked = redact(line.slice(start, end));
  const after = redact(line.slice(end));
  const clean = redact(line);
  if (`${before}${marked}${after}` === clean) return { before, marked, after };
  return { before: "", marked: clean, after: "" };
}

/** A range that ends before the first character of a line does not reach into it. */
function lastLine({ line, endLine, endColumn }: FileLocation): number {
  return Math.max(line, endColumn <= 1 ? endLine - 1 : endLine);
}

/** The stretch of a line that is in the range, without the blanks at its edges. */
function markIn(line: string, number: number, location: FileLocation) {
  const from = number === location.line ? location.column - 1 : 0;
  const to = number === location.endLine ? location.endColumn - 1 : line.length;
  const stretch = line.slice(from, to);
  const start = from + stretch.length - stretch.trimStart().length;
  return { start, end: Math.max(start, from + stretch.trimEnd().length) };
}
