import type { Command, CommandNode, Redirection, Word } from "unbash";
import { pathInApp, within } from "./app-path.ts";
import { wordsFor } from "./arguments.ts";
import { type Copying, type CopySource, isBelow, originsOf, standsFor } from "./copying.ts";
import { effectsOnFiles, targetsOf, unknownOutput } from "./file-effects.ts";
import { type Likelihood, least } from "./outcome.ts";
import { namePattern } from "./pattern.ts";
import type { CommandOutput, Scope, TextHere } from "./scope.ts";

/** What a script has put into a file. */
type Content =
  | Exclude<CommandOutput, { readonly kind: "file" }>
  /** The same as in a file of the repository. */
  | { readonly kind: "file"; readonly path: string };

/** What a file may be once a script has changed some, and how likely it is that. */
export type WrittenFile = Content & { readonly likelihood: Likelihood };

/** What a command makes of a file; undefined for those that it leaves alone. */
interface Change {
  /** How likely the script gets to it. */
  readonly path: Likelihood;
  /** How many changes stand in front of it. */
  readonly after: number;
  at(key: string, depth: number): Changed | undefined;
}

interface Changed {
  readonly files: readonly WrittenFile[];
  /** Whether what was there before may still be there, although the script gets to the change. */
  readonly keeps: boolean;
}

/** Nobody copies and deletes more often in a script than this, or from copy to copy. */
const mostMoves = 50;
const deepestCopy = 3;
/** Of more than this, nobody can tell any more which one runs. */
const mostCandidates = 8;

/** The files that a script writes, copies and deletes while it is followed, so that it can run them. */
export class WrittenFiles {
  /** What is written file by file, by the last part of their paths. */
  readonly #written = new Map<string, Change[]>();
  /** What has happened to whole folders and to what a pattern fits, one after the other. */
  readonly #moves: Change[] = [];
  readonly #isThere: (path: string) => boolean;
  /** What was asked for already: a copy of a copy of a copy asks for the same over and over. */
  readonly #known = new Map<string, readonly WrittenFile[]>();
  #count = 0;

  /** @param isThere whether the repository has a file, by its path from the app's folder */
  constructor(isThere: (path: string) => boolean) {
    this.#isThere = isThere;
  }

  /**
   * What a file may be that a word names: all that it may be, where that isn't certain. Undefined when the script hasn't
   * changed it.
   */
  at(word: Word, scope: Scope): readonly WrittenFile[] | undefined {
    if (this.#count === 0) return undefined;
    const key = keyOf(word, scope);
    const files = this.#filesAt(key, this.#count, 0);
    const [only, second] = files;
    const isOriginal =
      only?.kind === "file" && only.path === key && only.likelihood === 3 && second === undefined;
    return only === undefined || isOriginal ? undefined : files;
  }

  /** All that a file may be, as it was before a change; none where nothing is known of it. */
  #filesAt(key: string, before: number, depth: number): readonly WrittenFile[] {
    const asked = `${before} ${depth} ${key}`;
    const known = this.#known.get(asked) ?? this.#lookFor(key, before, depth);
    this.#known.set(asked, known);
    return known;
  }

  #lookFor(key: string, before: number, depth: number): readonly WrittenFile[] {
    const found: WrittenFile[] = [];
    let left: Likelihood = 3;
    let isKept = false;
    const add = (file: WrittenFile) => {
      const likelihood = least(file.likelihood, isKept ? least(left, 2) : left);
      const isNamed = found.some(
        (one) => one.kind === "file" && file.kind === "file" && one.path === file.path,
      );
      if (likelihood > 0 && !isNamed) found.push({ ...file, likelihood });
    };
    for (const change of this.#changesOf(key)) {
      if (change.after >= before) continue;
      const changed = depth > deepestCopy ? tooManyCopies : change.at(key, depth);
      if (changed === undefined) continue;
      for (const file of changed.files) add(file);
      if (change.path === 3 && !changed.keeps) return unsureOf(found);
      if (found.length > mostCandidates) return unsureOf([...found, { ...tooMany, likelihood: 1 }]);
      left = least(left, change.path);
      isKept ||= changed.keeps;
    }
    if (this.#isThere(key)) add({ kind: "file", path: key, likelihood: 3 });
    return unsureOf(found);
  }

