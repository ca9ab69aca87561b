import type { Dialogue, Progress, StepState } from "../../src/dialogue/dialogue.ts";
import type { Question, Reply } from "../../src/dialogue/question.ts";
import type { ReplyProblem } from "../../src/dialogue/step.ts";
import type { Failure } from "../../src/failure.ts";

/** One step of a scripted setup. */
export interface ScriptedStep {
  readonly id: StepState["id"];
  readonly title: string;
  readonly question: Question;
  /** Why a reply is refused; nothing when it is taken. */
  refuse?(reply: Reply): string | undefined;
  /** Fails in the way of an API that is gone for a while; nothing when it answers. */
  fail?(when: "open" | "submit"): Failure | undefined;
}

export interface FakeSetup extends Dialogue {
  /** The replies that were taken, by step. */
  readonly taken: ReadonlyMap<StepState["id"], Reply>;
  /** How often it was told to look again. */
  readonly looks: () => number;
}

/** A setup that asks scripted questions and remembers the replies. */
export function fakeSetup(script: readonly ScriptedStep[], hold?: Promise<void>): FakeSetup {
  const taken = new Map<StepState["id"], Reply>();
  let looks = 0;
  const listeners = new Set<(progress: Progress) => void>();
  const current = () => script.find(({ id }) => !taken.has(id));
  const stateOf = ({ id, title }: ScriptedStep): StepState => {
    const reply = taken.get(id);
    if (reply === undefined)
      return { id, title, state: id === current()?.id ? "current" : "later" };
    return {
      id,
      title,
      state: "done",
      shown: shownOf(reply),
      because: "you chose",
      told: "answer",
    };
  };
  return {
    taken,
    looks: () => looks,
    lookAgain: () => {
      looks += 1;
    },
    steps: () => script.map(stateOf),
    next: async () => {
      for (const listener of listeners)
        listener({ kind: "look", line: "reading the app configuration" });
      await hold;
      const step = current();
      if (step === undefined) return { kind: "finished", summary: ["done: everything"] };
      const failure = step.fail?.("open");
      if (failure !== undefined) throw failure;
      return { kind: "question", step: stateOf(step), question: step.question };
    },
    submit: async (reply): Promise<ReplyProblem | undefined> => {
      const step = current();
      const failure = step?.fail?.("submit");
      if (failure !== undefined) throw failure;
      const sentence = step?.refuse?.(reply);
      if (sentence !== undefined) return { sentence, reason: "usage" };
      if (step !== undefined) taken.set(step.id, reply);
      return undefined;
    },
    plan: () => undefined,
    decide: () => false,
    back: () => {
      const last = [...taken.keys()].at(-1);
      return last !== undefined && taken.delete(last);
    },
    onProgress: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ledger: () => ({ done: [], failed: [], unknown: [], leftOut: [] }),
    ending: () => [],
  };
}

function shownOf(reply: Reply): string {
  if (reply.kind === "agreement") return reply.agreed ? "done" : "left out";
  return reply.kind === "secret" ? "received" : reply.value;
}
