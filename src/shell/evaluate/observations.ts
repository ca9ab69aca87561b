import type { Command, SyntaxNode } from "unbash";
import { mentionsVendor } from "../../vendors/traces.ts";
import type { CliInvocation } from "../cli-call.ts";
import type { GuardTarget } from "../guard.ts";
import type { Excerpt, Flaw, Judge, Stretch } from "./compare.ts";
import type { Conditions } from "./conditions.ts";
import * as outcomes from "./outcome.ts";
import { type Likelihood, least, type Outcome } from "./outcome.ts";
import { type Scope, type TextHere, wayInto } from "./scope.ts";
import {
  gapKey,
  openWay,
  type ReadingGap,
  type Shell,
  type Sighting,
  shift,
  shiftFlaw,
  sightingKey,
  type Way,
} from "./sighting.ts";
import { outcomeOf, type Truth } from "./truth.ts";
import { valuesIn, variablesIn } from "./word.ts";
import type { World } from "./world.ts";

/** How a command leaves what it is in. */
export type LeftPart = "script" | "function" | "loop";

/** Where something of a script stands in its file. */
export function stretchIn(
  { base, file, place }: TextHere,
  { start, end }: { readonly start: number; readonly end: number },
): Stretch {
  return { in: file, ...(place ?? { start: base + start, end: base + end }) };
}

/** What a script did to a file before a place. */
interface ChangedFile {
  /** The commands that changed it, in their order. */
  readonly commands: Conditions;
  /** Whether one of them may be run in some environments only. */
  readonly isInSome: boolean;
}

/** A script that runs at the end, or at a signal: by then it may be another one. */
interface TrappedScript {
  /** Says as a text what is in it now. */
  readonly content: () => string;
  /** Notes that it is written after the trap was set. */
  readonly replaced: (says: string) => void;
}

/** What is remembered on the way through a script in one environment. */
export class Observations {
  readonly world: World;
  /** By the file and the offset of the call. */
  readonly sightings = new Map<string, Sighting>();
  readonly branches = new Set<string>();
  readonly called = new Map<string, Shell>();
  readonly unread = new Set<string>();
  /** The lines that the tasks of a package manager or of make run, by how they are called: "make build". */
  readonly tasks = new Map<string, readonly string[]>();
  /** By the file and the offset. */
  readonly gaps = new Map<string, ReadingGap>();
  /** What is said of a file that the script writes itself and runs, when it isn't known what is in it. */
  unknownFile: string | undefined;
  way: Way = openWay;
  /** How what has been gone through leaves the script, its function or its loop, also where that isn't reached. */
  readonly exits = new Set<LeftPart>();
  readonly #literals: Partial<Record<GuardTarget["kind"], Excerpt>> = {};

  readonly #unconditional: Conditions;
  readonly #trapped: (TrappedScript & { readonly before: string })[] = [];
  /** What changed a file, by the file's name as it is written. */
  readonly #changed = new Map<string, ChangedFile>();
  /** The tests that decided what a variable holds. */
  readonly #decided = new Map<string, Pick<Way, "flaws" | "test">>();
  #isInWritten = false;
  #isInTrap = false;

  /** @param unconditional the beginning of all walks through the script */
  constructor(world: World, unconditional: Conditions) {
    this.world = world;
    this.#unconditional = unconditional;
  }

