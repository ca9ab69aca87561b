import { environmentsOf } from "../../audit/evidence/at-home.ts";
import { runningJobs } from "../../audit/evidence/cron-work.ts";
import { asCommand } from "../../automation/ci-jobs.ts";
import { roleOfWork } from "../../automation/role.ts";
import type { Answer } from "../../dialogue/session.ts";
import { tokenChecklist } from "../../setup/token-checklist.ts";
import type { VerificationFacts } from "../facts/facts.ts";
import { type Check, type CheckSubject, checksOf, subjects } from "./check.ts";
import { ciChecks } from "./ci-checks.ts";
import { deployedChecks } from "./deployed-checks.ts";
import { fileChecks, ownerChecks } from "./file-checks.ts";
import { findingChecks } from "./finding-checks.ts";
import { workChecks } from "./work-checks.ts";

/** Is what was set up deployed, and does it work? One line for each thing that has to be so. */
export function verificationChecklist(facts: VerificationFacts): readonly Check[] {
  return [
    ...ownerChecks(facts),
    ...findingChecks(facts),
    ...fileChecks(facts),
    ...deployedChecks(facts),
    ...tokenChecks(facts),
    ...workChecks(facts),
    ...ciChecks(facts),
  ];
}

/** The checklist as people read it, under the headings of its subjects, with the count of each state at the end. */
export function checklistLines(checks: readonly Check[]): readonly string[] {
  return [
    ...subjects.flatMap((subject) => {
      const lines = checks.filter((check) => check.subject === subject).map(lineOf);
      return lines.length === 0 ? [] : [headings[subject], ...lines];
    }),
    verdict(checks),
  ];
}

/**
 * How the list stands as a whole: done only where nothing is left to look at, since what is open or wasn't looked at can
 * still be wrong.
 */
export function checklistStanding(checks: readonly Check[]): Pick<Answer, "isBad" | "stands"> {
  if (checks.some(({ state }) => state === "wrong")) return { isBad: true };
  return checks.every(({ state }) => state === "ok") ? {} : { stands: "not known" };
}

const headings: Readonly<Record<CheckSubject, string>> = {
  file: "In the file:",
  deployment: "On the environment:",
  token: "As the machine user's token shows:",
  work: "What the crons did:",
  ci: "In CI:",
};

/** A mark and a word for each state: the colour that a terminal gives the mark would tell nobody alone. */
const marks: Readonly<Record<Check["state"], string>> = {
  ok: "✔ ok",
  open: "▲ open",
  wrong: "✖ wrong",
  skipped: "? not looked at",
};

function lineOf({ state, sentence, next }: Check): string {
  return `  ${marks[state]}: ${sentence}${next === undefined ? "" : `; ${next}`}`;
}

function verdict(checks: readonly Check[]): string {
  const count = (state: Check["state"]) => checks.filter((check) => check.state === state).length;
  const [wrong, open, skipped] = [count("wrong"), count("open"), count("skipped")];
  return [
    wrong === 0
      ? "Nothing is wrong"
      : `${wrong} of ${checks.length} checks ${wrong === 1 ? "is" : "are"} wrong`,
    ...(open === 0 ? [] : [`${open} still open`]),
    ...(skipped === 0 ? [] : [`${skipped} not looked at`]),
  ].join(", ");
}

const { ok, wrong, open, skipped } = checksOf("token");

/** What the machine user's own token shows of its account. Whether that is too much or too little, the rules find. */
function tokenChecks(facts: VerificationFacts): readonly Check[] {
  const { token, platform } = facts;
  if (token.kind === "skipped") {
    return [
      skipped(
        "what the machine user may do can only be seen with its own token",
        "hand it over with --machine-token-stdin, or when asked",
      ),
    ];
  }
  // It is told with what else could not be read.
  if (token.kind === "unread") return [];
  if (token.kind === "refused") {
    return [wrong(`the token is refused: ${token.why}`, "machinist rotate replaces it")];
  }
  const inCi = facts.ciWorks.flatMap(({ use }) => use.calls.map(asCommand));
  const needed = roleOfWork(runningJobs(facts), inCi, environmentsOf(platform));
  return tokenChecklist(token.facts, platform.project.id, needed).flatMap((check) => {
    if (check.kind === "good") return [ok(check.sentence)];
    return check.kind === "unknown" ? [open(`not known: ${check.sentence}`)] : [];
  });
}
