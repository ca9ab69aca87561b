import type { Finding } from "../../audit/finding.ts";
import type { GuidedAudit } from "../../audit/guided/guided-audit.ts";
import {
  confidenceWords,
  lookWords,
  placeWords,
  sentence,
  severityWords,
} from "../../audit/words.ts";
import { failureLines } from "../../failure.ts";
import { printable } from "../../printable.ts";
import { rowsOf } from "../components/lines.tsx";
import { previewRows } from "../components/previews.ts";
import type { Row } from "../components/scroll-area.tsx";
import { sourceRows } from "../components/source.ts";
import type { Size } from "../layout.ts";
import { widthOf } from "../text-width.ts";
import type { LookName } from "../theme.ts";
import type { BoardEntry } from "./board-state.ts";
import { linesAsRows } from "./page.tsx";

/** All there is to say about a finding: what is wrong and where, the lines in question, why it matters, what puts it right. */
export function findingRows(
  audit: GuidedAudit,
  { finding, ignored }: BoardEntry,
  { columns, rows }: Size,
): readonly Row[] {
  const { rule, severity, confidence, message, why, location } = finding;
  const short = rows < 8;
  const gap = rows >= 9 ? [{ text: "", look: "plain" } as const] : [];
  const place = `${severityWords[severity].one}, ${confidenceWords[confidence]}: ${placeWords(location)}`;
  const lines = audit.source(finding).filter(({ hit }) => hit || !short);
  const source = sourceRows(lines, columns);
  const known = [
    ...placeRows(place, rule, columns),
    ...(ignored === undefined ? [] : text(`Ignored: ${ignored}`, "good", columns)),
  ];
  return [
    ...text(sentence(message), "strong", columns),
    ...(short ? [...source, ...known] : [...known, ...gap, ...source, ...gap]),
    ...labelled("Why", why, columns),
    ...fixRows(audit, finding, columns),
  ];
}

/** The place and, behind a dot or else in a row of its own, the rule: no row ends in the dot. */
function placeRows(place: string, rule: string, columns: number): readonly Row[] {
  const rows = rowsOf([place], columns);
  const last = `${rows.at(-1) ?? ""} · ${printable(rule)}`;
  return widthOf(last) <= columns
    ? [...rows.slice(0, -1), last].map((row) => ({ text: row, look: "dim" }))
    : [...rows.map((row): Row => ({ text: row, look: "dim" })), ...text(rule, "dim", columns)];
}

function fixRows(audit: GuidedAudit, finding: Finding, columns: number): readonly Row[] {
  const fix = finding.fix?.();
  if (fix === undefined) return labelled("Fix", "only you can put this right", columns);
  if (fix.kind === "by-hand")
    return [
      ...labelled("Fix", `by hand: ${fix.title}`, columns),
      ...linesAsRows(failureLines(fix.refusal), columns),
    ];
  const safe = fix.disposition === "safe" ? "safe" : lookWords(fix);
  return [
    ...labelled("Fix", `${fix.title} (${safe})`, columns),
    { text: "", look: "plain" },
    ...previewRows(audit.previews(finding), columns),
  ];
}

/** A paragraph under its name, which stands in a column of its own. */
function labelled(name: string, paragraph: string, columns: number): readonly Row[] {
  const start = `${name}   `;
  return rowsOf([paragraph], columns - start.length).map((row, index) => ({
    text: `${index === 0 ? start : " ".repeat(start.length)}${row}`,
    look: "plain",
  }));
}

function text(paragraph: string, look: LookName, columns: number): readonly Row[] {
  return rowsOf([paragraph], columns).map((row) => ({ text: row, look }));
}
