import type { Finding } from "../../audit/finding.ts";
import type { GuidedAudit } from "../../audit/guided/guided-audit.ts";
import { confidenceWords, placeWords, severityWords } from "../../audit/guided/words.ts";
import { lookWords } from "../../audit/words.ts";
import { failureLines } from "../../failure.ts";
import { tellPreview } from "../faces/preview.ts";

/** Tells all about one finding in lines: what is wrong, the lines of the file, why it matters, and its fix. */
export function tellFinding(
  audit: GuidedAudit,
  finding: Finding,
  say: (line: string) => void,
): void {
  const { severity, confidence, message, why, location } = finding;
  say("");
  say(message);
  say(`${severityWords[severity].one}, ${confidenceWords[confidence]}: ${placeWords(location)}`);
  for (const { number, before, marked, after, hit, skipped } of audit.source(finding)) {
    say(`    ${number}${hit ? " here" : ""}: ${before}${marked}${after}`);
    if (skipped > 0) say(`    and ${skipped} more lines`);
  }
  say(`Why: ${why}`);
  const fix = finding.fix?.();
  if (fix === undefined) say("Fix: only you can put this right.");
  else if (fix.kind === "by-hand") {
    say(`Fix by hand: ${fix.title}`);
    for (const line of failureLines(fix.refusal)) say(`    ${line}`);
  } else {
    say(`Fix (${fix.disposition === "safe" ? "safe" : lookWords(fix)}): ${fix.title}`);
    for (const preview of audit.previews(finding)) tellPreview(preview, say);
  }
}