  /**
   * Keeps in mind a command whose end isn't known. It is the same in every environment in which its words stand for the
   * same, and the files that they name are what they are there.
   *
   * @returns how it ends, which may depend on the environment after all
   */
  depends(node: SyntaxNode, outcome: Outcome, scope: Scope): Outcome {
    const { pos, end } = node;
    const values = valuesIn(node, scope.state);
    const texts = values.flatMap((value) => (value.kind === "text" ? value.text : []));
    const changes = texts.flatMap((text) => this.#changed.get(text) ?? []);
    const isVarying = values.some((value) => value.kind === "unknown" && value.varies === true);
    if (isVarying || changes.some(({ isInSome }) => isInSome)) {
      const text = scope.source.slice(pos, end);
      this.doubted(`${text} depends on what the script may have done in some environments only`);
      return outcomes.notAlike(outcome);
    }
    const { in: file, start } = stretchIn(scope, { start: pos, end });
    const { conditions = this.#unconditional } = this.way;
    const own = conditions.and(JSON.stringify([start, pos, end, file, texts]));
    const all = changes.reduce((found, { commands }) => found.and(commands), own);
    this.way = { ...this.way, conditions: all };
    return outcome;
  }

  /** Keeps in mind a command that makes the files that its words name, or takes them away. */
  changes(node: Command, path: Likelihood, scope: Scope): void {
    const at = scope.base + node.pos;
    for (const value of valuesIn(node, scope.state)) {
      if (value.kind !== "text") continue;
      const before = this.#changed.get(value.text);
      const commands = before?.commands ?? this.#unconditional.and(JSON.stringify(value.text));
      this.#changed.set(value.text, {
        commands: commands.and(`${at} ${path}`),
        isInSome: before?.isInSome === true || path === 1,
      });
    }
  }

