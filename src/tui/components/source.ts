import type { SourceLine } from "../../audit/guided/source-lines.ts";
import { printable } from "../../printable.ts";
import { breakAnywhere, characters, widthOf } from "../text-width.ts";
import { signs } from "../theme.ts";
import type { Row } from "./scroll-area.tsx";

/**
 * Lines of a file as rows: a sign and the number before each, carets below the part in question when that is in one
 * line. What all of them are indented by is left out, a long line goes on in the next row.
 */
export function sourceRows(lines: readonly SourceLine[], columns: number): readonly Row[] {
  const digits = String(lines.at(-1)?.number ?? 0).length;
  const single = lines.filter(({ hit }) => hit).length === 1;
  const indentation = sharedIndentation(lines);
  return lines.flatMap((line) => {
    const parts = partsOf(line, indentation);
    const gutter = `${line.hit ? signs.current : " "} ${String(line.number).padStart(digits)} `;
    const room = Math.max(1, columns - widthOf(gutter));
    const blank = " ".repeat(widthOf(gutter));
    const skipped = line.skipped > 0 ? [`${blank}${signs.more} ${line.skipped} more lines`] : [];
    const look = line.hit ? "plain" : "dim";
    return [
      ...pieces(parts, room).flatMap(({ text, carets }, index): Row[] => [
        { text: `${index === 0 ? gutter : blank}${text}`, look },
        ...(single && carets.includes("^") ? [{ text: `${blank}${carets}`, look } as const] : []),
      ]),
      ...skipped.map((text): Row => ({ text, look: "dim" })),
    ];
  });
}

interface Parts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

function partsOf({ before, marked, after }: SourceLine, indentation: number): Parts {
  const whole = { before: printable(before), marked: printable(marked), after: printable(after) };
  // Where the marked part is the line's beginning there is nothing before it to cut.
  const cut = Math.min(indentation, whole.before.length);
  return {
    ...whole,
    before: whole.before.slice(cut),
    after: whole.before + whole.marked === "" ? whole.after.slice(indentation) : whole.after,
  };
}

/** The columns of blanks that every line with a text begins with. */
function sharedIndentation(lines: readonly SourceLine[]): number {
  const depths = lines
    .map(({ before, marked, after }) => printable(before + marked + after))
    .filter((text) => text.trim() !== "")
    .map((text) => text.length - text.trimStart().length);
  return depths.length === 0 ? 0 : Math.min(...depths);
}

/** The rows of one line, each with the carets that stand below it. */
function pieces({ before, marked, after }: Parts, columns: number) {
  const first = characters(before).length;
  const end = first + characters(marked).length;
  let at = 0;
  return breakAnywhere(before + marked + after, columns).map((text) => {
    const carets = characters(text)
      .map((character) => {
        const inside = at >= first && at < end;
        at += 1;
        return (inside ? "^" : " ").repeat(widthOf(character));
      })
      .join("")
      .trimEnd();
    return { text, carets };
  });
}
