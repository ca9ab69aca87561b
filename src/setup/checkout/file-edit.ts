import type { AppFile } from "../../appfile/app-file.ts";
import type { FileChange } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import type { AgreementQuestion, ChoiceQuestion, Reply } from "../../dialogue/question.ts";
import { agrees, leftOut, replyText } from "../../dialogue/reply.ts";
import { Failure, failureLines } from "../../failure.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { OpenedSetupStep, TakenSetupReply } from "../step.ts";

/** What a step says when it wants to edit the file. */
export interface EditWords extends Pick<AgreementQuestion, "title" | "help"> {
  /** What it is called on the plan. */
  readonly item: string;
  /** What is to be said of it there, beside the file. */
  readonly says?: string;
  /** The title when only a person can make the edit. */
  readonly byHand: string;
}

/** Plans an edit as the file is now. A file that can't be edited safely is a Failure "uneditable". */
export type PlanEdit = () => Promise<FileChange>;

/**
 * Asks whether the edit may be made, or for a person's hand where the file can't be edited safely.
 * @param factsOf what to know before a file is written, by its absolute path
 * @param doubt where `--yes` is not enough: the flag that is, and what a face with nobody to ask ends with
 */
export async function offerEdit(
  words: EditWords,
  plan: PlanEdit,
  factsOf: (file: string) => Promise<readonly string[]>,
  doubt: Partial<Pick<AgreementQuestion, "flag" | "otherwise">> = {},
): Promise<OpenedSetupStep> {
  try {
    const change = await plan();
    const question = askToWrite(words, change, await factsOf(change.path));
    return { kind: "question", question: { ...question, ...doubt } };
  } catch (error) {
    if (!(error instanceof Failure) || error.reason !== "uneditable") throw error;
    return { kind: "question", question: askByHand(words, error) };
  }
}

/** Takes the answer to `offerEdit`. The edit is planned once more, so that it rests on the file as it is now. */
export async function takeEdit(
  reply: Reply,
  plan: PlanEdit,
  context: SetupContext,
): Promise<TakenSetupReply> {
  if (reply.kind === "text") {
    if (replyText(reply) !== leaveOut) return { kind: "reopen" };
    const because = "the file can't be edited safely";
    return { kind: "answered", answer: { ...leftOut, because }, applied: false };
  }
  if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
  const shown = await context.apply(await plan());
  return {
    kind: "answered",
    answer: { value: "there", shown, because: "you agreed" },
    applied: true,
  };
}

function askToWrite(
  { title, help, item, says }: EditWords,
  change: FileChange,
  facts: readonly string[],
): AgreementQuestion {
  const preview = previewOf(change);
  const count = preview.lines.filter(({ kind }) => kind === "added").length;
  const added = count === 1 ? "+1 line" : `+${count} lines`;
  return {
    kind: "agreement",
    title,
    help,
    facts,
    flag: "--yes",
    previews: [preview],
    item: {
      title: item,
      says: [...(says === undefined ? [] : [says]), `${change.shown} ${added}`].join("; "),
    },
    agree: "Write the file",
    decline: "Leave it out",
  };
}

const leaveOut = "leave-out";

/** A face with nobody to ask ends with the failure itself. */
function askByHand({ byHand: title, item }: EditWords, failure: Failure): ChoiceQuestion {
  return {
    kind: "choice",
    title,
    help: ["machinist edits a file only where it can prove that nothing else in it changes."],
    facts: failureLines(failure.parts),
    flag: "--only",
    item: { title: item, says: "by hand: the file can't be edited safely", unmarked: leaveOut },
    choices: [
      { value: "read-again", label: "I have pasted it: read the file again" },
      { value: leaveOut, label: "Leave it out" },
    ],
    otherwise: failure,
  };
}

/**
 * The app that a step is about. Where its file can't even be read, the `Failure` says what to paste by hand.
 *
 * @param paste the lines that the step would add
 */
export async function appOrPaste(
  session: Session,
  context: SetupContext,
  paste: () => string,
): Promise<AppFile> {
  try {
    return await context.app(session);
  } catch (error) {
    if (!(error instanceof Failure) || error.reason !== "uneditable") throw error;
    const next = "put that right and start again, or add this by hand";
    throw new Failure("uneditable", { ...error.parts, next, paste: paste() }, { cause: error });
  }
}
