import { ledgerOf } from "../change/ledger.ts";
import type { SetupContext } from "./context.ts";
import type { Plan } from "./plan.ts";
import type { Question, Reply } from "./question.ts";
import type { Answer, RecordedAnswer, Session, SetupRequest, StepId } from "./session.ts";
import type { Moment, Setup, StepState } from "./setup.ts";
import type { Problem, Step } from "./step.ts";

/** Starts a plan, such as the setup: nothing is read and nothing is asked until `next`. */
export function createSetup(plan: Plan, request: SetupRequest, context: SetupContext): Setup {
  const { steps } = plan;
  let session: Session = { request, answers: {} };
  /** Steps whose given answer was tried already: after that a person decides. */
  const tried = new Set<StepId>();
  let asked: Asked | undefined;

  const record = (step: Step, answer: Answer, origin: RecordedAnswer["origin"]) => {
    const recorded: RecordedAnswer = { ...answer, basis: step.basis(session), origin };
    session = { ...session, answers: { ...session.answers, [step.id]: recorded } };
  };

  /** The answer stays as the draft of the question; a basis that no step has makes it be asked again. */
  const takeBack = (id: StepId) => {
    const answer = session.answers[id];
    if (answer === undefined) return false;
    session = {
      ...session,
      answers: { ...session.answers, [id]: { ...answer, basis: takenBack } },
    };
    return true;
  };

  const take = async ({ step, question }: Asked, reply: Reply): Promise<Problem | undefined> => {
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
        await context.keeper?.drop(session);
        const end = { ledger: ledger(), how: { kind: "finished" } } as const;
        return { kind: "finished", summary: plan.ending(session, context, end) };
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
        : givenReply(step.id, opened.question, session.request);
      tried.add(step.id);
      const problem = given && (await take(asked, given));
      if (given !== undefined && problem === undefined) continue;
      await context.keeper?.keep(session, step.title);
      return {
        kind: "question",
        step: stateOf(step, session, step),
        question: withDraft(opened.question, session.answers[step.id]),
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
      plan.ending(session, context, { ledger: ledger(), how: { kind: "left", failure } }),
  };
}

/** The question that was asked last, and the step that asked it. */
interface Asked {
  readonly step: Step;
  readonly question: Question;
}

/** An answer that is the one offered comes from where the offer comes from. */
function provenance(question: Question, { value }: Answer): { readonly because?: string } {
  if (question.kind === "secret" || question.kind === "agreement") return {};
  const { preset } = question;
  return preset?.value === value ? { because: preset.because } : {};
}

const takenBack = "\u0000taken back";

function neededSteps(steps: readonly Step[], session: Session): readonly Step[] {
  return steps.filter((step) => step.needed(session));
}

/** The answer of a step, if it rests on what is true now. */
function standing(step: Step, session: Session): RecordedAnswer | undefined {
  const answer = session.answers[step.id];
  return answer?.basis === step.basis(session) ? answer : undefined;
}

function currentStep(steps: readonly Step[], session: Session): Step | undefined {
  return neededSteps(steps, session).find((step) => standing(step, session) === undefined);
}

function stateOf(step: Step, session: Session, current: Step | undefined): StepState {
  const { id, title } = step;
  const answer = standing(step, session);
  if (answer === undefined) return { id, title, state: step === current ? "current" : "later" };
  const { shown, because, leftOut } = answer;
  return { id, title, state: leftOut ? "leftOut" : "done", shown, because };
}

/** The reply that was given when the setup was started, if it is one for this kind of question. */
function givenReply(id: StepId, question: Question, request: SetupRequest): Reply | undefined {
  if (question.kind === "secret") {
    const value = id === "token" ? request.machineToken : undefined;
    return value && { kind: "secret", value };
  }
  if (question.kind === "agreement") return undefined;
  const value = request.given[id];
  return value === undefined ? undefined : { kind: "text", value };
}

/** Offers the answer that was taken back, so that Enter keeps it. */
function withDraft(question: Question, draft: RecordedAnswer | undefined): Question {
  if (draft === undefined || question.kind === "secret" || question.kind === "agreement")
    return question;
  return { ...question, preset: { value: draft.value, because: draft.because, certain: false } };
}
