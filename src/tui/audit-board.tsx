import type { Finding } from "../audit/finding.ts";
import { fixPlan, takenOut } from "../audit/guided/fix-plan.ts";
import type { GuidedAudit } from "../audit/guided/guided-audit.ts";
import { isStillThere } from "../audit/guided/same-finding.ts";
import { sentence } from "../audit/words.ts";
import { markedIn } from "../dialogue/plan.ts";
import type { AgreementQuestion } from "../dialogue/question.ts";
import { Failure, failureLines } from "../failure.ts";
import { printable } from "../printable.ts";
import type { HeaderContent } from "./components/header.tsx";
import { keyTable } from "./keys/table.ts";
import { agreeOnStage } from "./one-plan.tsx";
import { type AgreementKey, agreementScreen } from "./screens/agreement.tsx";
import type { QuestionOutcome } from "./screens/asked.ts";
import {
  type BoardAction,
  type BoardPlace,
  boardScreen,
  boardSearchScreen,
} from "./screens/board.tsx";
import { boardAfterUndo, openBoard } from "./screens/board-state.ts";
import { linesAsRows, pageRows, pageScreen } from "./screens/page.tsx";
import { textScreen } from "./screens/text.tsx";
import { onStage, type Stage } from "./stage.tsx";
import { type Interruption, ownTerminal, type TerminalStreams } from "./terminal.ts";
import { signs } from "./theme.ts";

/** How a board ended. The terminal is as it was before; the caller prints what is left. */
export type BoardEnd =
  | { readonly kind: "closed" }
  | { readonly kind: "failed"; readonly failure: unknown }
  | Interruption;

const toEdit =
  "On the board o opens the place in your editor, and reads it again when you close it.";

/** Shows the findings of an audit until the person leaves, and fixes what they agree to. Never rejects. */
export async function runAuditBoard(
  audit: GuidedAudit,
  streams: TerminalStreams = ownTerminal(),
): Promise<BoardEnd> {
  const surroundings = () => ({
    header: {
      title: audit.title,
      ...accountOf(audit),
      place: audit.place,
      vendor: audit.vendor,
    },
  });
  const end = await onStage(streams, surroundings, (stage) => browse(audit, stage));
  return end.kind === "played" ? { kind: "closed" } : end;
}

function accountOf({ account }: GuidedAudit): Pick<HeaderContent, "account" | "shortAccount"> {
  return "name" in account
    ? { account: account.name }
    : { account: account.because, shortAccount: account.inShort };
}

async function browse(audit: GuidedAudit, stage: Stage): Promise<void> {
  const place: BoardPlace = { state: openBoard(audit.verdict()) };
  for (;;) {
    const action = await stage.show<BoardAction>((done) => boardScreen(audit, place, done));
    switch (action.kind) {
      case "close":
        return;
      case "search":
        await stage.show<undefined>((done) =>
          boardSearchScreen(audit, place, () => done(undefined)),
        );
        break;
      case "reread":
        await noted(place, "", () =>
          attempt(stage, "Reading files and API again", async () => {
            await audit.reread();
            return ["Read files and API again"];
          }),
        );
        break;
      case "undo":
        await noted(place, "", () =>
          attempt(stage, "Taking back what was done last", () => audit.takeBack()),
        );
        place.state = boardAfterUndo(place.state, audit.verdict());
        break;
      case "edit":
        await edit(audit, stage, place, action.finding);
        break;
      case "explain":
        await read(stage, action.finding.rule, audit.explain(action.finding.rule));
        break;
      case "manual":
        await openManual(audit, stage, action.finding.rule);
        break;
      case "fix":
        await fix(audit, stage, place, action.finding);
        break;
      case "ignore":
        await ignore(audit, stage, place, action.finding);
        break;
      case "fix-safe":
        await fixSafe(audit, stage, place);
        break;
    }
  }
}

/** Opens the manual's page on a rule in the browser; without a browser its address is shown. */
async function openManual(audit: GuidedAudit, stage: Stage, rule: string): Promise<void> {
  const address = audit.manual(rule);
  if (address === undefined) {
    await read(stage, "The manual has no page about this", ["e explains the rule."]);
    return;
  }
  try {
    await audit.browse(address);
    stage.print([{ text: `Opened ${address}`, look: "dim" }]);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    await read(stage, "The page of the manual", [address, "", ...failureLines(failure.parts)]);
  }
}

/** Has the finding's place opened in the person's editor, and says what that came to. */
async function edit(
  audit: GuidedAudit,
  stage: Stage,
  place: BoardPlace,
  finding: Finding,
): Promise<void> {
  const { findings } = audit.verdict();
  try {
    await stage.lend(() => audit.edit(finding));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    await read(stage, "The editor was not opened", failureLines(failure.parts));
    return;
  }
  place.note = isStillThere(finding, findings, audit.verdict().findings)
    ? "Read again: this finding is still there."
    : "Read again: that finding is gone.";
}

/**
 * Says on the board what was done.
 * @param more what can be done about that
 * @param many how that is said of several things; a line of `work` may tell of more than one
 */
async function noted(
  place: BoardPlace,
  more: string,
  work: () => Promise<readonly string[] | undefined>,
  many?: string,
): Promise<boolean> {
  const lines = await work();
  if (lines === undefined) return false;
  const [first = ""] = lines;
  const done = many ?? (lines.length > 1 ? `${lines.length} changes` : first);
  place.note = `${signs.done} done${more}: ${done}`;
  return true;
}

