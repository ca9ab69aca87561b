import { severities, type Verdict } from "../finding.ts";
import { countsOf, isSafe } from "../summary.ts";
import { unreadLine } from "../unread.ts";
import { countWithSeverity, placeWords, severityWords } from "../words.ts";
import type { GuidedAction } from "./guided-audit.ts";

/** How many findings there are of each severity, and how many are ignored. */
export function scoreFacts({ findings, ignored, unread }: Verdict) {
  const counts = countsOf(findings);
  return [
    ...severities.map((severity) => ({
      label: severityWords[severity].many,
      value: String(counts[severity]),
    })),
    ...(ignored.length === 0 ? [] : [{ label: "ignored", value: String(ignored.length) }]),
    ...(unread.length === 0 ? [] : [{ label: "not looked at", value: String(unread.length) }]),
    { label: "safe fixes", value: String(findings.filter(({ fix }) => isSafe(fix?.())).length) },
  ];
}

/** That nothing counts any more, as the beginning of a sentence: only of what was looked at, where that wasn't all. */
export function nothingLeft({ unread }: Pick<Verdict, "unread">): string {
  return `Nothing is left to put right${unread.length === 0 ? "" : " in what was looked at"}`;
}

/** What wasn't looked at, a line a part. Text from files may be in it. */
export function notLookedAt({ unread }: Pick<Verdict, "unread">): readonly string[] {
  return unread.map((part) => `Not looked at: ${unreadLine(part)}`);
}

/** The same as a headline: "10 errors, 24 warnings", what wasn't looked at, and aside what goes without a look. */
export function scoreWords({ findings, ignored, unread }: Verdict) {
  const counts = countsThere(findings);
  const safe = findings.filter(({ fix }) => isSafe(fix?.())).length;
  return {
    counts: counts.length === 0 ? "No findings" : counts.join(", "),
    unread: unread.length === 0 ? [] : [`${unread.length} not looked at`],
    aside: [
      ...(safe === 0 ? [] : [`${safe} can be fixed without a look`]),
      ...(ignored.length === 0 ? [] : [`${ignored.length} ignored`]),
    ],
  };
}

/** How many findings there are of each severity that there is: "10 errors", "1 note". */
function countsThere(findings: Verdict["findings"]): readonly string[] {
  const counts = countsOf(findings);
  return severities.flatMap((severity) =>
    counts[severity] === 0 ? [] : [countWithSeverity(counts[severity], severity)],
  );
}

/** What a person had done here, a line a change, for when they leave. */
export function whatWasDone(actions: readonly GuidedAction[]): readonly string[] {
  const block = (heading: string, kind: GuidedAction["kind"]) => {
    const lines = actions.flatMap((action) => (action.kind === kind ? action.lines : []));
    return lines.length === 0 ? [] : [`${heading}:`, ...lines.map((line) => `  ${line}`)];
  };
  return [...block("Fixed", "fixed"), ...block("Ignored", "ignored")];
}

/** What is left at the end, a finding a line, and what wasn't looked at. Text from files may be in it. */
export function whatIsLeft(verdict: Verdict): readonly string[] {
  const { findings, ignored } = verdict;
  const aside = ignored.length === 0 ? "" : `, ${ignored.length} ignored`;
  const silence = notLookedAt(verdict);
  if (findings.length === 0) return [`${nothingLeft(verdict)}${aside}.`, ...silence];
  return [
    `Left: ${countsThere(findings).join(", ")}${aside}.`,
    ...findings.map(
      ({ severity, rule, message, location }) =>
        `  ${severityWords[severity].one} ${rule}: ${message} (${placeWords(location)})`,
    ),
    ...silence,
  ];
}
