import { environmentTypes } from "../evaluate/world.ts";
import { type GuardTarget, guardVariables } from "../guard.ts";
import { Unplayable } from "./unplayable.ts";

/** How the world outside of a script is: what it answers to tests, and which commands fail. */
interface Situation {
  /** By what is asked, which of the answers is given; the first one to what isn't in it. */
  readonly answers: ReadonlyMap<string, number>;
  readonly failing: ReadonlySet<string> | "all";
  /** Commands that were made to fail by themselves already. */
  readonly tried: ReadonlySet<string>;
}

/** Where a script runs: nothing says at build which environment it is for. */
export type RunStage = "build" | "runtime";

/** After so many times a command ends the other way, and a test the other way round: a loop that waits for it ends. */
const patience = 8;

/** What happens around a script while it is played once. */
export class Play {
  /** What was asked, and how many answers there are, in order. */
  readonly asked = new Map<string, number>();
  /** The commands that were run. */
  readonly commands = new Set<string>();
  /** Those of them on whose outcome something depended. */
  readonly decisive = new Set<string>();
  /** The command whose outcome is the latest status; undefined where that is no command's. */
  latest: string | undefined;
  readonly #situation: Situation;
  readonly #branches: readonly string[];
  readonly #stage: RunStage;
  readonly #times = new Map<string, number>();

  constructor(situation: Situation, branches: readonly string[], stage: RunStage) {
    this.#situation = situation;
    this.#branches = branches;
    this.#stage = stage;
  }

  /** One of several answers, by its number. */
  answer(question: string, answers: number): number {
    this.asked.set(question, answers);
    return this.#situation.answers.get(question) ?? 0;
  }

  /** Whether something holds that only the world outside of the script decides. */
  holds(question: string): boolean {
    const first = this.answer(question, 2) === 0;
    return this.count(question) > patience ? !first : first;
  }

  /** Whether it was asked for and doesn't hold. */
  isDenied(question: string): boolean {
    return this.asked.has(question) && this.#situation.answers.get(question) === 1;
  }

  /** Whether a command succeeds. */
  succeeds(command: string): boolean {
    this.commands.add(command);
    this.latest = command;
    const { failing } = this.#situation;
    const fails = failing === "all" || failing.has(command);
    return this.count(command) > patience ? fails : !fails;
  }

  /** Notes that something depends on the latest status. */
  decides(): void {
    if (this.latest !== undefined) this.decisive.add(this.latest);
  }

  /** The branch or the type of the environment that the script runs in; undefined where none is set. */
  environment(kind: GuardTarget["kind"]): string | undefined {
    if (this.#stage === "build") return undefined;
    const values = kind === "branch" ? this.#branches : environmentTypes;
    return values[this.answer(guardVariables[kind], values.length)];
  }

  /** Whether another text is the name of a branch that there are plays for, so that any branch can be told from it. */
  tellsApart(text: string, other: string): boolean {
    return other === "" || (text === anotherBranch && this.#branches.includes(other));
  }

  /** How many times it was called with this key, this time too. */
  count(key: string): number {
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    return times;
  }
}

/** More plays than this aren't tried. */
const mostPlays = 1000;

/** Stands for the branches that no script names. */
export const anotherBranch = "another-branch";

/**
 * Tries every situation that the scripts can tell apart: each answer to each test, in each of these all commands
 * succeeding, every command failing by itself on whose outcome something depends, those failing as well that run only
 * because of it; and all failing.
 * Gives the first result there is, and undefined when no situation has one. Throws `Unplayable` past its limit.
 *
 * @param named the branches that the scripts name
 * @param attempt plays once or more with plays from `next`, all of the same situation
 */
export function inEverySituation<T>(
  named: readonly string[],
  stage: RunStage,
  attempt: (next: () => Play) => T | undefined,
): T | undefined {
  const branches = [...new Set([...named, anotherBranch])];
  const none: ReadonlySet<string> = new Set();
  const answers: ReadonlyMap<string, number> = new Map();
  const pending: Situation[] = [
    { answers, failing: "all", tried: none },
    { answers, failing: none, tried: none },
  ];
  let played = 0;
  for (let situation = pending.pop(); situation !== undefined; situation = pending.pop()) {
    played += 1;
    if (played > mostPlays) throw new Unplayable("it can go more ways than are tried here");
    const plays: Play[] = [];
    const current = situation;
    const found = attempt(() => {
      const play = new Play(current, branches, stage);
      plays.push(play);
      return play;
    });
    if (found !== undefined) return found;
    pending.push(...following(situation, plays));
  }
  return undefined;
}

/** The situations to try after one: other answers to what was asked in it, and failures of what ran in it. */
function following(situation: Situation, plays: readonly Play[]): Situation[] {
  const next: Situation[] = [];
  let { answers } = situation;
  for (const [question, count] of plays.flatMap(({ asked }) => [...asked])) {
    if (answers.has(question)) continue;
    for (let answer = 1; answer < count; answer++)
      next.push({ ...situation, answers: new Map(answers).set(question, answer) });
    answers = new Map(answers).set(question, 0);
  }
  const { failing, tried } = situation;
  if (failing === "all") return next;
  const ran = new Set(plays.flatMap(({ decisive }) => [...decisive]));
  for (const command of ran)
    if (!tried.has(command))
      next.push({
        answers,
        failing: new Set([...failing, command]),
        tried: new Set([...tried, ...ran]),
      });
  return next;
}
