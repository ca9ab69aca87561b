import type { Command, CommandNode, Redirection, Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import { pathInApp } from "./app-path.ts";
import { wordsFor } from "./arguments.ts";
import { type Likelihood, least } from "./outcome.ts";
import { fits, namePattern } from "./pattern.ts";
import type { CommandOutput, Scope, TextHere } from "./scope.ts";
import { inputOf, printedBy } from "./shell-input.ts";

/** What a script has put into a file. */
type Content =
  | Exclude<CommandOutput, { readonly kind: "file" }>
  /** The same as in a file of the repository. */
  | { readonly kind: "file"; readonly path: string };

/** A file that a script has written, and how likely it gets to where it does. */
export type WrittenFile = Content & { readonly likelihood: Likelihood };

/** What becomes of files that aren't named one by one; undefined for those that it leaves alone. */
interface Move {
  at(key: string): WrittenFile | undefined;
}

/** The files that a script writes while it is followed, so that it can run them. */
export class WrittenFiles {
  readonly #files = new Map<string, WrittenFile>();
  /** What has happened to whole folders and to what a pattern fits, one after the other. */
  readonly #moves: Move[] = [];
  readonly #isThere: (path: string) => boolean;

  /** @param isThere whether the repository has a file, by its path from the app's folder */
  constructor(isThere: (path: string) => boolean) {
    this.#isThere = isThere;
  }

  /** What is in a file that a word names; undefined when the script hasn't written it. */
  at(word: Word, scope: Scope): WrittenFile | undefined {
    if (this.#files.size === 0 && this.#moves.length === 0) return undefined;
    const key = keyOf(word, scope);
    return this.#files.get(key) ?? this.#moved(key);
  }

  #moved(key: string): WrittenFile | undefined {
    const { at = () => undefined } = this.#moves.findLast(({ at }) => at(key) !== undefined) ?? {};
    return at(key);
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
    const [first, ...rest] = words;
    const name = first === undefined ? "" : programName(first);
    for (const { target, adds } of targetsOf(node.redirects))
      this.#put(target, printedBy(words, node.redirects, before, scope), adds, path, scope);
    const operands = rest.filter(({ value }) => !value.startsWith("-"));
    if (name === "tee") {
      const input = inputOf(node.redirects, before, scope) ?? unknownText;
      const adds = rest.some(({ value }) => /^-\w*a/u.test(value));
      for (const operand of operands) this.#put(operand, input, adds, path, scope);
    }
    const isCopying = /^(?:cp|mv|ln|install|rsync)$/u.test(name);
    if (isCopying && operands.length > 1) this.#copy(name, operands, path, scope);
    if (name === "rm" || name === "unlink")
      for (const operand of operands) this.#goes(operand, "deletes", path, scope);
    const download = /^(?:curl|wget)$/u.test(name) ? downloadTo(rest) : undefined;
    if (download !== undefined)
      this.#put(download, { ...unknownText, what: "program" }, false, path, scope);
    if (name === "sed" && rest.some(({ value }) => /^(?:-\w*i|--in-place)/u.test(value)))
      for (const operand of operands) this.#put(operand, unknownText, false, path, scope);
  }

  /** Notes what a group of commands writes to files. */
  noteGroup(redirects: readonly Redirection[], path: Likelihood, scope: Scope): void {
    if (path > 0)
      for (const { target } of targetsOf(redirects))
        this.#put(target, unknownText, false, path, scope);
  }

  /** `cp FILE FILE`, `cp FILE… FOLDER`, and the same of folders; what is moved isn't there any more. */
  #copy(name: string, operands: readonly Word[], path: Likelihood, scope: Scope): void {
    const sources = operands.slice(0, -1);
    const [target] = operands.slice(-1);
    if (target === undefined) return;
    const into = keyOf(target, scope).replace(/\/+$/u, "");
    const beneath = into === "" || into === "." ? "" : `${into}/`;
    const [, second] = sources;
    for (const file of sources) {
      const content = { ...this.#contentOf({ kind: "file", file }, scope), likelihood: path };
      const from = pathInApp(
        { ...file, value: file.value.replace(/\/\*$/u, "") },
        scope.state.folder,
      );
      if (name === "mv") this.#goes(file, "moves", path, scope);
      if (second === undefined && into !== "") this.#write(into, content, false);
      this.#write(beneath + programName(file), content, false);
      if (from === undefined) continue;
      const copied = (key: string): WrittenFile | undefined => {
        const below = [`${beneath}${programName(file)}/`, beneath].find((each) =>
          key.startsWith(each),
        );
        const source =
          below === undefined ? "" : `${from === "" ? "" : `${from}/`}${key.slice(below.length)}`;
        return this.#isThere(source) ? { kind: "file", path: source, likelihood: path } : undefined;
      };
      this.#moves.push({ at: copied });
    }
  }

  /** What a script deletes or moves: a file, a folder with all that is in it, or what a pattern fits. */
  #goes(word: Word, does: "deletes" | "moves", path: Likelihood, scope: Scope): void {
    const [known = word] = wordsFor([word], scope);
    const [, folder = "", name = ""] = /^(.*\/)?([^/]*)\/?$/su.exec(known.value) ?? [];
    // Which file that is only the run knows; nobody deletes by it what is called afterwards.
    if (/[$`]/u.test(known.value) && pathInApp(known, scope.state.folder) === undefined) return;
    const within = folder === "" ? scope.state.folder : keyOf({ ...known, value: folder }, scope);
    const beneath = within === undefined || within === "" ? "" : `${within.replace(/\/$/u, "")}/`;
    const pattern = namePattern(name);
    const says = `runs a file that it ${does} before`;
    const isGone = (key: string): boolean =>
      key.startsWith(beneath) && fits(pattern, key.slice(beneath.length).replace(/\/.*$/su, ""));
    const gone = { kind: "unknown", says, what: "program", likelihood: path } as const;
    for (const key of this.#files.keys()) if (isGone(key)) this.#files.set(key, gone);
    this.#moves.push({ at: (key) => (isGone(key) ? gone : undefined) });
  }

  #put(word: Word, printed: CommandOutput, adds: boolean, path: Likelihood, scope: Scope): void {
    const key = keyOf(word, scope);
    if (key === "/dev/null") return;
    this.#write(key, { ...this.#contentOf(printed, scope), likelihood: path }, adds);
  }

  #write(key: string, now: WrittenFile, adds: boolean): void {
    const before = this.#files.get(key);
    // What may not be written leaves what was there, and what is added goes on from that.
    const wasThere = before !== undefined || this.#isThere(key);
    if (wasThere && (now.likelihood < 3 || (adds && before === undefined)))
      this.#files.set(key, { ...unknownText, likelihood: 1 });
    else this.#files.set(key, adds && before !== undefined ? together(before, now) : now);
  }

  #contentOf(printed: CommandOutput, scope: Scope): Content {
    if (printed.kind !== "file") return printed;
    const before = this.at(printed.file, scope);
    if (before !== undefined) return before;
    const path = pathInApp(printed.file, scope.state.folder);
    return path === undefined ? unknownText : { kind: "file", path };
  }
}

const unknownText = {
  kind: "unknown",
  says: "runs a file that it writes itself, with a text that only the shell knows",
  what: "text",
} as const;

/** A file that is written in two goes. */
function together(before: WrittenFile, now: WrittenFile): WrittenFile {
  if (before.kind !== "text" || now.kind !== "text") return { ...unknownText, likelihood: 1 };
  const { text, isKnown } = before;
  const feed = text.source.endsWith("\n") ? "" : "\n";
  const [start, end] = [placeOf(text), placeOf(now.text)];
  return {
    kind: "text",
    text: {
      ...text,
      source: text.source + feed + now.text.source,
      place: { start: start.start, end: Math.max(start.end, end.end) },
    },
    isKnown: isKnown && now.isKnown,
    likelihood: least(before.likelihood, now.likelihood),
  };
}

function placeOf({ place, base, source }: TextHere) {
  return place ?? { start: base, end: base + source.length };
}

/** One name for a file, however it is written. */
function keyOf(word: Word, scope: Scope): string {
  const [known = word] = wordsFor([word], scope);
  return pathInApp(known, scope.state.folder) ?? known.value;
}

/** The files that the output of a command goes to. */
function targetsOf(redirects: readonly Redirection[]) {
  return redirects.flatMap((redirect) => {
    if (redirect.type !== "Redirect" || redirect.target === undefined) return [];
    const { descriptor, operator, target } = redirect;
    const isOutput =
      descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 1);
    return isOutput && /^(?:>|>>|>\|)$/u.test(operator)
      ? [{ target, adds: operator === ">>" }]
      : [];
  });
}

/** `curl -o FILE` and `wget -O FILE`. */
function downloadTo(rest: readonly Word[]): Word | undefined {
  const option = rest.findIndex(({ value }) =>
    /^-[a-zA-Z]*[oO]$|^--output(?:-document)?$/u.test(value),
  );
  return option === -1 ? undefined : rest[option + 1];
}