  /** The changes that may be about a file, the last one first. */
  *#changesOf(key: string): Iterable<Change> {
    const written = this.#written.get(lastPart(key)) ?? [];
    let [one, other] = [written.length - 1, this.#moves.length - 1];
    for (;;) {
      const [own, moved] = [written[one], this.#moves[other]];
      const next = (own?.after ?? -1) > (moved?.after ?? -1) ? own : moved;
      if (next === undefined) return;
      if (next === own) one -= 1;
      else other -= 1;
      yield next;
    }
  }

  /**
   * Notes what a command writes to files.
   *
   * @param before the commands of the pipe that stand in front of it
   */
  note(
    words: readonly Word[],
    node: Command,
    before: readonly CommandNode[],
    path: Likelihood,
    scope: Scope,
  ): void {
    if (path === 0) return;
    for (const effect of effectsOnFiles(words, node, before, scope))
      switch (effect.kind) {
        case "put":
          this.#put(effect.file, effect.printed, effect, path, scope);
          break;
        case "copy":
          this.#copy(effect.copying, path, scope);
          break;
        case "delete":
          this.#goes(effect.what, { does: "delete", isDeep: effect.isDeep }, path, scope);
      }
  }

  /** Notes what a group of commands writes to files. */
  noteGroup(redirects: readonly Redirection[], path: Likelihood, scope: Scope): void {
    if (path > 0)
      for (const { target, adds } of targetsOf(redirects))
        this.#put(target, unknownOutput, { adds }, path, scope);
  }

  /** What is copied is at both places, and what is moved isn't there any more. */
  #copy(copying: Copying, path: Likelihood, scope: Scope): void {
    const before = this.#count;
    // Where the shell is now, it may not be any more when the file is asked for.
    const keys = new Map<Word, string>();
    for (const word of [copying.target, ...copying.sources.map((source) => source.path)])
      keys.set(word, keyOf(word, scope));
    if (copying.moves)
      for (const source of copying.sources) this.#movesAway(source, copying, path, scope);
    this.#move(path, (key, depth) => {
      const origins = originsOf(copying, key, (word) => keys.get(word));
      let keeps = !copying.replaces;
      const files = origins.flatMap((origin): readonly WrittenFile[] => {
        const found = this.#filesAt(origin.path, before, depth + 1);
        const isSource = found.some(({ kind }) => kind !== "unknown");
        if (!isSource || (origin.isRenamed && isTaken(this.#filesAt(key, before, depth + 1))))
          keeps = true;
        if (found.length > 0 || !origin.isNamed) return found;
        // What isn't known to be there may not be copied.
        return [
          /^[/$`~?]/u.test(origin.path)
            ? { ...unknownOutput, likelihood: 3 }
            : { kind: "file", path: origin.path, likelihood: 3 },
        ];
      });
      return files.length === 0 ? undefined : { files, keeps };
    });
  }

  #movesAway({ word }: CopySource, { replaces }: Copying, path: Likelihood, scope: Scope): void {
    this.#goes(word, { does: "move", isDeep: true, keeps: !replaces }, path, scope);
  }

  /** What a script deletes or moves: a file, a folder with all that is in it, or what a pattern fits. */
  #goes(
    word: Word,
    how: { readonly does: "delete" | "move"; readonly isDeep: boolean; readonly keeps?: boolean },
    path: Likelihood,
    scope: Scope,
  ): void {
    const [known = word] = wordsFor([word], scope);
    const [, folder = "", name = ""] = /^(.*\/)?([^/]+)\/*$/su.exec(known.value) ?? [];
    const within = folder === "" ? scope.state.folder : keyOf({ ...known, value: folder }, scope);
    // Which file that is only the run knows; nobody deletes by it what is called afterwards.
    if (within === undefined || /^\?|[$`]/u.test(within) || /[$`]/u.test(name)) return;
    const beneath = within === "" ? "" : `${within.replace(/\/+$/u, "")}/`;
    const pattern = namePattern(name);
    // In quotes a pattern is a name, and of brackets no more is read than that they fit something.
    const isPattern = /[*?[]/u.test(name);
    const keeps = how.keeps === true || (isPattern && /[["'\\]/u.test(word.text));
    const before = this.#count;
    this.#move(path, (key, depth) => {
      if (!isBelow(key, beneath)) return undefined;
      const below = key.slice(beneath.length);
      const [first = ""] = below.split("/");
      if (!standsFor(pattern, first) || (!how.isDeep && below !== first)) return undefined;
      const were = this.#filesAt(key, before, depth + 1);
      const isSure = path === 3 && !keeps;
      const says = isSure
        ? `runs a file that it ${how.does}s before`
        : `runs a file that it may ${how.does} before`;
      const what = isSure ? "gone" : "text";
      // What nobody knew before is something else that has come there since.
      return were.length === 0
        ? undefined
        : { files: [{ kind: "unknown", says, what, likelihood: 3 }], keeps };
    });
  }

  #put(
    word: Word,
    printed: CommandOutput,
    { adds = false, keeps = false }: { readonly adds?: boolean; readonly keeps?: boolean },
    path: Likelihood,
    scope: Scope,
  ): void {
    const key = keyOf(word, scope);
    if (key === "/dev/null") return;
    const now = this.#contentsOf(printed, scope);
    const were = adds ? this.#filesAt(key, this.#count, 0) : [];
    const files =
      were.length === 0
        ? now
        : were.flatMap((was) => now.flatMap((added) => together(was, added, path)));
    const written = this.#written.get(lastPart(key)) ?? [];
    this.#written.set(lastPart(key), written);
    written.push({
      path,
      after: this.#count,
      at: (other) => {
        if (other === key) return { files, keeps };
        return mayBeSame(key, other) ? { files: perhaps(files), keeps: true } : undefined;
      },
    });
    this.#count += 1;
  }

  #move(path: Likelihood, at: Change["at"]): void {
    if (this.#moves.length > mostMoves) return;
    const change =
      this.#moves.length === mostMoves ? { path: 3 as const, at: () => manyMoves } : { path, at };
    this.#moves.push({ ...change, after: this.#count });
    this.#count += 1;
  }

  /** All that an output may be as the content of a file. */
  #contentsOf(printed: CommandOutput, scope: Scope): readonly WrittenFile[] {
    if (printed.kind !== "file") return [{ ...printed, likelihood: 3 }];
    const before = this.at(printed.file, scope);
    if (before !== undefined) return before;
    const path = pathInApp(printed.file, scope.state.folder);
    const content = path === undefined ? unknownOutput : ({ kind: "file", path } as const);
    return [{ ...content, likelihood: 3 }];
  }
}

/** Whether there was a file before, as far as is known. */
function isTaken(files: readonly WrittenFile[]): boolean {
  return files.some((file) => file.kind !== "unknown" || file.what !== "gone");
}

/** Of several, none is sure. */
function unsureOf(files: readonly WrittenFile[]): readonly WrittenFile[] {
  const [, second] = files;
  return second === undefined
    ? files
    : files.map((file) => ({ ...file, likelihood: least(file.likelihood, 2) }));
}

/** What a file is where it may be another one of the same name. */
function perhaps(files: readonly WrittenFile[]): readonly WrittenFile[] {
  const says = "runs a file in a folder that isn't known";
  return [
    ...files.map((file) => ({ ...file, likelihood: least(file.likelihood, 1) })),
    { kind: "unknown", says, what: "text", likelihood: 1 },
  ];
}

/** The last part of a path, by which a file is found whose folder isn't known. */
function lastPart(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

/** Whether a file in a folder that isn't known may be the one that another path is that of. */
function mayBeSame(one: string, other: string): boolean {
  const endsAs = (open: string, whole: string) =>
    open.startsWith("?/") && `/${whole}`.endsWith(open.slice(1));
  return endsAs(one, other) || endsAs(other, one);
}

const tooMany = {
  kind: "unknown",
  says: "runs a file that it changes too often to follow",
  what: "text",
} as const;
const manyMoves: Changed = { files: [{ ...tooMany, likelihood: 1 }], keeps: true };
const tooManyCopies = manyMoves;

/**
 * A file that is written in two goes: all that it may be then.
 *
 * @param path how likely the script gets to the second one
 */
function together(before: WrittenFile, now: WrittenFile, path: Likelihood): readonly WrittenFile[] {
  if (before.kind !== "text" || now.kind !== "text")
    // All of it runs, one after the other; but what was there before may end it, or be a guard of what is added.
    return [
      { ...before, likelihood: least(before.likelihood, 2) },
      { ...now, likelihood: 1 },
      { ...unknownOutput, likelihood: 1 },
    ];
  const { text, isKnown } = before;
  const feed = text.source.endsWith("\n") ? "" : "\n";
  const [start, end] = [placeOf(text), placeOf(now.text)];
  const both: WrittenFile = {
    kind: "text",
    text: {
      ...text,
      source: text.source + feed + now.text.source,
      place: { start: start.start, end: Math.max(start.end, end.end) },
    },
    isKnown: isKnown && now.isKnown,
    likelihood: least(before.likelihood, now.likelihood),
  };
  // Where the first may be left out and the second isn't, the second may stand alone.
  return before.likelihood < path ? [both, { ...now, likelihood: before.likelihood }] : [both];
}

function placeOf({ place, base, source }: TextHere) {
  return place ?? { start: base, end: base + source.length };
}

/** One name for a file, however it is written; in a folder that isn't known, it begins with `?/`. */
function keyOf(word: Word, scope: Scope): string {
  const [known = word] = wordsFor([word], scope);
  const { folder } = scope.state;
  const path = pathInApp(known, folder);
  if (path !== undefined) return path;
  const { value } = known;
  return folder !== undefined || /^[/$`~]/u.test(value) ? value : `?/${within("", value) ?? value}`;
}
