import { hasChanged, isWhole, type Ledger, ledgerLines } from "../../change/ledger.ts";
import type { EndPage } from "../../dialogue/end-page.ts";
import type { End } from "../../dialogue/procedure.ts";
import { ciSystemOf } from "../ci/target.ts";
import type { SetupContext } from "../context.ts";
import { goingOn, laterCommand, resumeCommand } from "../resume-command.ts";
import type { Session } from "../session.ts";
import { leftToDo, toPaste } from "./left-to-do.ts";

/** What is said when a setup ends, however it ends: its ledger, what a person still has to do, and how to go on. */
export function endingLines(
  session: Session,
  context: SetupContext,
  { ledger, how }: End,
): readonly string[] {
  const { effect, offline } = session.request;
  const toGoOn = resumeCommand("setup", session, context);
  const left = asLines(leftToDo(session, context));
  const whole = isWhole(ledger);
  if (effect === "show") {
    if (how.kind === "left") return [`${goingOn(how.failure)}: ${toGoOn}`];
    return context.changes.length === 0
      ? nothingToDo(left, "Nothing is left to do.")
      : [...asLines(toPaste(context)), "Dry run: nothing was changed."];
  }
  const changed = hasChanged(ledger);
  if (isPlayed(context) && how.kind === "left") return ledgerLines(ledger);
  if (how.kind === "left")
    return [
      ...ledgerLines(ledger),
      ...(changed ? takingBack(session, context) : ["nothing was changed"]),
      `${goingOn(how.failure)}: ${toGoOn}`,
    ];
  const look = `to look whether it works: ${laterCommand("verify", session, context)}`;
  const once = isJobOfCi(session) ? "once the job has run" : "once it is deployed";
  const became =
    changed || !whole
      ? [...ledgerLines(ledger), ...(changed ? [] : ["nothing was changed"]), ...left]
      : nothingToDo(left, "Nothing was left to do.");
  if (isPlayed(context)) return became;
  return [
    ...became,
    ...(whole ? [] : [`for what is not done: ${toGoOn}`]),
    ...(offline || !(whole || changed) ? [] : [changed ? `${once}, ${look}` : look]),
    ...(changed ? takingBack(session, context) : []),
  ];
}

/** Each with what it is; text to paste has lines of its own. */
function asLines(left: readonly string[]): readonly string[] {
  return left.flatMap((one) => `left to you: ${one}`.split("\n"));
}

/** What is left to the person after a plan was carried out, each line a command that works where it is typed. */
export function closingOf(
  session: Session,
  context: SetupContext,
  ledger: Ledger,
): Pick<EndPage, "yours" | "closing"> {
  const { offline } = session.request;
  const yours = leftToDo(session, context);
  const toGoOn = isWhole(ledger)
    ? []
    : [`for what is not done: ${resumeCommand("setup", session, context)}`];
  if (isPlayed(context))
    return { yours, closing: ["This was the demo: all of it happened in its own folder."] };
  const look = laterCommand("verify", session, context);
  const changed = hasChanged(ledger);
  const once = isJobOfCi(session)
    ? "once the job has run"
    : "once it is deployed and the cron has run";
  const first = changed ? `${once}, look whether it works: ` : "";
  return {
    yours: [...yours, ...(offline ? [] : [`${first}${look}`])],
    closing: [...toGoOn, ...(changed ? takingBack(session, context) : [])],
  };
}

/** Whether a job of a CI system does the work: it runs from its own branch, whatever of the project is deployed. */
function isJobOfCi(session: Session): boolean {
  return ciSystemOf(session) !== undefined;
}

/** Whether it is the demo: its platform ends with it, so no later command looks at it, goes on or takes it back. */
function isPlayed({ colleague }: SetupContext): boolean {
  return colleague !== undefined;
}

/** What only a person can do is not nothing. */
function nothingToDo(left: readonly string[], nothing: string): readonly string[] {
  return left.length === 0
    ? [nothing]
    : ["There was nothing to do for machinist; the rest is yours:", ...left];
}

function takingBack(session: Session, context: SetupContext): readonly string[] {
  return [`to take it back: ${laterCommand("undo", session, context)}`];
}