const undoable = " (u takes it back)";

/** Shows what the fix changes, and makes the change when the person agrees. */
async function fix(
  audit: GuidedAudit,
  stage: Stage,
  place: BoardPlace,
  finding: Finding,
): Promise<void> {
  const planned = finding.fix?.();
  if (planned === undefined) {
    await read(stage, sentence(finding.message), [
      "Only you can put this right.",
      "",
      finding.why,
      "",
      toEdit,
    ]);
    return;
  }
  if (planned.kind === "by-hand") {
    await read(stage, planned.title, [...failureLines(planned.refusal), "", toEdit]);
    return;
  }
  const { title, disposition, because } = planned;
  const agreed = await agrees(
    stage,
    {
      title: `${title}?`,
      help: [finding.message, finding.why],
      facts:
        disposition === "unsafe"
          ? [
              `${signs.warning} ${because ?? "This changes more than the finding says"}: look closely.`,
            ]
          : [],
      previews: audit.previews(finding),
      agree: "Make this change",
    },
    keyTable.fix,
  );
  if (!agreed) return;
  const { findings } = audit.verdict();
  const made = await noted(place, undoable, () => attempt(stage, title, () => audit.fix(finding)));
  if (made && isStillThere(finding, findings, audit.verdict().findings))
    await read(stage, "The change was made, but the finding is still there", [
      finding.message,
      "",
      "What else it takes, only you can tell; e explains the rule.",
    ]);
}

/** Puts the safe fixes on a plan, each with what it changes, and makes those that are left in it. */
async function fixSafe(audit: GuidedAudit, stage: Stage, place: BoardPlace): Promise<void> {
  let out: ReadonlySet<string> = new Set();
  const fixes = await stage.wait("Trying all safe fixes together", () => audit.safeFixes(out));
  if (fixes.length === 0) {
    await read(stage, "There is no safe fix left", [
      "What is left needs a look, or has to be put right by hand: Enter shows it, finding by finding.",
    ]);
    return;
  }
  const agreed = await agreeOnStage((marks) => {
    out = takenOut(marks);
    return fixPlan(audit, marks);
  }, stage);
  const made = agreed === undefined ? 0 : markedIn(agreed).length;
  if (made === 0) return;
  await noted(
    place,
    undoable,
    () => attempt(stage, "Making the safe fixes", () => audit.fixSafe(out)),
    made === 1 ? undefined : `${made} fixes`,
  );
}

/** Asks why a finding may stay, with the reason as it will be written, and writes it when the person agrees. */
async function ignore(
  audit: GuidedAudit,
  stage: Stage,
  place: BoardPlace,
  finding: Finding,
): Promise<void> {
  try {
    audit.ignorePreviews(finding, "any reason");
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    await read(stage, "This can't be ignored", failureLines(failure.parts));
    return;
  }
  const asked = await stage.show<QuestionOutcome>((done) =>
    textScreen(
      {
        kind: "text",
        title: "Why may this stay as it is?",
        help: [
          "The reason stands above the place as a comment, or in the configuration where there is no line for one, for who reads it next. The finding is then told and no longer counted.",
          "Take it out again to have the finding back.",
        ],
        facts: [sentence(finding.message)],
        flag: "",
        check: (text) => (/[\p{L}\p{N}]/u.test(text) ? undefined : "A few words are needed."),
        preview: (text) => audit.ignorePreviews(finding, text),
      },
      undefined,
      undefined,
      done,
    ),
  );
  if (asked.kind !== "reply" || asked.reply.kind !== "text") return;
  const reason = asked.reply.value;
  const agreed = await agrees(stage, {
    title: "Ignore this, with your reason?",
    help: [finding.message, finding.why],
    facts: [],
    previews: audit.ignorePreviews(finding, reason),
    agree: "Write this down",
  });
  if (agreed)
    await noted(place, undoable, () =>
      attempt(stage, "Writing it down", () => audit.ignore(finding, reason)),
    );
}

type Agreement = Pick<AgreementQuestion, "title" | "help" | "facts" | "previews" | "agree">;

async function agrees(
  stage: Stage,
  agreement: Agreement,
  keys: readonly AgreementKey[] = keyTable.agreement,
): Promise<boolean> {
  const asked = await stage.show<QuestionOutcome>((done) =>
    agreementScreen(
      { kind: "agreement", flag: "--fix", decline: "Leave it", ...agreement },
      undefined,
      done,
      keys,
    ),
  );
  return asked.kind === "reply" && asked.reply.kind === "agreement" && asked.reply.agreed;
}

/** Does something that may be refused; what was done goes to the scrollback and is given, a refusal is shown. */
async function attempt(
  stage: Stage,
  title: string,
  work: () => Promise<readonly string[]>,
): Promise<readonly string[] | undefined> {
  try {
    const done = await stage.wait(title, work);
    stage.print(
      done.map((line) => ({ text: printable(`${signs.done} ${line}`), look: "good" }) as const),
    );
    return done;
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    await read(stage, "This was not done", failureLines(failure.parts));
    return undefined;
  }
}

async function read(stage: Stage, title: string, lines: readonly string[]): Promise<void> {
  await stage.show<undefined>((done) =>
    pageScreen(
      (columns) => [...pageRows(title, [], columns), ...linesAsRows(lines, columns)],
      () => done(undefined),
    ),
  );
}
