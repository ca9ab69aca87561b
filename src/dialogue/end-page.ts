import type { Ledger, LedgerEntry } from "../change/ledger.ts";
import type { PlanItem } from "./plan.ts";

/** What became of a plan, and what is left to the person. */
export interface EndPage {
  readonly ledger: Ledger;
  /** The items that were not marked, and those that machinist could not do. */
  readonly leftOut: readonly PlanItem[];
  /** The items of which nobody knows whether they are as they should be. */
  readonly notKnown: readonly PlanItem[];
  /** What only the person can do, in the order of doing; with the text to paste as further lines of an entry. */
  readonly yours: readonly string[];
  /** How to go on, to look whether it works, to take it back. */
  readonly closing: readonly string[];
}

/** The page as lines: what was done, what was not, what is left to do, how to go on. */
export function endPageLines(page: EndPage): readonly string[] {
  const { ledger, leftOut, notKnown, yours, closing } = page;
  const told = (sign: string, entries: readonly LedgerEntry[]) =>
    entries.map(({ what, next }) => `${sign} ${what}${next === undefined ? "" : `; ${next}`}`);
  const { done, failed, unknown } = ledger;
  const nothing = done.length + failed.length + unknown.length === 0;
  return [
    ...(nothing ? ["Nothing was changed."] : []),
    ...block("Done", told("✔", done)),
    ...block("Failed, and not done", told("✖", failed)),
    ...block("Not known whether it was done", told("?", unknown)),
    ...block(
      "Left out",
      leftOut.map((item) => `· ${item.title}: ${outWords(item)}`),
    ),
    ...block(
      "Not known",
      notKnown.map(({ title, says }) => `? ${title}: ${says}`),
    ),
    ...block(
      "Left to you",
      yours.flatMap((one, index) => `${index + 1}. ${one}`.split("\n")),
    ),
    ...block("", closing),
  ];
}

function outWords({ kind, facts: [why], says }: PlanItem): string {
  return kind === "by hand" ? (why ?? says) : "it was not marked";
}

/** Lines under a heading, with a blank line above; nothing where there are none. */
function block(heading: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ["", ...(heading === "" ? [] : [heading]), ...lines];
}
