import type { CommandNode, HereDoc, Redirection, Word } from "unbash";
import { commandWords, programName, wordsWithoutWrappers } from "../parse/simple-command.ts";
import { pathInApp } from "./app-path.ts";
import { wordsFor } from "./arguments.ts";
import { handedText } from "./handed-text.ts";
import type { Likelihood } from "./outcome.ts";
import type { CommandOutput, Scope, TextHere } from "./scope.ts";
import type { Shell } from "./sighting.ts";
import { listsProject } from "./steady-output.ts";
import { fixedText, likelyText, type WordContext } from "./word.ts";

/** A text as a range of a script. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  /** Whether it is as it stands there: no escapes or expansions of the outer shell are in it. */
  readonly verbatim: boolean;
  /** What it is, where that isn't what is written there, and is known all the same. */
  readonly text?: string;
}

/** A shell that reads its script from its input. */
interface Reader {
  readonly by: Shell | "here";
  readonly errexit: boolean;
  /** What the script is called with: `$1` and on. */
  readonly args: readonly Word[];
}

/** The shell that reads its script from its input, as `sh`, `sh -e`, `bash -s one` and `. /dev/stdin` do. */
export function readerOf(words: readonly Word[]): Reader | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  if (/^(?:\.|source)$/u.test(first.value))
    return rest[0]?.value === "/dev/stdin" ? { by: "here", errexit: false, args: [] } : undefined;
  const by = shellNamed(first);
  if (by === undefined) return undefined;
  let errexit = false;
  let takesArguments = false;
  let next = 0;
  for (; next < rest.length; next++) {
    const word = rest[next];
    const option = (word === undefined ? undefined : fixedText(word)) ?? "";
    if (option === "/dev/stdin") takesArguments = true;
    if (/^(?:--?|\/dev\/stdin)$/u.test(option)) {
      next += 1;
      break;
    }
    if (!/^-./u.test(option)) break;
    if (!/^-[a-bd-z]+$/u.test(option)) return undefined;
    if (option.includes("e")) errexit = true;
    if (option.includes("s")) takesArguments = true;
    if (option.endsWith("o")) next += 1;
  }
  const args = rest.slice(next);
  return args.length === 0 || takesArguments ? { by, errexit, args } : undefined;
}

/** The shell that a program is, by its name. */
export function shellNamed(program: Word): Shell | undefined {
  const name = programName(program);
  if (name === "bash") return "bash";
  return /^(?:sh|dash|ash)$/u.test(name) ? "dash" : undefined;
}

/**
 * What a command gets on its input; undefined when that is what came in from outside of the script.
 *
 * @param before the commands of the pipe that stand in front of it
 */
export function inputOf(
  redirects: readonly Redirection[],
  before: readonly CommandNode[],
  scope: Scope,
): CommandOutput | undefined {
  const own = redirects.findLast(isInput);
  if (own?.type === "Redirect" && own.operator === "<&") return fromElsewhere;
  if (own?.type === "HereDoc") return textOf(bodyRange(own, scope.state), scope);
  if (own?.target !== undefined)
    return own.type === "HereString"
      ? textOf(knownRange(own.target, scope.state), scope)
      : { kind: "file", file: own.target };
  const last = before.at(-1);
  if (last !== undefined) {
    const output = outputOf(last, before.slice(0, -1), scope);
    return output.kind === "unknown" && listsProject(before) ? { ...output, same: true } : output;
  }
  const { input: set } = scope.state;
  // Which of both was put there later isn't followed.
  return set !== undefined && scope.input !== undefined ? fromElsewhere : (set ?? scope.input);
}

const fromElsewhere: CommandOutput = {
  kind: "unknown",
  says: "runs a text that comes in from elsewhere",
  what: "text",
};

/** Notes what `exec < FILE` puts on the standard input of all that follows. */
export function noteInput(redirects: readonly Redirection[], path: Likelihood, scope: Scope): void {
  if (path === 0 || !redirects.some(isInput)) return;
  const input = path === 3 ? inputOf(redirects, [], scope) : fromElsewhere;
  if (input !== undefined) scope.state.input = whereverItGoes(input, scope);
}

