import type { CommandNode, DoubleQuotedChild, Script, SyntaxNode, Word, WordPart } from "unbash";
import { commandWords, copyOf } from "../parse/simple-command.ts";
import { eachNode } from "../parse/tree.ts";
import { listsProject } from "./steady-output.ts";
import { concatenation, isSame, sameText, unknown, type Value } from "./value.ts";
import { Variables } from "./variables.ts";
import { guardKind, isVariableAsCommand } from "./world.ts";

/** Where a word is read. */
export interface WordContext {
  readonly variables: Variables;
}

const nothing = sameText("");

/** A word written out with what it most likely says, as `platform` for `${CLI:-platform}`: to look there, not to decide by. */
interface GuessedWord extends Word {
  readonly guess: {
    /** What is known of it. */
    readonly holds: Value;
    /** Whether it may be several words or none. */
    readonly isOpen: boolean;
  };
}

/** Whether a word only most likely says what is written in it. */
export function isGuessed(word: Word): word is GuessedWord {
  return "guess" in word;
}

/** What a word of a command stands for. */
export function wordValue(word: Word, { variables }: WordContext): Value {
  if (isGuessed(word)) return word.guess.holds;
  const { parts } = word;
  if (parts === undefined) return sameText(word.value);
  let value: Value = nothing;
  let quoted = false;
  for (const part of parts) {
    const next = partValue(part, variables);
    if (part.type === "DoubleQuoted" || part.type === "SingleQuoted") quoted = true;
    const own = isExpansion(part) ? unsplit(next) : next;
    value = value === nothing ? own : concatenation(value, own);
  }
  if (value.kind === "unknown") return value;
  return { ...value, vanishes: !quoted && value.text === "" };
}

/** What a word on the right of `NAME=` stands for; there, nothing is split. */
export function assignedValue(word: Word, { variables }: WordContext): Value {
  if (word.parts === undefined) return sameText(word.value);
  const value = word.parts
    .map((part) => partValue(part, variables))
    .reduce(concatenation, sameText(""));
  return value.kind === "unknown" ? value : { ...value, glob: false };
}

/** The words as the program gets them, where an expansion has a known text that is the same everywhere. */
export function expandWords(words: readonly Word[], context: WordContext): readonly Word[] {
  if (!words.some(isExpanded)) return words;
  const isTest = words[0]?.text === "[" || words[0]?.text === "test";
  return words.flatMap((word) => {
    if (!isExpanded(word)) return [word];
    const value = assignedValue(word, context);
    if (value.kind === "unknown" && value.program !== undefined && !isTest)
      return pieces(word, value.program, value);
    if (value.kind === "unknown" || value.from !== undefined || value.mistaken !== undefined)
      return [word];
    return pieces(word, value.text);
  });
}

/**
 * A word once for each of the words that its text falls into.
 *
 * @param holds what is known of it, where the text is only the likeliest
 */
function pieces(word: Word, content: string, holds?: Value): readonly Word[] {
  const isSplit = word.parts?.some((part) => isExpansion(part) || part.type === "CommandExpansion");
  const texts = isSplit ? content.split(/\s+/u).filter((piece) => piece !== "") : [content];
  const { parts: _read, ...plain } = copyOf(word);
  const passed = "passed" in word ? { passed: word.passed } : {};
  const guess = holds === undefined ? {} : { guess: { holds, isOpen: isSplit === true } };
  return texts.map((value) => ({ ...plain, ...passed, ...guess, value }));
}

function isExpanded({ parts }: Word): boolean {
  return parts?.some(hasExpansion) === true;
}

function hasExpansion(part: WordPart): boolean {
  return (
    isExpansion(part) ||
    part.type === "CommandExpansion" ||
    (part.type === "DoubleQuoted" && part.parts.some(hasExpansion))
  );
}

/** The word's text when it is the same everywhere and has no pattern in it. */
export function fixedText(word: Word): string | undefined {
  const value = wordValue(word, nowhere);
  return value.kind === "text" && !value.glob ? value.text : undefined;
}

/** The same, or the text that it most likely has. */
export function likelyText(word: Word): string | undefined {
  return isGuessed(word) ? word.value : fixedText(word);
}

/** Where nothing is known of any variable. */
export const nowhere: WordContext = {
  variables: new Variables({ branch: undefined, type: undefined }),
};
nowhere.variables.lose();

function isExpansion({ type }: WordPart): boolean {
  return type === "SimpleExpansion" || type === "ParameterExpansion";
}

/** What the words of a command and of its redirections stand for; none of anything else. */
export function valuesIn(node: SyntaxNode, context: WordContext): readonly Value[] {
  if (node.type !== "Command") return [];
  const targets = node.redirects.flatMap((each) =>
    each.type === "Redirect" && each.target !== undefined ? [each.target] : [],
  );
  const words = saying.has(node.name?.text ?? "") ? [] : commandWords(node);
  return [...words, ...targets].map((word) => assignedValue(word, context));
}

/** The variables that a node expands. */
export function variablesIn(node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  eachNode(node, (each) => {
    if (each.type === "SimpleExpansion") names.add(each.text.replace(/^\$\{?|\}$/gu, ""));
    if (each.type === "ParameterExpansion") names.add(each.parameter);
  });
  return names;
}

/** Commands whose end has nothing to do with what they say. */
const saying = new Set(["echo", "printf"]);

