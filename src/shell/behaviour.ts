import type { Word } from "unbash";
import { ScriptRepository } from "./evaluate/repository.ts";
import { parseScript } from "./parse/parse.ts";
import { eachNode } from "./parse/tree.ts";
import { inEverySituation } from "./play/decisions.ts";
import type { ScriptToPlay } from "./play/machine.ts";
import type { Model } from "./play/model.ts";
import { trace } from "./play/player.ts";
import { changedOutcome, type FixPromise, isCall, modelOf } from "./play/promised.ts";
import { difference, type Event, eventName, fileUsedAfter, type Trace } from "./play/trace.ts";
import { readable } from "./play/unknown-text.ts";
import { Unplayable } from "./play/unplayable.ts";

export type { ScriptToPlay } from "./play/machine.ts";
export type { FixPromise } from "./play/promised.ts";

/** Whether a fix keeps what it promises, or why that isn't known: a clause that goes on after "because". */
export type Proof =
  | { readonly kind: "proven" }
  | { readonly kind: "unproven"; readonly because: string };

/**
 * Plays a script as it was, taken for what the fix promises, and as it is after the fix, in every situation that it can
 * tell apart: the fix keeps its promise if it never makes another difference to the programs that are started, their
 * words, folders, variables, inputs and outputs, and to the status at the end. Never throws.
 *
 * @param before the script that runs, with those that it calls
 * @param after the same with the fix, which may be in one that it calls
 */
export function proofOf(before: ScriptToPlay, after: ScriptToPlay, promised: FixPromise): Proof {
  try {
    const because =
      (isLong(before) ? "the script is longer than is tried here" : undefined) ??
      broken(before, after, promised) ??
      needed(before, promised);
    return because === undefined ? { kind: "proven" } : { kind: "unproven", because };
  } catch (error) {
    if (error instanceof Unplayable) return { kind: "unproven", because: error.message };
    if (error instanceof RangeError) return { kind: "unproven", because: "it is nested too deep" };
    throw error;
  }
}

/** What the plays of a script may cost, for each of its commands: each may have a fix, which is to be proven by them all. */
const mostCost = 250_000;

/** What a play costs besides its steps. */
const costOfPlay = 10;

/** Of the latest scripts, whose fixes are asked for one after the other. */
const latest: { readonly script: ScriptToPlay; readonly isLong: boolean }[] = [];
const mostKept = 16;

/**
 * Whether a script has so many commands, and ways to go, that the time for the fixes of all of them would grow without
 * measure. The answer is the same for each of its fixes.
 */
function isLong(script: ScriptToPlay): boolean {
  const known = latest.find(
    (each) => each.script.stage === script.stage && isSame(each.script, script),
  );
  if (known !== undefined) return known.isLong;
  const found = costsMore(script);
  latest.push({ script, isLong: found });
  if (latest.length > mostKept) latest.shift();
  return found;
}

function costsMore(script: ScriptToPlay): boolean {
  const readings = new ScriptRepository(script.files);
  const commands = new Set<string>();
  const branches = [script.text, ...script.files.values()].flatMap(branchesIn);
  let cost = 0;
  try {
    const isMore = inEverySituation(branches, script.stage, (next) => {
      const { events, steps } = trace(script, next(), {}, readings);
      for (const { at } of events) commands.add(`${at.start} ${at.file}`);
      cost += costOfPlay + steps;
      return cost * commands.size > mostCost || undefined;
    });
    return isMore === true;
  } catch (error) {
    // Some can only be played once they are taken as they were meant.
    if (error instanceof Unplayable) return false;
    throw error;
  }
}

/** Where the two part that are to do the same. */
function broken(
  before: ScriptToPlay,
  after: ScriptToPlay,
  promised: FixPromise,
): string | undefined {
  const model = modelOf(promised);
  const taken = takenFor(before, promised);
  if (isSame(taken, after) && Object.keys(model).length === 0) return undefined;
  const readings = new ScriptRepository(after.files);
  return inEverySituation(branchesOf(taken, after, promised), before.stage, (next) => {
    const expected = trace(taken, next(), model, readings);
    const parted = difference(expected, trace(after, next(), {}, readings));
    return parted === undefined ? undefined : `in some cases ${parted}`;
  });
}

/** The script with what the promise puts into its text, or takes out of it. */
function takenFor(script: ScriptToPlay, promised: FixPromise): ScriptToPlay {
  const { text, files, stage } = script;
  if (promised.kind === "first" && stage === "build")
    return { ...script, text: `${promised.lines.join("\n")}\n${text}` };
  if (promised.kind !== "line-feeds") return script;
  const feeds = (lines: string) => lines.replaceAll("\r\n", "\n");
  const inFiles = [...files].map(([path, lines]) => [path, feeds(lines)] as const);
  return { ...script, text: feeds(text), files: new Map(inFiles) };
}

function isSame(one: ScriptToPlay, other: ScriptToPlay): boolean {
  const { files } = other;
  return (
    one.text === other.text && [...one.files].every(([path, text]) => files.get(path) === text)
  );
}

