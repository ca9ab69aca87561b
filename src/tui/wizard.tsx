import type { Dialogue, StepState } from "../dialogue/dialogue.ts";
import type { Decision } from "../dialogue/plan.ts";
import type { Question, Reply } from "../dialogue/question.ts";
import { canBeTriedAgain } from "../failure.ts";
import { printable } from "../printable.ts";
import type { HeaderContent } from "./components/header.tsx";
import { progressPart } from "./components/plan-progress.tsx";
import type { TranscriptLine } from "./components/transcript.tsx";
import type { QuestionOutcome } from "./screens/asked.ts";
import { questionScreen } from "./screens/asking.tsx";
import { type AfterFailure, failureScreen } from "./screens/failure.tsx";
import { type PlanPlace, planScreen } from "./screens/plan.tsx";
import { onStage, type Stage } from "./stage.tsx";
import { type Interruption, ownTerminal, type TerminalStreams } from "./terminal.ts";
import { type LookName, signs } from "./theme.ts";

/** What stands above the questions: the project, the environment, the file, who is signed in, as far as known. */
export type WizardHeader = HeaderContent;

/** How a wizard ended. The terminal is as it was before; the caller prints what is to be said. */
export type WizardEnd =
  | { readonly kind: "finished"; readonly summary: readonly string[] }
  | { readonly kind: "failed"; readonly failure: unknown }
  | Interruption;

/**
 * Asks the questions of a dialogue on the terminal until it is finished. The answers stay in the scrollback,
 * one line each. Never rejects: what the dialogue throws is in the result.
 * @param header is read again for every frame
 * @param streams the terminal; both ends have to be one
 */
export async function runWizard(
  dialogue: Dialogue,
  header: () => WizardHeader,
  streams: TerminalStreams = ownTerminal(),
): Promise<WizardEnd> {
  const surroundings = () => ({ header: header() });
  const end = await onStage(streams, surroundings, (stage) => ask(dialogue, stage));
  return end.kind === "played" ? { kind: "finished", summary: end.value } : end;
}

/** What Esc comes to where nothing was answered before. */
const firstQuestion = "There is nothing to go back to; Ctrl-C leaves.";

/** One question after the other; gives the summary. */
async function ask(dialogue: Dialogue, stage: Stage): Promise<readonly string[]> {
  const transcript = stepTranscript();
  let problem: string | undefined;
  let draft: Draft | undefined;
  let failed = 0;
  let place: PlanPlace = { open: false };
  /** Whether the plan is drawn anew only because of a mark. */
  let marking = false;
  const goBack = () => {
    const isBack = dialogue.back();
    if (isBack) stage.print(transcript.takenBack(dialogue.steps()));
    return isBack;
  };
  /** Undefined when it failed, and the person wants to go on: what is there now is looked at then. */
  const attempt = async <T,>(title: string, work: () => Promise<T>) => {
    try {
      const value = await stage.wait(
        title,
        (report) => reporting(dialogue, report, work),
        (area) => progressPart(dialogue.plan(), area),
      );
      failed = 0;
      return { value };
    } catch (failure) {
      if (!canBeTriedAgain(failure)) throw failure;
      failed += 1;
      const what = await stage.show<AfterFailure>((done) => failureScreen(failure, failed, done));
      if (what === "close") throw failure;
      dialogue.lookAgain();
      if (what === "back") goBack();
      return undefined;
    }
  };
  for (;;) {
    const looked = await attempt("Looking at the project", () => dialogue.next());
    if (looked === undefined) continue;
    const moment = looked.value;
    stage.print(transcript.news(dialogue.steps()));
    if (moment.kind === "finished") return moment.summary;

    if (moment.kind === "plan") {
      const decided = await stage.show<{ decision: Decision; place: PlanPlace }>((done, { say }) =>
        planScreen(moment.plan, place, marking, (decision, at) => {
          if (decision.kind === "back" && !goBack()) say(firstQuestion);
          else done({ decision, place: at });
        }),
      );
      const { decision } = decided;
      ({ place } = decided);
      marking = decision.kind === "mark";
      if (decision.kind !== "back") dialogue.decide(decision);
      continue;
    }
    const { step, question } = moment;
    const asked = await stage.show<QuestionOutcome>((done, tools) =>
      questionScreen(
        question,
        problem ?? moment.problem?.sentence,
        draft?.title === question.title ? draft.text : undefined,
        (outcome) => {
          if (outcome.kind === "back" && !goBack()) tools.say(firstQuestion);
          else done(outcome);
        },
        tools,
        (area) => progressPart(dialogue.plan(), area),
      ),
    );
    problem = undefined;
    draft = undefined;
    if (asked.kind === "back") continue;
    const { reply } = asked;
    const handed = await attempt(step.title, () => dialogue.submit(reply));
    const refused = handed?.value;
    problem ??= refused?.sentence;
    if (handed === undefined || refused !== undefined) draft = draftOf(question, reply);
  }
}

/** A text that was refused, offered again when the same question comes back. */
interface Draft {
  readonly title: string;
  readonly text: string;
}

function draftOf(question: Question, reply: Reply): Draft | undefined {
  if (question.kind !== "text" || reply.kind !== "text") return undefined;
  return { title: question.title, text: reply.value };
}

async function reporting<T>(
  dialogue: Dialogue,
  report: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const unsubscribe = dialogue.onProgress(({ line }) => report(line));
  try {
    return await work();
  } finally {
    unsubscribe();
  }
}

/** Turns the steps of a setup into the lines that tell what happened, each told once. */
interface StepTranscript {
  /** The lines for the answers that are new or different since the last call. */
  news(steps: readonly StepState[]): readonly TranscriptLine[];
  /** The line for an answer that was taken back: the step that is current now. */
  takenBack(steps: readonly StepState[]): readonly TranscriptLine[];
}

/** A transcript in which nothing has been told yet. */
function stepTranscript(): StepTranscript {
  const told = new Map<StepState["id"], string>();
  return {
    news: (steps) =>
      steps.flatMap((step) => {
        if (step.shown === undefined || step.told !== "answer") return [];
        const text = lineOf(step);
        if (told.get(step.id) === text) return [];
        told.set(step.id, text);
        return [{ text, look: lookOf[step.state] }];
      }),
    takenBack: (steps) =>
      steps
        .filter(({ state, id }) => state === "current" && told.delete(id))
        .map(({ title }) => ({ text: `${signs.back} ${title}: asked again`, look: "dim" })),
  };
}

const lookOf = {
  done: "good",
  bad: "bad",
  leftOut: "warn",
  unknown: "warn",
  current: "good",
  later: "good",
} as const satisfies Record<StepState["state"], LookName>;

function lineOf({ title, shown, because, state }: StepState): string {
  const answer = shown === undefined ? "" : `: ${shown}`;
  const source = because === undefined ? "" : ` — ${because}`;
  return printable(`${signs[state]} ${title}${answer}${source}`);
}