/** An expansion without quotes is split at blanks, and its patterns are looked for among files. */
function unsplit(value: Value): Value {
  return value.kind === "text" && /[\s*?[]/u.test(value.text)
    ? { kind: "unknown", same: isSame(value) }
    : value;
}

/** What a part of a word stands for. */
export function partValue(part: WordPart, variables: Variables): Value {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return sameText(part.value);
    case "DoubleQuoted":
      return part.parts
        .map((child: DoubleQuotedChild) => partValue(child, variables))
        .reduce((a, b) => (a === nothing ? b : concatenation(a, b)), nothing);
    case "Glob":
      return { ...sameText(part.text), glob: true };
    case "SimpleExpansion":
      return variables.value(part.text.replace(/^\$\{?|\}$/gu, ""));
    case "ParameterExpansion": {
      const { operation, prefix, index, parameter } = part;
      if (prefix !== undefined || index !== undefined) return unknown;
      if (operation === undefined) return variables.value(parameter);
      if (operation.type !== "Default") return unknown;
      const fallback = wordValue(operation.operand, { variables });
      if (operation.operator === ":+") return alternative(variables.value(parameter), fallback);
      if (operation.operator !== "-" && operation.operator !== ":-") return unknown;
      const value = variables.value(parameter, fallback);
      // Nobody sets the variable, as far as the script says.
      if (value.kind === "unknown" && fallback.kind === "text" && fallback.text !== "")
        return { program: fallback.text, ...value };
      const empty = value.kind === "text" && value.text === "" && operation.operator === ":-";
      return empty && value.mistaken === undefined ? fallback : value;
    }
    case "CommandExpansion":
      if (isVariableAsCommand(part.text)) return { ...sameText(""), mistaken: part.text };
      return (
        ownFolder(part.text, variables) ??
        echoed(pipeOf(part.script), variables) ?? {
          kind: "unknown",
          same: steadyOutput.test(part.text) || listsProject(pipeOf(part.script)),
          ...programFound(part.text),
        }
      );
    default:
      return unknown;
  }
}

/** What `$(echo "$NAME")` comes to. */
function echoed([only, second]: readonly CommandNode[], variables: Variables): Value | undefined {
  if (only?.type !== "Command" || second !== undefined || only.name?.value !== "echo")
    return undefined;
  const [word, other] = only.args;
  const isPlain = only.redirects.length === 0 && only.prefix.length === 0;
  if (!isPlain || word?.type !== "Word" || other !== undefined) return undefined;
  const value = wordValue(word, { variables });
  const isSaid = value.kind === "text" && !value.glob && !/^-|[\\\s]/u.test(value.text);
  return isSaid ? { ...value, vanishes: false } : undefined;
}

/** The commands of a script that is one pipe. */
function pipeOf(script: Script | undefined): readonly CommandNode[] {
  const [only, second] = script?.commands ?? [];
  if (only === undefined || second !== undefined) return [];
  const { command } = only;
  if (command.type === "Pipeline") return command.prefixes.length > 0 ? [] : command.commands;
  return command.type === "AndOr" ? [] : [command];
}

/** What `${NAME:+word}` stands for: the word, wherever the variable holds anything. */
function alternative(value: Value, word: Value): Value {
  if (value.kind === "text") return value.text === "" ? value : word;
  if (value.machineName === true) return word;
  return { kind: "unknown", same: isSame(value) && isSame(word) };
}

/** Whether a fact about the environment decides on a word without being in it: `${PLATFORM_BRANCH:+word}`. */
export function hidesEnvironment({ parts }: Word): boolean {
  return parts?.some(isAlternative) === true;
}

function isAlternative(part: WordPart): boolean {
  if (part.type === "DoubleQuoted") return part.parts.some(isAlternative);
  return (
    part.type === "ParameterExpansion" &&
    part.operation?.type === "Default" &&
    part.operation.operator === ":+" &&
    guardKind(part.parameter) !== undefined
  );
}

const steadyOutput = /^(?:\$\(|`)\s*(?:date|command\s+-v|which)\b[^;|&$]*[)`]$/u;

/** The folder of the script that runs, where that is one of the repository: `$(dirname "$0")`, also with `cd` and `pwd`. */
function ownFolder(text: string, variables: Variables): Value | undefined {
  const [, bare, behindCd] = folderOfScript.exec(text) ?? [];
  const name = bare ?? behindCd;
  const path = name && variables.value(name);
  if (!path || path.kind === "unknown") return undefined;
  const end = path.text.lastIndexOf("/");
  return sameText(end === -1 ? "." : path.text.slice(0, end));
}

const ownPath = String.raw`"?\$\{?(0|BASH_SOURCE)(?:\[0\])?\}?"?`;
const linked = String.raw`(?:"?\$\(\s*(?:realpath|readlink\s+-f)\s+(?:--\s+)?)?${ownPath}(?:\s*\)"?)?`;
const itsFolder = String.raw`"?\$\(\s*dirname\s+(?:--\s+)?${linked}\s*\)"?`;
const folderOfScript = new RegExp(
  String.raw`^(?:${itsFolder}|\$\(\s*cd\s+(?:-P\s+)?(?:--\s+)?${itsFolder}[^;&|)]*(?:&&|;)\s*pwd(?:\s+-P)?\s*\))$`,
  "u",
);

/** What `$(command -v platform)` finds, also where its errors are not to be seen. */
function programFound(text: string): { readonly program?: string } {
  const [, program] =
    /^(?:\$\(|`)\s*(?:command\s+-v|which|type\s+-p)\s+([\w./-]+)\s*(?:2>\s*\/dev\/null\s*)?(?:\|\|[^)`]*)?[)`]$/u.exec(
      text,
    ) ?? [];
  return program === undefined ? {} : { program };
}
