import { severities, type Verdict } from "../finding.ts";
import { isSafe } from "../summary.ts";
import { unreadLine } from "../unread.ts";
import type { GuidedAction } from "./guided-audit.ts";
import { countWithSeverity, placeWords, severityWords } from "./words.ts";

/** How many findings there are of each severity, and how many are ignored. */
export function scoreFacts({ findings, ignored, unread }: Verdict) {
  return [
    ...severities.map((severity) => ({
      label: severityWords[severity].many,
      value: String(findings.filter((finding) => finding.severity === severity).length),
    })),
    ...(ignored.length === 0 ? [] : [{ label: "ignored", value: String(ignored.length) }]),
    ...(unread.length === 0 ? [] : [{ label: "not looked at", value: String(unread.length) }]),
    { label: "safe fixes", value: String(findings.filter(({ fix }) => isSafe(fix?.())).length) },
  ];
}

/** The same as a headline: "10 errors, 24 warnings", and aside what goes without a look, and what wasn't looked at. */
export function scoreWords({ findings, ignored, unread }: Verdict) {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [countWithSeverity(count, severity)];
  });
  const safe = findings.filter(({ fix }) => isSafe(fix?.())).length;
  return {
    counts: counts.length === 0 ? "Nothing is left to put right" : counts.join(", "),
    aside: [
      ...(safe === 0 ? [] : [`${safe} can be fixed without a look`]),
      ...(ignored.length === 0 ? [] : [`${ignored.length} ignored`]),
    ].join(" · "),
    unread: unread.length === 0 ? "" : `${unread.length} not looked at`,
  };
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
export function whatIsLeft({ findings, ignored, unread }: Verdict): readonly string[] {
  const aside = ignored.length === 0 ? "" : `, ${ignored.length} ignored`;
  const silence = unread.map((part) => `Not looked at: ${unreadLine(part)}`);
  if (findings.length === 0)
    return [
      `Nothing is left to put right${unread.length === 0 ? "" : " in what was looked at"}${aside}.`,
      ...silence,
    ];
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [countWithSeverity(count, severity)];
  });
  return [
    `Left: ${counts.join(", ")}${aside}.`,
    ...findings.map(
      ({ severity, rule, message, location }) =>
        `  ${severityWords[severity].one} ${rule}: ${message} (${placeWords(location)})`,
    ),
    ...silence,
  ];
}
