import { ledgerOf } from "../change/ledger.ts";
import type { Dialogue, Moment, Progress } from "./dialogue.ts";
import type { Effect } from "./effect.ts";
import { endPageLines } from "./end-page.ts";
import { givenReply, provenance, saidIn, withDraft } from "./engine/answers.ts";
import { itemsOf, marksOf, replyOf, settledItems } from "./engine/items.ts";
import { PlanInMaking } from "./engine/plan-in-making.ts";
import { currentStep, neededSteps, standing, stepState, takenBack } from "./engine/standing.ts";
import type { PlanItem, Setting } from "./plan.ts";
import type { DialogueProcedure } from "./procedure.ts";
import type { Question, Reply } from "./question.ts";
import type { Answer, AskedFor, DialogueSession, RecordedAnswer } from "./session.ts";
import type { DialogueStep, ReplyProblem } from "./step.ts";

/** What the engine needs of that with which the steps work. */
export interface StepContext {
  /** Ends the dialogue where it stands. */
  readonly signal: AbortSignal;
  /** All that this run set about to change, as its journal has it. */
  readonly attempts: Parameters<typeof ledgerOf>[0];
  /** Tells the face what is being waited for: work, unless it is said to be a look. */
  progress(line: string, kind?: Progress["kind"]): void;
  onProgress(listener: (progress: Progress) => void): () => void;
  /** Drops all that was read of what others can change. */
  forget(): void;
  /** From here on changes have this effect; what was only noted before is forgotten. */
  begin(effect: Effect): void;
}

/** Keeps what was answered, to go on with another time. */
export interface Keeper<Request, Id extends string> {
  /** @param at the title of the step that comes next */
  keep(session: DialogueSession<Request, Id>, at: string): Promise<void>;
  /** Forgets it: the dialogue came to its end. */
  drop(session: DialogueSession<Request, Id>): Promise<void>;
}

/** A dialogue with what it knows by now. */
export interface Running<Request, Id extends string> extends Dialogue {
  readonly session: DialogueSession<Request, Id>;
  /**
   * What the steps came to so far, as items of a plan with their settings. Where nobody is asked about a plan, a change is
   * marked if it was agreed to, and in a dry run if it would be.
   */
  items(): readonly PlanItem[];
}

/** How a dialogue is held. */
export interface DialogueOptions<Request, Id extends string> {
  readonly keeper?: Keeper<Request, Id>;
  /** Whether facts answer what they can, and the changes are put on one plan; every question is asked without this. */
  readonly plans?: boolean;
}

/**
 * Starts a procedure, such as the setup: nothing is read and nothing is asked until `next`.
 *
 * Where it plans, the steps are gone through twice: first with changes that are only noted, which gives the plan; then,
 * once that was agreed to, with changes that are made, each as long as it is the one of the plan.
 *
 * @param begun what is asked for, and no answer yet
 */
export function createDialogue<
  Request extends AskedFor<Id>,
  Id extends string,
  Context extends StepContext,
