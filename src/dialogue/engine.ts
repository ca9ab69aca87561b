import { ledgerOf } from "../change/ledger.ts";
import type { Dialogue, Moment, StepState } from "./dialogue.ts";
import type { Procedure } from "./procedure.ts";
import type { Question, Reply } from "./question.ts";
import type { Answer, AskedFor, RecordedAnswer, Session } from "./session.ts";
import type { Problem, Step } from "./step.ts";

/** What the engine needs of that with which the steps work. */
export interface Surroundings {
  /** Ends the dialogue where it stands. */
  readonly signal: AbortSignal;
  /** All that this run set about to change, as its journal has it. */
  readonly attempts: Parameters<typeof ledgerOf>[0];
  /** Tells the face what is being waited for. */
  progress(line: string): void;
  onProgress(listener: (line: string) => void): () => void;
  /** Drops all that was read of what others can change. */
  forget(): void;
}

/** Keeps what was answered, to go on with another time. */
export interface Keeper<Request, Id extends string> {
  /** @param at the title of the step that comes next */
  keep(session: Session<Request, Id>, at: string): Promise<void>;
  /** Forgets it: the dialogue came to its end. */
  drop(session: Session<Request, Id>): Promise<void>;
}

/** A dialogue with what it knows by now. */
export interface Running<Request, Id extends string> extends Dialogue {
  readonly session: Session<Request, Id>;
}

/**
 * Starts a procedure, such as the setup: nothing is read and nothing is asked until `next`.
 *
 * @param begun what is asked for, and no answer yet
 */
export function createDialogue<
  Request extends AskedFor<Id>,
  Id extends string,
  Context extends Surroundings,
>(
  procedure: Procedure<Request, Id, Context>,
  begun: Session<Request, Id>,
  context: Context,
  keeper?: Keeper<Request, Id>,
): Running<Request, Id> {
  type OwnStep = Step<Request, Id, Context>;
  const { steps } = procedure;
  let session = begun;
  /** Steps whose given answer was tried already: after that a person decides. */
  const tried = new Set<Id>();
  let asked: { readonly step: OwnStep; readonly question: Question } | undefined;

  const record = (step: OwnStep, answer: Answer, origin: RecordedAnswer["origin"]) => {
    const recorded: RecordedAnswer = { ...answer, basis: step.basis(session), origin };
    session = { ...session, answers: { ...session.answers, [step.id]: recorded } };
  };

  /** The answer stays as the draft of the question; a basis that no step has makes it be asked again. */
  const takeBack = (id: Id) => {
    const answer = session.answers[id];
    if (answer === undefined) return false;
    session = {
      ...session,
      answers: { ...session.answers, [id]: { ...answer, basis: takenBack } },
    };
    return true;
  };

  const take = async (
    { step, question }: NonNullable<typeof asked>,
    reply: Reply,
  ): Promise<Problem | undefined> => {
    const taken = await step.take(session, reply, context);
    if (taken.kind === "again") return taken.problem;
    if (taken.kind === "revisit") {
      takeBack(taken.step);
      tried.delete(taken.step);
    }
    if (taken.kind === "answered") {
      const answer = { ...taken.answer, ...provenance(question, taken.answer) };
      if (taken.request !== undefined) session = { ...session, request: taken.request };
      record(step, answer, taken.applied ? "applied" : "asked");
    }
    return undefined;
  };

  const ledger = () =>
    ledgerOf(
      context.attempts,
      neededSteps(steps, session).flatMap((step) => {
        const answer = standing(step, session);
        return answer?.leftOut ? { what: `${step.title} (${answer.because})` } : [];
      }),
    );

  const next = async (): Promise<Moment> => {
    for (;;) {
      context.signal.throwIfAborted();
      const step = currentStep(steps, session);
      if (step === undefined) {
        await keeper?.drop(session);
        const end = { ledger: ledger(), how: { kind: "finished" } } as const;
        return { kind: "finished", summary: procedure.ending(session, context, end) };
      }
      context.progress(`looking: ${step.title.toLowerCase()}`);
      const opened = await step.open(session, context);
      if (opened.kind === "settled") {
        if (opened.request !== undefined) session = { ...session, request: opened.request };
        record(step, opened.answer, "settled");
        continue;
      }
      asked = { step, question: opened.question };
      const given = tried.has(step.id)
        ? undefined
        : givenReply(opened.question, session.request.given[step.id]);
      tried.add(step.id);
      const problem = given && (await take(asked, given));
      if (given !== undefined && problem === undefined) continue;
      await keeper?.keep(session, step.title);
      return {
        kind: "question",
        step: stateOf(step, session, step),
        question: withDraft(opened.question, session.answers[step.id]),
        ...givenBeforehand(session.request.given[step.id]),
        ...(problem === undefined ? {} : { problem }),
      };
    }
  };

  return {
    get session() {
      return session;
    },
    next,
    steps: () => {
      const current = currentStep(steps, session);
      return neededSteps(steps, session).map((step) => stateOf(step, session, current));
    },
    submit: async (reply) => {
      if (asked === undefined) throw new RangeError("nothing has been asked");
      return take(asked, reply);
    },
    back: () => {
      const step = neededSteps(steps, session).findLast(
        (candidate) => standing(candidate, session)?.origin === "asked",
      );
      return step !== undefined && takeBack(step.id);
    },
    lookAgain: context.forget,
    onProgress: context.onProgress,
    ledger,
    ending: (failure) =>
      procedure.ending(session, context, { ledger: ledger(), how: { kind: "left", failure } }),
  };
}

