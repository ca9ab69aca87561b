import type { Case, CompoundList, For, If, While, Word } from "unbash";
import { anotherBranch, type Play } from "./decisions.ts";
import { Loop } from "./ending.ts";
import { fields, patternIn, unsplitText } from "./expansion.ts";
import type { Context, Machine } from "./machine.ts";
import { fitsText } from "./pattern.ts";
import { isKnown, isSeveral, readable, unknownText } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** Plays an `if` with its `elif` and `else`. */
export function playIf(
  { clause, then, elif, else: otherwise }: If,
  context: Context,
  machine: Machine,
): number {
  for (const part of [{ clause, then }, ...elif]) {
    const test = machine.list(part.clause.commands, { ...context, tested: true });
    machine.play.decides();
    if (test === 0) return machine.list(part.then.commands, context);
  }
  return otherwise === undefined ? 0 : machine.list(otherwise.commands, context);
}

/** Plays a `while` or an `until`, as long as it goes round. */
export function playWhile(
  { kind, clause, body }: While,
  context: Context,
  machine: Machine,
): number {
  const loops = context.loops + 1;
  let status = 0;
  let { latest } = machine.play;
  const round = (): boolean => {
    const test = machine.list(clause.commands, { ...context, loops, tested: true });
    machine.play.decides();
    if ((test === 0) !== (kind === "while")) return false;
    status = machine.list(body.commands, { ...context, loops });
    latest = machine.play.latest;
    return true;
  };
  while (goesRound(round, machine));
  machine.play.latest = latest;
  return status;
}

/** Plays a `for` over its words, or over the parameters where it names none. */
export function playFor({ name, wordlist, body }: For, context: Context, machine: Machine): number {
  const { shell, loops } = context;
  const words = wordlist?.flatMap((word) => fields(word, machine.expander(context)));
  let status = 0;
  let { latest } = machine.play;
  for (const item of (words ?? shell.parameters).flatMap((word) => itemsOf(word, machine.play))) {
    const goesOn = goesRound(() => {
      shell.set(name.value, item);
      status = machine.list(body.commands, { ...context, loops: loops + 1 });
      latest = machine.play.latest;
      return true;
    }, machine);
    if (!goesOn) break;
  }
  machine.play.latest = latest;
  return status;
}

/** What a word of unknown length becomes: one, none or two. */
function itemsOf(word: string, play: Play): readonly string[] {
  if (!isSeveral(word)) return [word];
  const count = [1, 0, 2][play.answer(`how many are ${readable(word)}`, 3)] ?? 1;
  return Array.from({ length: count }, (_, index) => unknownText(`${index + 1} of ${word}`));
}

/** One round of a loop; whether the loop goes on. */
function goesRound(round: () => boolean, machine: Machine): boolean {
  machine.step();
  try {
    return round();
  } catch (end) {
    if (!(end instanceof Loop)) throw end;
    if (end.levels > 1) throw new Loop(end.kind, end.levels - 1);
    return end.kind === "continue";
  }
}

/** Plays a `case`. Throws `Unplayable` where it goes on from arm to arm, or branches can't be told apart by its patterns. */
export function playCase(node: Case, context: Context, machine: Machine): number {
  const { word, items } = node;
  const from = machine.expander(context);
  const subject = unsplitText(word, from);
  const arms = armsByText(node);
  if (arms !== undefined && isKnown(subject)) {
    const body = arms.get(subject);
    return body === undefined ? 0 : machine.list(body.commands, context);
  }
  for (const { pattern, body, terminator } of items) {
    if (terminator !== undefined && terminator !== ";;")
      throw new Unplayable(`dash doesn't know ${terminator}`);
    const isFound = pattern.some((each) => {
      const wanted = patternIn(each, from);
      if (subject.includes(anotherBranch) && !isWritten(each))
        throw new Unplayable(`it can't be seen which branches ${each.text} stands for`);
      const found = fitsText(subject, wanted);
      return found ?? machine.play.holds(`${readable(subject)} fits ${each.text}`);
    });
    if (isFound) return machine.list(body.commands, context);
  }
  return 0;
}

const known = new WeakMap<Case, ReadonlyMap<string, CompoundList> | undefined>();

/** The arms of a `case` by the texts that they stand for; undefined where one of them is anything but a text. */
function armsByText(node: Case): ReadonlyMap<string, CompoundList> | undefined {
  if (!known.has(node)) known.set(node, armsOf(node));
  return known.get(node);
}

function armsOf({ items }: Case): ReadonlyMap<string, CompoundList> | undefined {
  const arms = new Map<string, CompoundList>();
  for (const { pattern, body, terminator } of items) {
    if (terminator !== undefined && terminator !== ";;") return undefined;
    for (const { parts, value } of pattern) {
      const isText = parts?.every(({ type }) => /^(?:Literal|SingleQuoted)$/u.test(type)) ?? true;
      if (!isText || /[*?[\\]/u.test(value)) return undefined;
      if (!arms.has(value)) arms.set(value, body);
    }
  }
  return arms;
}

/** Whether a pattern is all in the script. */
function isWritten({ parts }: Word): boolean {
  return parts?.every(({ type }) => /^(?:Literal|Glob|SingleQuoted)$/u.test(type)) ?? true;
}
