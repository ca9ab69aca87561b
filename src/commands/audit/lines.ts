import { type Finding, type Severity, severities } from "../../audit/finding.ts";
import {
  everything,
  type FindingFilter,
  filterWords,
  findingsThrough,
} from "../../audit/guided/filter.ts";
import { fixPlan, takenOut } from "../../audit/guided/fix-plan.ts";
import type { GuidedAudit } from "../../audit/guided/guided-audit.ts";
import { scoreFacts } from "../../audit/guided/summary.ts";
import { confidenceWords, lookWords, placeWords, severityWords } from "../../audit/words.ts";
import { agreedPlan } from "../../dialogue/agreed-plan.ts";
import { markedIn } from "../../dialogue/plan.ts";
import { Failure, failureLines } from "../../failure.ts";
import { linesWith, readOut } from "../faces/long-list.ts";
import { askPlan } from "../faces/plan-lines.ts";
import { tellPreview } from "../faces/preview.ts";
import type { LineReader } from "../faces/terminal-reader.ts";

type Say = (line: string) => void;

/**
 * The audit in lines: numbered findings, one line in, one line out, nothing drawn twice. It is the board for screen
 * readers and for terminals that can only print.
 */
export async function runAuditLines(
  audit: GuidedAudit,
  reader: LineReader,
  say: Say,
): Promise<void> {
  const { account, place, vendor } = audit;
  const signedIn =
    "name" in account ? `Signed in: ${account.name}` : `The API wasn't asked: ${account.because}`;
  say(`${audit.title}. ${signedIn}.`);
  const told = vendor === undefined ? [] : [`${vendor.name} (${vendor.because})`];
  if (place.length + told.length > 0) say([...place, ...told].join(", "));
  let filter = everything;
  tellList(audit, filter, say);
  for (;;) {
    const line = (
      await reader.read("Number of a finding, all, quit, or ? for more: ", true)
    ).trim();
    const [word = "", ...rest] = line.split(/\s+/u);
    if (word === "quit" || word === "q") return;
    if (word === "?") for (const help of mainHelp) say(help);
    else if (word === "all") await fixSafe(audit, reader, say);
    else if (word === "filter" || word === "list") {
      if (word === "filter") filter = { ...everything, text: rest.join(" ") };
      tellList(audit, filter, say);
    } else if (word === "ignored") tellIgnored(audit, rest.join(" "), say);
    else if (word === "again") await attempt(say, () => readAgain(audit));
    else {
      const listed = inOrder(audit, filter);
      const finding = /^\d{1,5}$/u.test(word) ? listed[Number(word) - 1] : undefined;
      if (finding === undefined)
        say(
          listed.length === 0
            ? "No finding is listed; filter alone lists all, quit leaves."
            : `Answer with a number from 1 to ${listed.length}, or with a word; ? lists them.`,
        );
      else if ((await lookAt(audit, finding, reader, say)) === "quit") return;
      else tellScore(audit, say);
    }
  }
}

const mainHelp = [
  "A number: tells about that finding, and offers its fix.",
  "all: shows all safe fixes, and makes them after you agree.",
  "filter WORDS: lists the findings that have all the words; filter alone lists all.",
  "list: lists the findings again.",
  "ignored: lists what is left alone, with the reasons; ignored WORDS, what has all the words.",
  "again: reads files and API again.",
  "quit: leaves, and says what is left.",
];

const findingHelp = [
  "fix: makes the change shown above, after you agree.",
  "ignore REASON: writes your reason above it as a comment, or into .machinist.yaml where there is no line, after you agree.",
  "explain: tells about the rule.",
  "manual: opens the page of the manual in the browser.",
  "Enter: goes back to the list.",
  "quit: leaves, and says what is left.",
];

/** Tells about one finding, and what a person then wants with it. */
async function lookAt(
  audit: GuidedAudit,
  finding: Finding,
  reader: LineReader,
  say: Say,
): Promise<"list" | "quit"> {
  tellFinding(audit, finding, say);
  const fixable = finding.fix?.().kind === "changes";
  for (;;) {
    const asked = fixable
      ? "fix, ignore REASON, explain, Enter or ?: "
      : "ignore REASON, explain, Enter or ?: ";
    const line = (await reader.read(asked, true)).trim();
    const [word = "", ...rest] = line.split(/\s+/u);
    if (word === "") return "list";
    if (word === "quit" || word === "q") return "quit";
    if (word === "?") for (const help of findingHelp) say(help);
    else if (word === "explain") for (const told of audit.explain(finding.rule)) say(told);
    else if (word === "manual") await openManual(audit, finding.rule, say);
    else if (word === "ignore") {
      if (await ignored(audit, finding, rest.join(" "), reader, say)) return "list";
    } else if (word === "fix" && fixable) {
      if (await agrees("Make this change?", reader, say))
        await attempt(say, () => audit.fix(finding));
      return "list";
    } else say("Answer with one of the words; ? explains them.");
  }
}