/** What comes in, for a shell that may be in another folder and have other variables by the time that it reads. */
export function whereverItGoes(input: CommandOutput, scope: Scope): CommandOutput {
  if (input.kind !== "file") return input;
  const [known = input.file] = wordsFor([input.file], scope);
  const path = pathInApp(known, scope.state.folder);
  if (path === undefined) return /^[/$]/u.test(known.value) ? input : fromElsewhere;
  const { type, pos, end, text } = known;
  return { kind: "file", file: { type, pos, end, text, value: `/app/${path}` } };
}

/** The scope of what a group of commands or a function runs, with what comes in there. */
export function withInput(
  scope: Scope,
  redirects: readonly Redirection[],
  before: readonly CommandNode[],
): Scope {
  if (redirects.length === 0 && before.length === 0) return scope;
  const input = inputOf(redirects, before, scope);
  return input === undefined ? scope : { ...scope, input: whereverItGoes(input, scope) };
}

function isInput({ type, descriptor, operator }: Redirection): boolean {
  const isFirst =
    descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 0);
  return isFirst && (type !== "Redirect" || /^<[>&]?$/u.test(operator));
}

/** What a command writes to its output. */
function outputOf(node: CommandNode, before: readonly CommandNode[], scope: Scope): CommandOutput {
  if (node.type !== "Command") return unknownOutput("the commands in front of it");
  const { words } = wordsWithoutWrappers(wordsFor(commandWords(node), scope));
  return printedBy(words, node.redirects, before, scope);
}

/** As `outputOf`, for the words of a command. */
export function printedBy(
  words: readonly Word[],
  redirects: readonly Redirection[],
  before: readonly CommandNode[],
  scope: Scope,
): CommandOutput {
  const [first, ...rest] = words;
  const name = first === undefined ? "" : programName(first);
  if (first === undefined || name === ":" || name === "true") return textOf(none, scope);
  if (name === "cat" || name === "tee") {
    const operands = rest.filter(({ value }) => !/^-./u.test(value));
    const [file, second] = name === "tee" ? [] : operands;
    if (file !== undefined && file.value !== "-")
      return second === undefined ? { kind: "file", file } : unknownOutput(name);
    return inputOf(redirects, before, scope) ?? unknownOutput(name);
  }
  const texts = rest.map(fixedText);
  const known = texts.filter((text) => text !== undefined);
  const range = rangeOf(rest);
  const isPrinting = (name === "echo" || name === "printf") && range !== undefined;
  if (!isPrinting) return unknownOutput(name);
  const [only, second] = rest;
  if (known.length < texts.length)
    return only !== undefined && second === undefined
      ? textOf(quotedRange(only), scope)
      : unknownOutput(name);
  const text = name === "echo" ? echoed(known, scope.shell) : formatted(known);
  if (text === undefined) return unknownOutput(name);
  const asWritten = only !== undefined && second === undefined ? quotedRange(only) : undefined;
  const isAsWritten =
    asWritten?.verbatim === true && scope.source.slice(asWritten.start, asWritten.end) === text;
  const printed = textOf(isAsWritten ? asWritten : { ...range, verbatim: false, text }, scope);
  const isCut = (name === "printf" || known[0] === "-n") && !text.endsWith("\n");
  return printed.kind === "text" && isCut ? { ...printed, isCut } : printed;
}

const none: TextRange = { start: 0, end: 0, verbatim: true };

function textOf(range: TextRange, scope: Scope): CommandOutput {
  return { kind: "text", ...textAt(range, scope) };
}

function unknownOutput(name: string): CommandOutput {
  // What is downloaded is a program of somebody else.
  const what = /^(?:curl|wget)$/u.test(name) ? "program" : "text";
  return { kind: "unknown", says: `runs what ${name} prints`, what };
}