>(
  procedure: DialogueProcedure<Request, Id, Context>,
  begun: DialogueSession<Request, Id>,
  context: Context,
  { keeper, plans = false }: DialogueOptions<Request, Id> = {},
): Running<Request, Id> {
  type OwnStep = DialogueStep<Request, Id, Context>;
  const { steps } = procedure;
  const { effect } = begun.request;
  let session = begun;
  /** Steps whose given answer was tried already: after that a person decides. */
  const tried = new Set<Id>();
  let asked: { readonly step: OwnStep; readonly question: Question } | undefined;

  const isPlanned = plans && procedure.planned;
  let phase: "asking" | "to plan" | "planning" | "carrying out" = isPlanned ? "to plan" : "asking";
  const plan = new PlanInMaking({
    effect,
    ledger: () => ledgerOf(context.attempts),
    settingsOf: (id) => steps.filter((step) => step.id === id).flatMap(settingsOf),
  });
  /** The setting that is being changed, with its answer before. */
  let changing: { readonly id: Id; readonly before: RecordedAnswer | undefined } | undefined;

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
      answers: { ...session.answers, [id]: { ...answer, origin: "asked", basis: takenBack } },
    };
    return true;
  };

  /** Goes through the steps anew, with what a person said and what holds however often that is done. */
  const goThrough = (with_: Effect) => {
    context.begin(with_);
    const kept = steps.filter(
      ({ id, once }) => once === true || session.answers[id]?.origin === "asked",
    );
    const answers = { ...begun.answers };
    for (const { id } of kept) Object.assign(answers, { [id]: session.answers[id] });
    session = { request: { ...session.request, effect: with_ }, answers };
  };

  const take = async (
    { step, question }: NonNullable<typeof asked>,
    reply: Reply,
    origin: RecordedAnswer["origin"],
    given = false,
  ): Promise<ReplyProblem | undefined> => {
    const taken = await step.take(session, reply, context);
    if (taken.kind === "again") return taken.problem;
    if (taken.kind === "revisit") {
      takeBack(taken.step);
      tried.delete(taken.step);
    }
    if (taken.kind === "answered") {
      const answer = {
        ...taken.answer,
        ...provenance(question, taken.answer, given && saidIn(session.request, step.id)),
        // Nobody has agreed to what is only shown.
        ...(taken.applied && effect === "show" ? { because: "this is a dry run" } : {}),
      };
      if (taken.request !== undefined) session = { ...session, request: taken.request };
      if (phase === "asking" && step.plan !== undefined) {
        const said = effect === "apply" ? marksOf(step.id, question, reply) : plan.marks;
        plan.list(step.id, itemsOf(step.id, question, said, session.request.given[step.id]));
      }
      record(step, answer, taken.applied ? "applied" : origin);
    }
    return undefined;
  };

  const ledger = () =>
    ledgerOf(
      context.attempts,
      // What is out of a plan that nobody has agreed to isn't left out yet.
      phase === "asking" || phase === "carrying out"
        ? neededSteps(steps, session).flatMap((step) => {
            const answer = standing(step, session);
            return answer?.leftOut ? { what: `${step.title} (${answer.because})` } : [];
          })
        : [],
    );

  const settingsOf = (step: OwnStep): readonly Setting[] =>
    (step.plan?.settings ?? []).flatMap((id) => {
      const other = steps.find((each) => each.id === id && each.needed(session));
      const answer = other && standing(other, session);
      if (other === undefined || answer === undefined || answer.origin === "settled") return [];
      return { step: id, title: other.title, shown: answer.shown, because: answer.because };
    });

  /** What a question is answered with unasked: by the plan, or with what it offers. */
  const unasked = (
    step: OwnStep,
    question: Question,
  ): { readonly reply: Reply; readonly origin: RecordedAnswer["origin"] } | "ask" | "plan anew" => {
    if (!plans) return "ask";
    const given = session.request.given[step.id];
    const own =
      isPlanned && step.plan !== undefined ? itemsOf(step.id, question, plan.marks, given) : [];
    if (own.length > 0) {
      if (phase === "planning") plan.list(step.id, own);
      else if (!plan.holds(own)) return "plan anew";
      return { reply: replyOf(question, own), origin: "settled" };
    }
    const isBack = session.answers[step.id]?.basis === takenBack;
    if (isBack || question.kind === "secret" || question.kind === "agreement") return "ask";
    const { preset, alwaysAsked } = question;
    if (preset === undefined || alwaysAsked || !(preset.certain || step.guesses)) return "ask";
    const reply = { kind: "text", value: preset.value } as const;
    return { reply, origin: preset.certain ? "offered" : "guessed" };
  };

  const progressOf = (...noted: Parameters<PlanInMaking["progress"]>) => {
    if (phase === "carrying out") plan.progress(...noted);
  };

  /** The plan is complete: it is shown, or carried out when it was agreed to just like this. */
  const onceMade = async (): Promise<Moment | undefined> => {
    const toShow = plan.complete();
    if (toShow === undefined) {
      phase = "carrying out";
      goThrough(effect);
      return undefined;
    }
    await keeper?.keep(session, "The plan");
    return { kind: "plan", plan: toShow };
  };

  const finish = async (): Promise<Moment> => {
    await keeper?.drop(session);
    const became = ledger();
    const { shown } = plan;
    if (shown !== undefined && effect === "apply" && procedure.closing !== undefined) {
      const leftOut = shown.items.filter(
        (item) => item.kind === "by hand" || (item.kind === "change" && !item.marked),
      );
      const notKnown = shown.items.filter(({ kind }) => kind === "not known");
      const page = {
        ledger: became,
        leftOut,
        notKnown,
        ...procedure.closing(session, context, became),
      };
      return { kind: "finished", summary: endPageLines(page) };
    }
    const end = { ledger: became, how: { kind: "finished" } } as const;
    return { kind: "finished", summary: procedure.ending(session, context, end) };
  };

  const next = async (): Promise<Moment> => {
    for (;;) {
      context.signal.throwIfAborted();
      if (phase === "to plan") {
        plan.startAnew();
        goThrough("plan");
        phase = "planning";
      }
      const step = currentStep(steps, session);
      if (step === undefined) {
        if (phase !== "planning") return finish();
        const moment = await onceMade();
        if (moment !== undefined) return moment;
        continue;
      }
      context.progress(`looking: ${step.title.toLowerCase()}`, "look");
      const opened = await step.open(session, context);
      if (opened.kind === "settled") {
        if (opened.request !== undefined) session = { ...session, request: opened.request };
        record(step, opened.answer, "settled");
        if (phase !== "carrying out") plan.list(step.id, settledItems(step, opened));
        progressOf(step.id, "done", opened.answer.shown);
        continue;
      }
      asked = { step, question: opened.question };
      const own = unasked(step, opened.question);
      if (own === "plan anew") {
        plan.say(`${step.title}: this has changed. Look at it again.`);
        phase = "to plan";
        continue;
      }
      const given = tried.has(step.id)
        ? undefined
        : givenReply(opened.question, session.request.given[step.id]);
      const isItem = own !== "ask" && own.origin === "settled";
      if (given !== undefined && !isItem) {
        tried.add(step.id);
        const problem = await take(asked, given, "asked", true);
        if (problem === undefined) continue;
        return put(step, opened.question, problem);
      }
      if (own !== "ask") {
        progressOf(step.id, "running");
        const problem = await take(asked, own.reply, own.origin);
        if (problem !== undefined) return put(step, opened.question, problem);
        progressOf(step.id, "done", session.answers[step.id]?.shown);
        continue;
      }
      progressOf(step.id, "running");
      return put(step, opened.question);
    }
  };

  const put = async (
    step: OwnStep,
    question: Question,
    problem?: ReplyProblem,
  ): Promise<Moment> => {
    await keeper?.keep(session, step.title);
    const given = session.request.given[step.id];
    return {
      kind: "question",
      step: stepState(step, session, step),
      question: withDraft(question, session.answers[step.id], plans),
      ...(given === undefined ? {} : { given }),
      ...(problem === undefined ? {} : { problem }),
    };
  };

  /** What a question was asked for is left, and the plan is shown again. */
  const leaveQuestion = (): boolean => {
    if (changing === undefined) return false;
    const { id, before } = changing;
    changing = undefined;
    const { [id]: _taken, ...others } = session.answers;
    const restored = before?.origin === "asked" ? { ...others, [id]: before } : others;
    session = { ...session, answers: { ...begun.answers, ...restored } };
    phase = "to plan";
    return true;
  };

  const toldAs = (step: OwnStep): "answer" | "change" | undefined => {
    const { origin, stands } = standing(step, session) ?? {};
    if (!isPlanned || origin === "asked") return "answer";
    if (phase !== "carrying out") return undefined;
    if (step.plan !== undefined && origin === "settled" && stands === undefined) return undefined;
    return step.plan !== undefined ? "change" : step.tells && "answer";
  };

  const changeSetting = (step: string) => {
    const id = steps.find((each) => each.id === step)?.id;
    if (id === undefined) throw new RangeError(`there is no step ${step}`);
    changing = { id, before: session.answers[id] };
    takeBack(id);
    tried.add(id);
  };

  const back = (): boolean => {
    if (leaveQuestion()) return true;
    plan.agree(false);
    if (phase === "carrying out" && isPlanned) {
      phase = "to plan";
      return true;
    }
    const step = neededSteps(steps, session).findLast(
      (candidate) => standing(candidate, session)?.origin === "asked",
    );
    if (isPlanned && step !== undefined) phase = "to plan";
    return step !== undefined && takeBack(step.id);
  };

  return {
    get session() {
      return session;
    },
    next,
    steps: () => {
      const current = currentStep(steps, session);
      return neededSteps(steps, session).map((step) => {
        const told = toldAs(step);
        return { ...stepState(step, session, current), ...(told === undefined ? {} : { told }) };
      });
    },
    plan: () => plan.shown,
    items: () => plan.items,
    decide: (decision) => {
      if (decision.kind === "back") return back();
      if (decision.kind === "mark") plan.mark(decision.item, decision.marked);
      if (decision.kind === "change") changeSetting(decision.step);
      plan.agree(decision.kind === "agree");
      if (decision.kind === "agree" || decision.kind === "look again") context.forget();
      phase = "to plan";
      return true;
    },
    submit: async (reply) => {
      if (asked === undefined) throw new RangeError("nothing has been asked");
      const { step } = asked;
      const problem = await take(asked, reply, "asked");
      if (problem === undefined) {
        changing = undefined;
        progressOf(step.id, "done", session.answers[step.id]?.shown);
      }
      return problem;
    },
    back,
    lookAgain: context.forget,
    onProgress: context.onProgress,
    ledger,
    ending: (failure) =>
      procedure.ending(session, context, { ledger: ledger(), how: { kind: "left", failure } }),
  };
}
