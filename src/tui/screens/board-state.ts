import { type Finding, type Severity, severities, type Verdict } from "../../audit/finding.ts";
import {
  everything,
  type FindingFilter,
  findingsThrough,
  nextSeverity,
} from "../../audit/guided/filter.ts";
import { firstNew, pointAfter } from "../../audit/guided/same-finding.ts";

/** An entry of the board's list. */
export interface BoardEntry {
  readonly finding: Finding;
  /** Why it is left alone, when it is. */
  readonly ignored?: string;
}

/** What a person sees of the findings, and where they are. */
export interface BoardState {
  readonly filter: FindingFilter;
  /** Whether findings that are left alone are listed too. */
  readonly withIgnored: boolean;
  readonly entries: readonly BoardEntry[];
  /** Where in the entries the pointer is; 0 when there are none. */
  readonly at: number;
  /** The first row of the details that is shown. */
  readonly scroll: number;
}

/** The board as it opens: everything that is wrong, the gravest first. */
export function openBoard(audit: Verdict): BoardState {
  const filter = everything;
  return { filter, withIgnored: false, entries: entriesOf(audit, filter, false), at: 0, scroll: 0 };
}

/** The board with another filter, or after something has changed; the pointer stays as near as it can. */
export function boardAfter(
  state: BoardState,
  audit: Verdict,
  change: Partial<Pick<BoardState, "filter" | "withIgnored">> = {},
): BoardState {
  const { filter, withIgnored } = { ...state, ...change };
  const entries = entriesOf(audit, filter, withIgnored);
  const findings = (list: readonly BoardEntry[]) => list.map(({ finding }) => finding);
  const at = pointAfter(findings(state.entries), state.at, findings(entries));
  return { filter, withIgnored, entries, at, scroll: 0 };
}

/** The board after something was taken back: the pointer is on the first finding that this brought back. */
export function boardAfterUndo(state: BoardState, audit: Verdict): BoardState {
  const after = boardAfter(state, audit);
  const findings = ({ entries }: BoardState) => entries.map(({ finding }) => finding);
  const back = firstNew(findings(state), findings(after));
  const at = after.entries.findIndex(({ finding }) => finding === back);
  return at === -1 ? after : { ...after, at };
}

/** Whether anything is filtered. */
export function isFiltered({ filter }: BoardState): boolean {
  return filter !== everything;
}

/** The board after a key that changes what is listed. */
export function withFilter(
  state: BoardState,
  audit: Verdict,
  action: "severity" | "rule" | "everything" | "ignored",
): BoardState {
  const { filter, withIgnored, entries, at } = state;
  switch (action) {
    case "severity":
      return boardAfter(state, audit, { filter: plain(nextSeverity(filter)) });
    case "rule": {
      const { rule, ...others } = filter;
      const pointed = entries[at]?.finding.rule;
      const next = rule === undefined && pointed !== undefined ? { rule: pointed } : {};
      return boardAfter(state, audit, { filter: plain({ ...others, ...next }) });
    }
    case "everything":
      return boardAfter(state, audit, { filter: everything });
    case "ignored":
      return boardAfter(state, audit, { withIgnored: !withIgnored });
  }
}

/** The board with these words to filter by. */
export function withText(state: BoardState, audit: Verdict, text: string): BoardState {
  return boardAfter(state, audit, { filter: plain({ ...state.filter, text }) });
}

/** A filter that lets everything through is that one filter, so that it can be known by it. */
function plain(filter: FindingFilter): FindingFilter {
  const { text, least, rule } = filter;
  return text === "" && least === "info" && rule === undefined ? everything : filter;
}

/** Moves the pointer, stopping at the ends. */
export function movedBy(state: BoardState, by: number): BoardState {
  const at = Math.max(0, Math.min(state.at + by, state.entries.length - 1));
  return at === state.at ? state : { ...state, at, scroll: 0 };
}

function entriesOf(
  { findings, ignored }: Verdict,
  filter: FindingFilter,
  withIgnored: boolean,
): readonly BoardEntry[] {
  const aside = withIgnored ? findingsThrough(ignored, filter) : [];
  return [
    ...severities.flatMap((severity) => ofSeverity(findingsThrough(findings, filter), severity)),
    ...aside.map((finding) => ({ finding, ignored: finding.ignored.reason })),
  ];
}

function ofSeverity(findings: readonly Finding[], severity: Severity): readonly BoardEntry[] {
  return findings
    .filter((finding) => finding.severity === severity)
    .map((finding) => ({ finding }));
}