/** An answer that is the one offered comes from where the offer comes from. */
function provenance(question: Question, { value }: Answer): { readonly because?: string } {
  if (question.kind === "secret" || question.kind === "agreement") return {};
  const { preset } = question;
  return preset?.value === value ? { because: preset.because } : {};
}

const takenBack = "\u0000taken back";

/** A step of whatever dialogue, as far as its answers go. */
type AnyStep<Request, Id extends string> = Pick<
  Step<Request, Id, never>,
  "id" | "title" | "needed" | "basis"
>;

function neededSteps<Request, Id extends string, S extends AnyStep<Request, Id>>(
  steps: readonly S[],
  session: Session<Request, Id>,
): readonly S[] {
  return steps.filter((step) => step.needed(session));
}

/** The answer of a step, if it rests on what is true now. */
function standing<Request, Id extends string>(
  step: AnyStep<Request, Id>,
  session: Session<Request, Id>,
): RecordedAnswer | undefined {
  const answer = session.answers[step.id];
  return answer?.basis === step.basis(session) ? answer : undefined;
}

function currentStep<Request, Id extends string, S extends AnyStep<Request, Id>>(
  steps: readonly S[],
  session: Session<Request, Id>,
): S | undefined {
  return neededSteps(steps, session).find((step) => standing(step, session) === undefined);
}

function stateOf<Request, Id extends string>(
  step: AnyStep<Request, Id>,
  session: Session<Request, Id>,
  current: AnyStep<Request, Id> | undefined,
): StepState {
  const { id, title } = step;
  const answer = standing(step, session);
  if (answer === undefined) return { id, title, state: step === current ? "current" : "later" };
  const { shown, because, leftOut, isBad } = answer;
  return { id, title, state: leftOut ? "leftOut" : isBad ? "bad" : "done", shown, because };
}

/** The reply that was given when the dialogue was started, if it is one for this kind of question. */
function givenReply(question: Question, value: string | undefined): Reply | undefined {
  if (question.kind === "secret") {
    const { handedOver } = question;
    return handedOver && { kind: "secret", value: handedOver };
  }
  if (question.kind === "agreement") return undefined;
  return value === undefined ? undefined : { kind: "text", value };
}

function givenBeforehand(given: string | undefined): { readonly given?: string } {
  return given === undefined ? {} : { given };
}

/** Offers the answer that was taken back, so that Enter keeps it. */
function withDraft(question: Question, draft: RecordedAnswer | undefined): Question {
  if (draft === undefined || question.kind === "secret" || question.kind === "agreement")
    return question;
  return { ...question, preset: { value: draft.value, because: draft.because, certain: false } };
}