async function openManual(audit: GuidedAudit, rule: string, say: Say): Promise<void> {
  const address = audit.manual(rule);
  if (address === undefined) {
    say("The manual has no page about this; explain tells about the rule.");
    return;
  }
  say(address);
  await attempt(say, async () => {
    await audit.browse(address);
    return ["Opened in the browser."];
  });
}

/** Shows the reason as it will be written and writes it when the person agrees; tells whether it was shown. */
async function ignored(
  audit: GuidedAudit,
  finding: Finding,
  reason: string,
  reader: LineReader,
  say: Say,
): Promise<boolean> {
  const shown = await attempt(say, async () => {
    for (const preview of audit.ignorePreviews(finding, reason)) tellPreview(preview, say);
    return [];
  });
  if (shown && (await agrees("Write this down?", reader, say)))
    await attempt(say, () => audit.ignore(finding, reason));
  return shown;
}

async function fixSafe(audit: GuidedAudit, reader: LineReader, say: Say): Promise<void> {
  let out: ReadonlySet<string> = new Set();
  if ((await audit.safeFixes(out)).length === 0) {
    say("There is no safe fix left; the others are shown with their findings.");
    return;
  }
  const agreed = await agreedPlan(
    (marks) => {
      out = takenOut(marks);
      return fixPlan(audit, marks);
    },
    (plan) => askPlan(plan, reader, say),
  );
  if (agreed !== undefined && markedIn(agreed).length > 0)
    await attempt(say, () => audit.fixSafe(out));
  tellScore(audit, say);
}

async function agrees(question: string, reader: LineReader, say: Say): Promise<boolean> {
  for (;;) {
    const answer = (await reader.read(`${question} yes or no: `, true)).trim().toLowerCase();
    if (["y", "yes"].includes(answer)) return true;
    if (["n", "no"].includes(answer)) return false;
    say("Answer yes or no.");
  }
}

async function readAgain(audit: GuidedAudit): Promise<readonly string[]> {
  await audit.reread();
  return ["Read files and API again."];
}

/** Does something that may be refused, and tells what was done, or why not. */
async function attempt(say: Say, work: () => Promise<readonly string[]>): Promise<boolean> {
  try {
    for (const line of await work()) say(line);
    return true;
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    say("This was not done:");
    for (const line of failureLines(failure.parts)) say(line);
    return false;
  }
}

/** The findings as they are numbered: by severity, the gravest first. */
function inOrder(audit: GuidedAudit, filter: FindingFilter): readonly Finding[] {
  const shown = findingsThrough(audit.verdict().findings, filter);
  return severities.flatMap((severity) => shown.filter((finding) => finding.severity === severity));
}

function tellScore(audit: GuidedAudit, say: Say): void {
  say(
    scoreFacts(audit.verdict())
      .map(({ label, value }) => `${label}: ${value}`)
      .join(", "),
  );
}

function tellList(audit: GuidedAudit, filter: FindingFilter, say: Say): void {
  tellScore(audit, say);
  const words = filterWords(filter);
  if (words.length > 0) say(`Only with ${words.join(", ")}:`);
  let severity: Severity | undefined;
  const { first, rest } = readOut(inOrder(audit, filter));
  first.forEach((finding, index) => {
    if (finding.severity !== severity) {
      severity = finding.severity;
      const { many, means } = severityWords[severity];
      say(`${many}: ${means}`);
    }
    say(`${index + 1}. ${finding.rule}, ${placeWords(finding.location)}: ${finding.message}`);
  });
  for (const line of rest) say(line);
}

function tellIgnored(audit: GuidedAudit, filter: string, say: Say): void {
  const lines = audit
    .verdict()
    .ignored.map(
      ({ rule, location, ignored: by }) => `${rule}, ${placeWords(location)}: ${by.reason}`,
    );
  if (lines.length === 0) say("Nothing is ignored.");
  else for (const line of linesWith(lines, filter, "ignored")) say(line);
}

/** Tells all about one finding in lines: what is wrong, the lines of the file, why it matters, and its fix. */
function tellFinding(audit: GuidedAudit, finding: Finding, say: (line: string) => void): void {
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
