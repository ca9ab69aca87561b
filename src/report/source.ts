import type { FileLocation } from "../audit/finding.ts";
import { sourceLines } from "../audit/guided/source-lines.ts";
import type { FileChange } from "../change/change.ts";
import { previewOf } from "../change/preview.ts";
import type { PlanItem } from "../dialogue/plan.ts";
import { itemReport } from "../dialogue/plan-document.ts";
import { printable } from "../printable.ts";
import type { ReportedLine, ReportSubject, SourceExcerpts } from "./report.ts";

/** UTF-16 units of a line; a longer one is cut in a report, since a file may be one line of a megabyte. */
const longest = 400;

/**
 * Shows in reports the text that findings are about. No token that is known to stand in a file is in it.
 * @param textOf the text of a file by the path as people know it; undefined when it couldn't be read
 */
export function sourceOf(textOf: (shown: string) => string | undefined): SourceExcerpts {
  return {
    excerpt: (location: FileLocation): readonly ReportedLine[] =>
      sourceLines(textOf(location.file) ?? "", location).map(
        ({ number, before, marked, after, hit }) => ({
          line: number,
          text: cut(printable(`${before}${marked}${after}`)),
          hit,
        }),
      ),
    diff: (change: FileChange): readonly string[] =>
      previewOf(change).lines.map(({ kind, text }) => cut(`${signs[kind]}${text}`)),
  };
}

/** The plan of the fixes as reports have it. */
export function reportedPlan(items: readonly PlanItem[]): NonNullable<ReportSubject["plan"]> {
  return items.map(itemReport).map(({ title, says, facts, preview, ...others }) => ({
    ...others,
    title: printable(title),
    says: printable(says),
    facts: facts.map(printable),
    preview: preview.map((line) => ({ ...line, text: cut(line.text) })),
  }));
}

const signs = { place: "", context: " ", added: "+", removed: "-", fact: "", field: "" } as const;

function cut(line: string): string {
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