  /** Keeps in mind the tests that stand on the way to where a variable is set, also where that isn't reached. */
  decides(variable: string, path: Likelihood): void {
    const { test, flaws } = this.way;
    const before = this.#decided.get(variable);
    if (test !== undefined || flaws.length > 0)
      this.#decided.set(variable, {
        flaws: withFlaws(before?.flaws ?? [], flaws),
        ...(test === undefined ? before : { test }),
      });
    else if (path === 3) this.#decided.delete(variable);
  }

  /** Takes the tests that decided what a node asks for into the way to what depends on it. */
  heeds(node: SyntaxNode, { state }: Scope): void {
    for (const variable of variablesIn(node)) {
      const decided = this.#decided.get(variable);
      if (decided === undefined) continue;
      const value = state.variables.value(variable);
      const isAnswer =
        compares(node) ||
        (value.kind === "text" && /^(?:true|false|yes|no|on|off|[01])$/u.test(value.text));
      const test = this.way.test ?? (isAnswer ? decided.test : undefined);
      const flaws = withFlaws(this.way.flaws, decided.flaws);
      this.way = { ...this.way, flaws, ...(test === undefined ? {} : { test }) };
    }
  }

  /** Whether what is followed stands in a file that the script writes itself, or may write before a trap runs it. */
  get isInWritten(): boolean {
    return this.#isInWritten;
  }

  /** Whether a trap runs what is followed. */
  get isInTrap(): boolean {
    return this.#isInTrap;
  }

  /** Follows what stands in a file that the script writes itself, or may write before a trap runs it. */
  inWritten<Found>(follow: () => Found): Found {
    const outer = this.#isInWritten;
    this.#isInWritten = true;
    const found = follow();
    this.#isInWritten = outer;
    return found;
  }

  /** Follows what a trap runs. */
  inTrap(follow: () => void): void {
    const outer = this.#isInTrap;
    this.#isInTrap = true;
    follow();
    this.#isInTrap = outer;
  }

  /** Keeps a script in mind that is followed now, and that a trap runs later. */
  noteTrapped(script: TrappedScript): void {
    if (this.#isInTrap) this.#trapped.push({ ...script, before: script.content() });
  }

  /** At the end: what is said of the scripts of traps isn't known where one was written since. */
  noteReplaced(): void {
    const says = "runs a file at its end that it writes after it has set the trap";
    const replaced = this.#trapped.filter(({ before, content }) => content() !== before);
    for (const script of replaced) script.replaced(says);
    if (replaced.length === 0) return;
    this.unknownFile = says;
    for (const [key, { way, ...sighting }] of this.sightings)
      if (sighting.isWritten)
        this.sightings.set(key, {
          ...sighting,
          likelihood: least(sighting.likelihood, 1),
          way: { ...way, doubt: says },
        });
  }

  /** Notes where the reading stops. */
  stopped(
    { says, what }: Pick<ReadingGap, "says" | "what">,
    { start, end }: { readonly start: number; readonly end: number },
    path: Likelihood,
    scope: TextHere,
  ): void {
    if (path === 0) return;
    const gap = { says, what, ...stretchIn(scope, { start, end }) };
    this.gaps.set(gapKey(gap), gap);
  }

  /**
   * Notes a call of the CLI, which itself succeeds or fails alike everywhere.
   *
   * @param through where the `"$@"` is that it came out of
   */
  seen(call: CliInvocation, path: Likelihood, scope: Scope, through?: Stretch): Outcome {
    const shifted = shift(call, scope);
    const likelihood = least(wayInto(path, scope), scope.alive ?? 3);
    const key = sightingKey(shifted, scope.file);
    const before = this.sightings.get(key);
    const doubt = scope.doubt?.why ?? this.way.doubt;
    const isWritten = this.#isInWritten || before?.isWritten === true;
    if (before !== undefined && before.likelihood >= likelihood)
      this.sightings.set(key, { ...before, isWritten });
    else
      this.sightings.set(key, {
        call: shifted,
        file: scope.file,
        shell: scope.shell,
        likelihood,
        literals: { ...this.#literals },
        way: doubt === undefined ? this.way : { ...this.way, doubt },
        ...(through === undefined ? {} : { through: gapKey(through) }),
        isWritten,
      });
    return outcomes.either;
  }

  /** The outcome of a test, which is kept in mind when it can't be judged. */
  judged(truth: (judge: Judge) => Truth, node: SyntaxNode, scope: Scope): Outcome {
    this.heeds(node, scope);
    let isAsked = false;
    const judge = this.judge(scope);
    const found = truth({
      ...judge,
      asked: () => {
        isAsked = true;
      },
    });
    const text = scope.source.slice(node.pos, node.end);
    if (isAsked) this.#ask(node, text, scope);
    if (found === "unproven") this.doubted(`${text} can't be judged from the file`);
    // Whether the CLI or its token is there says nothing of when the work is wanted.
    if (found === "same" && !mentionsVendor(text)) this.chances(text);
    return outcomeOf[found];
  }

  /** Keeps in mind what passes over the next place at times, alike in every environment. */
  chances(chance: string | undefined): void {
    const { chance: _before, ...way } = this.way;
    this.way = chance === undefined ? way : { ...way, chance };
  }

  /** Keeps in mind what couldn't be judged. */
  doubted(doubt: string): void {
    this.way = { ...this.way, doubt };
  }

  #ask(
    { pos, end }: { readonly pos: number; readonly end: number },
    text: string,
    { base, file, place }: Scope,
  ): void {
    const test = { in: file, text, ...(place ?? { start: base + pos, end: base + end }) };
    this.way = { ...this.way, test };
  }

  /** What the reading of a test in this scope works with. */
  judge(scope: Scope): Judge {
    return {
      world: this.world,
      variables: scope.state.variables,
      shell: scope.shell,
      branchNamed: (branch) => this.branches.add(branch),
      matched: (kind, { pos, end, text }) => {
        const { base, file, place } = scope;
        const at = place ?? { start: base + pos, end: base + end };
        this.#literals[kind] = { in: file, text, ...at };
      },
      asked: () => {},
      isDecided: (variable) => this.#decided.get(variable)?.test !== undefined,
      flawed: (flaw) => {
        const found = shiftFlaw(flaw, scope);
        this.way = { ...this.way, flaws: withFlaws(this.way.flaws, [found]) };
      },
    };
  }
}

/** Flaws with more of them, each place once. */
function withFlaws(flaws: readonly Flaw[], more: readonly Flaw[]): readonly Flaw[] {
  const isKnown = (found: Flaw) =>
    flaws.some(({ start, in: file }) => start === found.start && file === found.in);
  const others = more.filter((flaw) => !isKnown(flaw));
  return others.length === 0 ? flaws : [...flaws, ...others];
}

/** Whether a test compares texts; what `case` looks at is a word. */
function compares(node: SyntaxNode): boolean {
  if (node.type === "Word") return true;
  if (node.type !== "Command") return false;
  return node.args.some(({ text }) => /^(?:!=|==?)$/u.test(text));
}
