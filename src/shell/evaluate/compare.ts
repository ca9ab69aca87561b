import type { Word } from "unbash";
import type { GuardTarget } from "../guard.ts";
import { fits, fitsAnything, patternOf } from "./pattern.ts";
import type { Truth } from "./truth.ts";
import { isSame, type Value } from "./value.ts";
import { hidesEnvironment, type WordContext, wordValue } from "./word.ts";
import { mayBeMachineName, otherBranch, type World } from "./world.ts";

/** What the reader of one script in one environment needs to judge a test, and wants to be told. */
export interface Judge extends WordContext {
  readonly world: World;
  readonly shell: "dash" | "bash";
  /** A branch is named that deserves an environment of its own. */
  branchNamed(branch: string): void;
  /** The environment's branch or type was found equal to what a word says. */
  matched(kind: GuardTarget["kind"], word: Word): void;
  /** A test compares the environment's branch or type with something. */
  asked(): void;
  /** Whether a test of the environment has decided what the script set a variable to. */
  isDecided(variable: string): boolean;
  /** A test can't say what its author meant. */
  flawed(flaw: Flaw): void;
}

/** A part of a script by its offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** The script it stands in when that isn't the one with the command: its path, empty for the one that was read first. */
  readonly in?: string;
}

/** A stretch with what stands there, or is to stand there. */
export interface Excerpt extends Stretch {
  readonly text: string;
}

/** Why a test never or always holds. */
export interface Flaw extends Stretch {
  /** A clause that goes on after the test's text: "is never true, because …". */
  readonly says: string;
  /** Whether the test was to tell environments apart. */
  readonly isGuard: boolean;
  /** What has to be written where, for the test to say what was meant. */
  readonly repair?: Repair;
}

/** What has to be written where; `isSure` when nothing else can have been meant. */
export interface Repair extends Excerpt {
  readonly isSure: boolean;
}

/** Whether a word stands for something that tells environments apart, or was to. */
export function isAboutEnvironment(word: Word, judge: WordContext): boolean {
  const value = wordValue(word, judge);
  return value.kind === "unknown"
    ? value.machineName === true
    : value.from !== undefined || value.mistaken !== undefined;
}

/** Whether two words are the same text. */
export function equal(left: Word, right: Word, judge: Judge): Truth {
  const a = wordValue(left, judge);
  const b = wordValue(right, judge);
  if (isNoMachineName(a, b) || isNoMachineName(b, a)) return "false";
  if (a.kind === "unknown" || b.kind === "unknown")
    return isSame(a) && isSame(b) ? "same" : "unproven";
  if (a.from !== undefined && b.from !== undefined)
    return a.text === b.text && a.from === b.from ? "true" : "unproven";
  if (b.from !== undefined) return equalToFact(b.text, b.from, a.text, left, judge);
  if (a.from !== undefined) return equalToFact(a.text, a.from, b.text, right, judge);
  if (hidesEnvironment(left) || hidesEnvironment(right)) judge.asked();
  return a.text === b.text ? "true" : "false";
}

/** Whether one of two is the environment's machine name, and the other is a text that is none. */
function isNoMachineName(name: Value, other: Value): boolean {
  return (
    name.kind === "unknown" &&
    name.machineName === true &&
    other.kind === "text" &&
    !mayBeMachineName(other.text)
  );
}

function equalToFact(
  fact: string,
  kind: GuardTarget["kind"],
  literal: string,
  word: Word,
  judge: Judge,
): Truth {
  if (literal !== "") judge.asked();
  const [before, after] = fact.split(otherBranch);
  if (before !== undefined && after !== undefined) {
    const named = literal.slice(before.length, literal.length - after.length);
    if (named !== "" && before + named + after === literal) judge.branchNamed(named);
    return "false";
  }
  if (fact !== literal) return "false";
  judge.matched(kind, word);
  return "true";
}

/** Whether a word matches a shell pattern, as in `case` and on the right of `==` in bash. */
export function matches(subject: Word, pattern: Word, judge: Judge): Truth {
  const wanted = wordValue(pattern, judge);
  if (wanted.kind === "unknown") return "unproven";
  if (!wanted.glob) return equal(subject, pattern, judge);
  const pieces = patternOf(pattern);
  if (pieces !== undefined && fitsAnything(pieces)) return "true";
  const value = wordValue(subject, judge);
  if (value.kind === "unknown") return value.same ? "same" : "unproven";
  if (value.from !== undefined) judge.asked();
  if (value.text.includes(otherBranch) || pieces === undefined) return "unproven";
  if (!fits(pieces, value.text)) return "false";
  if (value.from !== undefined) judge.matched(value.from, pattern);
  return "true";
}
