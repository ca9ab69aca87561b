import { hasChanged, type Ledger, ledgerLines } from "../change/ledger.ts";
import { previewOf } from "../change/preview.ts";
import { Failure, failureLines } from "../failure.ts";
import { printable } from "../printable.ts";
import type { SetupContext } from "./context.ts";
import { laterCommand } from "./resume-command.ts";
import type { Session, StepId } from "./session.ts";
import type { Procedure } from "./step.ts";

/** How a run ended: at its end, or before it, with what is said then and what it failed with. */
export type RunEnd =
  | { readonly kind: "finished" }
  | { readonly kind: "left"; readonly said: readonly string[]; readonly failure: unknown };

/**
 * The record of a run as Markdown, fit for a ticket: what was done, in order, by whom and when, and what a person still
 * has to do. No secret is in it.
 */
export function runRecord(
  plan: Procedure,
  session: Session,
  context: SetupContext,
  ledger: Ledger,
  end: RunEnd,
): string {
  const { request } = session;
  const showing = request.effect === "show";
  const isMade = request.effect === "apply";
  const details = end.kind === "finished" ? (plan.details?.(session, context) ?? []) : [];
  const left = end.kind === "finished" ? plan.leftToDo(session, context) : [];
  const at = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return [
    `# machinist ${plan.command}, ${at}${showing ? " (dry run: nothing was changed)" : ""}`,
    ...places.flatMap(([id, label]) => {
      const shown = session.answers[id]?.shown;
      return shown === undefined ? [] : [`- ${label}: ${plain(shown)}`];
    }),
    `- directory: ${code(request.directory)}`,
    ...section(
      "Done, in this order",
      ledger.done.map(({ at: when, what }) => `1. ${when.slice(11, 19)} UTC: ${plain(what)}`),
    ),
    ...section(
      "Not done",
      ledgerLines({ ...ledger, done: [] }).map((line) => `- ${plain(line)}`),
    ),
    ...section("Found", details.length === 0 ? [] : fenced(details, "text")),
    ...section(
      isMade ? "The changes" : "What would be changed",
      context.changes.flatMap((change) => {
        const { title, lines } = previewOf(change);
        const marks = { added: "+", removed: "-", context: " ", fact: " ", field: " ", place: "" };
        const diff = lines.map(({ kind, text }) => marks[kind] + text);
        return [`**${plain(title)}**`, "", ...fenced(diff, "diff"), ""];
      }),
    ),
    ...section("Where it ended", end.kind === "left" ? ending(end) : []),
    ...section(
      "Left to do",
      left.map((line) => `- ${plain(line)}`),
    ),
    ...section(
      "To take it back",
      hasChanged(ledger) ? [code(laterCommand("undo", session, context))] : [],
    ),
    "",
  ].join("\n");
}

const places: readonly (readonly [StepId, string])[] = [
  ["sign-in", "by"],
  ["project", "project"],
  ["environment", "environment"],
  ["app", "app"],
  ["email", "machine user"],
];

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];
}

function ending({ said, failure }: RunEnd & { readonly kind: "left" }): readonly string[] {
  const why = failure instanceof Failure ? failureLines(failure.parts) : [];
  return fenced([...why, ...said], "text");
}

/** A fence that is longer than any in what it holds. */
function fenced(lines: readonly string[], language: string): readonly string[] {
  const clean = lines.map((line) => printable(line));
  const longest = Math.max(
    2,
    ...clean.flatMap((line) => line.match(/`+/gu) ?? []).map(({ length }) => length),
  );
  const fence = "`".repeat(longest + 1);
  return [fence + language, ...clean, fence];
}

/** A text that Markdown shows as it is. */
function plain(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#~]/gu, "\\$&");
}

function code(text: string): string {
  const clean = printable(text);
  return clean.includes("`") ? plain(clean) : `\`${clean}\``;
}
