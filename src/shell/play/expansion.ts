import type {
  DoubleQuotedChild,
  ParameterExpansionPart,
  ParsedScript,
  Word,
  WordPart,
} from "unbash";
import { guardKind } from "../evaluate/world.ts";
import { calculationOf } from "./arithmetic.ts";
import { anotherBranch, type Play } from "./decisions.ts";
import { ShellEnd } from "./ending.ts";
import { type TextPattern, textPatternOf, without } from "./pattern.ts";
import type { PlayedShell } from "./shell-state.ts";
import { isKnown, severalWords, unknownText } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** What words are expanded with. */
export interface Expander {
  readonly play: Play;
  readonly shell: PlayedShell;
  /** What `$( … )` prints. */
  printed(script: ParsedScript): string;
}

/** The words that a word of a command becomes, none among them. */
export function fields(word: Word, from: Expander): readonly string[] {
  if (word.parts === undefined) return [word.value];
  const all: string[] = [];
  let current: string | undefined;
  const add = (text: string) => {
    current = (current ?? "") + text;
  };
  const next = () => {
    if (current !== undefined) all.push(current);
    current = undefined;
  };
  for (const part of word.parts)
    if (isAllParameters(part)) {
      for (const [index, parameter] of from.shell.parameters.entries()) {
        if (index > 0) next();
        add(parameter);
      }
    } else if (part.type === "Glob") add(severalWords(part.text));
    else if (isExpansion(part)) {
      const pieces = split(partText(part, from));
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) next();
        if (piece !== "") add(piece);
      }
    } else add(partText(part, from));
  next();
  return all;
}

/** The text of a word where nothing is split: behind `NAME=`, in `case`, as the target of a redirection. */
export function unsplitText(word: Word, from: Expander): string {
  return word.parts === undefined ? word.value : partsText(word.parts, from);
}

/** The text of parts of a word, such as those of a here-document. */
export function partsText(parts: readonly WordPart[], from: Expander): string {
  return parts.map((part) => partText(part, from)).join("");
}

/** The pattern that a word is. */
export function patternIn(word: Word, from: Expander): TextPattern {
  const parts: readonly WordPart[] | undefined = word.parts;
  if (parts === undefined) return word.value === "" ? [] : [word.value];
  return parts.flatMap((part): TextPattern => {
    if (part.type === "Glob" && part.kind !== "bracket")
      return [{ any: part.kind === "star" ? "text" : "character" }];
    const text = partText(part, from);
    if (!isExpansion(part)) return text === "" ? [] : [text];
    const pattern = isKnown(text) ? textPatternOf(text) : [text];
    if (pattern === undefined) throw new Unplayable(`${part.text} is a pattern with brackets`);
    return pattern;
  });
}

/** `"$@"` */
function isAllParameters(part: WordPart): boolean {
  if (part.type !== "DoubleQuoted") return false;
  const [only, second] = part.parts;
  return (
    second === undefined &&
    (only?.text === "$@" || (only?.type === "ParameterExpansion" && only.parameter === "@"))
  );
}

function isExpansion({ type }: WordPart): boolean {
  return (
    type === "SimpleExpansion" ||
    type === "ParameterExpansion" ||
    type === "CommandExpansion" ||
    type === "ArithmeticExpansion"
  );
}

/** What an expansion without quotes becomes, at blanks; blanks in front or behind leave an empty piece there. */
function split(text: string): readonly string[] {
  if (!isKnown(text)) return [severalWords(text)];
  return text
    .split(/[ \t\n]+/u)
    .map((piece) => (/[*?[]/u.test(piece) ? severalWords(piece) : piece));
}

function partText(part: WordPart | DoubleQuotedChild, from: Expander): string {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return part.value;
    case "Glob":
      return part.text;
    case "DoubleQuoted":
      if (part.parts.length > 1 && part.parts.some(({ text }) => text === "$@"))
        throw new Unplayable('it has "$@" in a longer word');
      return partsText(part.parts, from);
    case "SimpleExpansion":
      return given(part.text.slice(1), from);
    case "ParameterExpansion":
      return parameterText(part, from);
    case "CommandExpansion":
      if (part.script === undefined) throw new Unplayable(`${part.text} can't be read`);
      return from.printed(part.script);
    case "ArithmeticExpansion":
      return calculationOf(part, (name) => value(name, from) ?? "");
    default:
      throw new Unplayable(`${part.text} is none of dash's expansions`);
  }
}

/** The value of a parameter; under `set -u`, one that isn't set ends the shell. */
function given(name: string, from: Expander): string {
  const found = value(name, from);
  if (found === undefined && from.shell.nounset) throw new ShellEnd(2);
  return found ?? "";
}

/** The value of a variable or a special parameter; undefined when it isn't set. */
function value(name: string, { shell, play }: Expander): string | undefined {
  if (name === "?") {
    play.decides();
    return String(shell.status);
  }
  if (name === "#") return String(shell.parameters.length);
  if (name === "@" || name === "*") return shell.parameters.join(" ");
  if (name === "0" || name === "$" || name === "!") return unknownText(`$${name}`);
  if (/^\d+$/u.test(name)) return shell.parameters[Number(name) - 1];
  if (name === "-") throw new Unplayable("it asks for the options that are set");
  const set = shell.variable(name);
  if (set !== undefined) return set ?? undefined;
  const kind = guardKind(name);
  if (kind !== undefined) return play.environment(kind);
  return play.isDenied(isSet(name)) ? undefined : unknownText(`$${name}`);
}

/** The question whether a variable has a value that isn't empty. */
export function isSet(name: string): string {
  return `${name} is set`;
}

/** As `value`; that of a variable of the environment exists or doesn't as the play says. */
function tested(name: string, from: Expander): string | undefined {
  const found = value(name, from);
  if (found !== unknownText(`$${name}`)) return found;
  return from.play.holds(isSet(name)) ? found : undefined;
}

function parameterText(part: ParameterExpansionPart, from: Expander): string {
  const { parameter, prefix, index, operation, text } = part;
  if (index !== undefined || prefix === "!") throw new Unplayable(`dash doesn't know ${text}`);
  if (prefix === "#") {
    const measured = given(parameter, from);
    return isKnown(measured) ? String(measured.length) : unknownText(`length of ${measured}`);
  }
  if (operation === undefined) return given(parameter, from);
  if (operation.type === "Remove") {
    const pattern = patternIn(operation.operand, from);
    const whole = given(parameter, from);
    if (whole.includes(anotherBranch))
      throw new Unplayable(`it can't be seen for which branches ${text} is the same`);
    const { operator } = operation;
    const longest = operator.length === 2;
    const rest = without(whole, pattern, { end: operator.startsWith("%"), longest });
    return rest ?? unknownText(`${whole}${operator}${operation.operand.text}`);
  }
  if (operation.type !== "Default") throw new Unplayable(`dash doesn't know ${text}`);
  const { operator, operand } = operation;
  const current = tested(parameter, from);
  const usable = current !== undefined && (current !== "" || !operator.startsWith(":"));
  if (operator.endsWith("+")) return usable ? unsplitText(operand, from) : "";
  if (usable) return current;
  if (operator.endsWith("?")) throw new ShellEnd(2);
  const instead = unsplitText(operand, from);
  if (operator.endsWith("=")) from.shell.set(parameter, instead);
  return instead;
}