function rangeOf(
  words: readonly Word[],
): { readonly start: number; readonly end: number } | undefined {
  const [first, last] = [words[0], words.at(-1)];
  return first && last && { start: first.pos, end: last.end };
}

/** What `echo` prints: dash takes what follows a backslash, bash doesn't; undefined for what differs between them. */
function echoed(texts: readonly string[], shell: Shell): string | undefined {
  const words = texts[0] === "-n" ? texts.slice(1) : texts;
  const text = words.join(" ");
  if (/^-[enE]+$/u.test(words[0] ?? "")) return undefined;
  return shell === "bash" ? text : unescaped(text);
}

/** What `printf` prints, where its format has nothing but texts to fill in. */
function formatted([format = "", ...texts]: readonly string[]): string | undefined {
  const whole = unescaped(format);
  if (whole === undefined || /%(?![s%])/u.test(whole)) return undefined;
  const takes = whole.match(/%s/gu)?.length ?? 0;
  let printed = "";
  let next = 0;
  do {
    printed += whole.replaceAll(/%([s%])/gu, (_, kind: string) => {
      if (kind === "%") return "%";
      next += 1;
      return texts[next - 1] ?? "";
    });
  } while (takes > 0 && next < texts.length);
  return printed;
}

function unescaped(text: string): string | undefined {
  if (/\\(?![nt\\])/u.test(text)) return undefined;
  return text.replaceAll(/\\([nt\\])/gu, (_, letter: string) =>
    letter === "n" ? "\n" : letter === "t" ? "\t" : "\\",
  );
}

function bodyRange({ body, delimiter }: HereDoc, context: WordContext): TextRange {
  const { pos: start, end, text, parts } = body;
  const isPlain = (parts ?? []).every(({ type }) => type === "Literal") && !text.includes("\\");
  if (delimiter?.quoted === true || isPlain) return { start, end, verbatim: true };
  // Without an expansion, a backslash is all that the shell takes out of it.
  const handed =
    parts === undefined ? text.replaceAll(/\\(?:\n|([$`\\]))/gu, "$1") : handedText(parts, context);
  return { start, end, verbatim: false, ...(handed === undefined ? {} : { text: handed }) };
}

/** The text in the quotes of a word, when it is all in one pair of them. */
export function quotedRange(word: Word): TextRange {
  const [only, second] = word.parts ?? [];
  if (only === undefined)
    return { start: word.pos, end: word.end, verbatim: word.text === word.value };
  if (second !== undefined) return { start: word.pos, end: word.end, verbatim: false };
  const inside = { start: only.pos + 1, end: only.end - 1 };
  if (only.type === "SingleQuoted") return { ...inside, verbatim: true };
  if (only.type !== "DoubleQuoted") return { start: word.pos, end: word.end, verbatim: false };
  const verbatim = !only.text.includes("\\") && only.parts.every((part) => part.type === "Literal");
  return { ...inside, verbatim };
}

/** A word whose text is a script, as it is written or as it is known. */
export function knownRange(word: Word, context: WordContext): TextRange {
  const range = quotedRange(word);
  const [only, second] = word.parts ?? [];
  const isQuoted = only?.type === "DoubleQuoted" && second === undefined;
  const text = range.verbatim
    ? undefined
    : (likelyText(word) ?? (isQuoted ? handedText(only.parts, context) : undefined));
  return text === undefined ? range : { ...range, text };
}

/** The text in a range of the script that is followed, and whether all of it is known. */
export function textAt(
  { start, end, verbatim, text }: TextRange,
  { base, file, place, source }: Scope,
): { readonly text: TextHere; readonly isKnown: boolean } {
  const known = verbatim ? undefined : text;
  const own = place ?? (known === undefined ? undefined : { start: base + start, end: base + end });
  return {
    text: {
      file,
      source: known ?? source.slice(start, end),
      base: base + start,
      ...(own === undefined ? {} : { place: own }),
    },
    isKnown: verbatim || text !== undefined,
  };
}