/** What depends on the outcome of a call that no longer says the same. */
function needed(script: ScriptToPlay, promised: FixPromise): string | undefined {
  const outcome = changedOutcome(promised);
  if (outcome === undefined) return undefined;
  const { call, says } = outcome;
  const model = modelOf(promised);
  const ending = (status: number): Model => ({
    ...model,
    ended: (started) => (isCall(started, call) ? status : undefined),
  });
  const readings = new ScriptRepository(script.files);
  const failures = failuresIn(script);
  return inEverySituation(branchesOf(script, script, promised), script.stage, (next) => {
    const done = trace(script, next(), ending(0), readings);
    const at = done.events.findIndex((event) => isCall(event, call));
    const made = done.events[at];
    const failed = failures.map((status) => trace(script, next(), ending(status), readings));
    const used = made && (usedOf(done, at) ?? endingUsed(made, done, failed));
    return used && `${used}, and ${says}`;
  });
}

/** What a call prints, or its end once it was in the background, where the script has a use for it. */
function usedOf(done: Trace, at: number): string | undefined {
  const made = done.events[at];
  const { plumbing = "" } = made ?? {};
  if (/\$\(\)|\|\d/u.test(plumbing)) return `what ${eventName(made)} prints is used`;
  const file = fileUsedAfter(done, at);
  if (file !== undefined) return `what ${eventName(made)} writes to ${readable(file)} is used`;
  const waits =
    / &(?: |$)/u.test(plumbing) &&
    done.events.slice(at).some(({ words: [name, job] }) => name === "wait" && job !== undefined);
  return waits ? `the script waits for ${eventName(made)}` : undefined;
}

/** What differs with the end of a call: a command, or the end of the script, where that isn't the failure itself. */
function endingUsed(made: Event, done: Trace, failed: readonly Trace[]): string | undefined {
  for (const { events } of failed) {
    const follows = firstOther(done.events, events);
    if (follows !== undefined)
      return `${eventName(follows)} depends on how ${eventName(made)} ends`;
  }
  const passes = failed.filter(({ status }) => status === 0).length;
  const isFailure = done.status === 0 && (passes === 0 || passes === failed.length);
  const isEither = isFailure || (done.status !== 0 && passes === 0);
  return isEither ? undefined : `the end of the script depends on how ${eventName(made)} ends`;
}

/** With which statuses a command fails: 1, and where the script asks for them, those that it may tell from that. */
function failuresIn({ text, files }: ScriptToPlay): readonly number[] {
  const sources = [text, ...files.values()].filter((source) => /\$\{?\?/u.test(source));
  const named = sources.flatMap((source) => [...source.matchAll(comparedNumber)].map(numberIn));
  const told = named.flatMap((status) => [status, status + 1]);
  const failures = [1, ...told].filter((status) => status > 0 && status < 256);
  return [...new Set(failures)].slice(0, mostFailures);
}

const mostFailures = 8;

/** What is compared in a test, or is a pattern of `case`. */
const comparedNumber = /(?:-[a-z]{2}|=)\s*["']?(\d{1,3})\b|\b(\d{1,3})["']?\s*[|)]/gu;

function numberIn([, compared, pattern]: RegExpExecArray): number {
  return Number(compared ?? pattern);
}

function firstOther(one: readonly Event[], other: readonly Event[]): Event | undefined {
  const same = (a: Event | undefined, b: Event | undefined) =>
    a?.words.join("\n") === b?.words.join("\n") &&
    a?.folder === b?.folder &&
    a?.plumbing === b?.plumbing &&
    a?.exported === b?.exported;
  for (let index = 0; index < Math.max(one.length, other.length); index++)
    if (!same(one[index], other[index])) return one[index] ?? other[index];
  return undefined;
}

function branchesOf(
  before: ScriptToPlay,
  after: ScriptToPlay,
  promised: FixPromise,
): readonly string[] {
  const texts = [before, after].flatMap(({ text, files }) => [text, ...files.values()]);
  const guard = promised.kind === "guarded" && promised.guard.kind === "branch";
  return [...(guard ? [promised.guard.branch] : []), ...texts.flatMap(branchesIn)];
}

/**
 * Every text in a script that may be the name of a branch it asks for: what it compares, assigns or matches. A pattern
 * gives a name that fits it.
 */
function branchesIn(source: string): readonly string[] {
  const found = new Set<string>();
  const add = (word: Word) => {
    const text = word.value.replaceAll("*", "x").replaceAll("?", "x");
    // Names of branches have no blanks; an operator, an option or an expansion is none.
    if (/^[^\s$`()[\]{}<>=!~-][^\s$`()[\]{}<>=!~]*$/u.test(text)) found.add(text);
    // `[ "x$PLATFORM_BRANCH" = xmain ]`
    if (/^[xX][^\s$`()[\]{}<>=!~]+$/u.test(text)) found.add(text.slice(1));
    if (/\s/u.test(word.value)) for (const inner of branchesIn(word.value)) found.add(inner);
  };
  eachNode(parseScript(source), (node) => {
    if (node.type === "Assignment" && node.value.type === "Word") add(node.value);
    if (node.type === "CaseItem") node.pattern.forEach(add);
    if (node.type === "TestBinary") [node.left, node.right].forEach(add);
    if (node.type !== "Command" || node.name === undefined) return;
    const isTest = node.name.value === "test" || node.name.value.startsWith("[");
    for (const arg of node.args)
      if (arg.type === "Word" && (isTest || /\s/u.test(arg.value))) add(arg);
  });
  return [...found];
}
