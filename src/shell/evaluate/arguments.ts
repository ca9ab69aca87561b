import type { SyntaxNode, Word } from "unbash";
import { copyOf } from "../parse/simple-command.ts";
import { eachNode } from "../parse/tree.ts";
import type { Outcome } from "./outcome.ts";
import * as outcomes from "./outcome.ts";
import type { Arguments, PassedWord, Scope } from "./scope.ts";
import { sameText, unknown } from "./value.ts";
import type { Variables } from "./variables.ts";
import { expandWords, fixedText, isGuessed, wordValue } from "./word.ts";

/** The words of a command as arguments of what it calls. */
export function passedOn(
  words: readonly Word[],
  { pos: start, end }: { readonly pos: number; readonly end: number },
  { base, file, source, state }: Scope,
): readonly PassedWord[] {
  return words.map((word) => {
    if (isPassed(word)) return word;
    const passed = { start, end, origin: { base, file, source }, holds: wordValue(word, state) };
    const guess = isGuessed(word) ? { guess: word.guess } : {};
    return { ...copyOf(word), ...guess, passed };
  });
}

function isPassed(word: Word): word is PassedWord {
  return "passed" in word;
}

/** The words of a command as the program gets them, with the arguments in the place of `"$@"`. */
export function wordsFor(words: readonly Word[], { args, state }: Scope): readonly Word[] {
  if (!words.some(({ text }) => allArguments.test(text))) return expandWords(words, state);
  const spread = words.flatMap((word): readonly Word[] => {
    if (!allArguments.test(word.text)) return [word];
    const isQuoted = word.text.startsWith('"');
    const known = args.words?.every(({ value }) => isQuoted || !/\s/u.test(value));
    return known === true && args.words !== undefined
      ? args.words.map((each) => ({ ...each, through: word }))
      : [word];
  });
  return expandWords(spread, state);
}

const allArguments = /^(?:"\$(?:@|\{@\})"|\$(?:[@*]|\{[@*]\}))$/u;

/**
 * The words of a call in one file: where the command's name is an argument that was passed on, that of the command that
 * was called with it, else the one that passes it on.
 */
export function wordsInOneFile(
  words: readonly Word[],
  scope: Scope,
): { readonly words: readonly Word[]; readonly scope: Scope } {
  const name = words.find(({ value }, index) => index > 0 && !value.startsWith("-")) ?? words[0];
  if (name === undefined || !words.some(isPassed)) return { words, scope };
  if (!isPassed(name))
    return {
      words: words.map((word) => {
        const { pos, end } = isPassed(word) ? (word.through ?? word) : word;
        return { ...copyOf(word), pos, end };
      }),
      scope,
    };
  const { start, end, origin } = name.passed;
  const first = words.findIndex(isPassed);
  return {
    words: words.map((word, index) => {
      if (isPassed(word)) return word;
      const at = index < first ? start : end;
      return { ...copyOf(word), pos: at, end: at };
    }),
    scope: { ...scope, ...origin },
  };
}

/** Gives the shell's variables `$1` to `$9` and `$#` what they stand for. */
export function bind(variables: Variables, { words }: Arguments): void {
  // An expansion without quotes may become several words or none: what stands behind it, only the shell counts.
  const open = words?.findIndex(mayBeSeveral) ?? 0;
  const isCounted = words !== undefined && open === -1;
  for (let index = 0; index < 9; index++) {
    const holds = words?.[index]?.passed.holds ?? sameText("");
    variables.set(String(index + 1), isCounted || index < open ? holds : unknown);
  }
  variables.set("#", isCounted ? sameText(String(words.length)) : unknown);
}

function mayBeSeveral(word: PassedWord): boolean {
  if (isGuessed(word)) return word.guess.isOpen;
  const {
    text,
    parts = [],
    passed: { holds },
  } = word;
  const isOpen = parts.some(({ type }) => !/(?:Quoted|Literal)$/u.test(type));
  const isOne = holds.kind === "text" && !holds.vanishes && !holds.glob;
  return /\$\{?@/u.test(text) || (isOpen && !isOne);
}

/**
 * What `shift`, `set -- …` and `getopts` do to the arguments.
 *
 * @returns how such a command ends; undefined for another, and where that can't be known
 */
export function changeArguments(
  words: readonly Word[],
  path: number,
  scope: Scope,
): Outcome | undefined {
  const [first, second, ...rest] = words;
  if (path === 0 || first === undefined) return undefined;
  if (first.value === "getopts") return nextOption(words.slice(1), path, scope);
  const isShift = first.value === "shift";
  if (!isShift && (first.value !== "set" || second?.value !== "--")) return undefined;
  const { args, state } = scope;
  const before = args.words;
  if (path < 3) args.words = undefined;
  else if (!isShift)
    args.words = passedOn(rest, { pos: first.pos, end: rest.at(-1)?.end ?? first.end }, scope);
  else args.words = shifted(args, second);
  bind(state.variables, args);
  if (!isShift) return undefined;
  return before !== undefined && args.words !== undefined ? outcomes.succeeds : undefined;
}

function shifted({ words, options }: Arguments, by: Word | undefined) {
  const isRead = by !== undefined && behindOptions.test(by.text);
  const count = isRead ? readBy(options)?.read : Number(by?.value ?? 1);
  return words !== undefined &&
    count !== undefined &&
    Number.isInteger(count) &&
    count <= words.length
    ? words.slice(count)
    : undefined;
}

/** `shift $((OPTIND - 1))` takes away what getopts has read. */
const behindOptions = /^"?\$\(\(\s*\$?\{?OPTIND\}?\s*-\s*1\s*\)\)"?$/u;

/** `getopts SPEC NAME`: the next option, its letter in the variable and its value in OPTARG (POSIX, "getopts"). */
function nextOption(
  [spec, name, other]: readonly Word[],
  path: number,
  { args, state }: Scope,
): Outcome | undefined {
  const { words } = args;
  const options = readBy(args.options);
  const known = spec === undefined ? undefined : fixedText(spec);
  const variable = name === undefined ? undefined : fixedText(name);
  const texts = words?.map(fixedText);
  if (path < 3 || other !== undefined || known === undefined || variable === undefined)
    return lost();
  if (options === undefined || texts === undefined || texts.includes(undefined)) return lost();
  const { read, within } = options;
  const word = texts[read] ?? "";
  const letter = within > 0 ? word[within] : /^-[^-]/u.test(word) ? word[1] : undefined;
  if (letter === undefined) {
    args.options = { read: read + (word === "--" ? 1 : 0), within: 0 };
    return outcomes.fails;
  }
  const at = Math.max(within, 1) + 1;
  const place = known.replace(/^:/u, "").indexOf(letter);
  const takesValue = place >= 0 && known.replace(/^:/u, "")[place + 1] === ":";
  if (place < 0 || letter === ":" || (takesValue && at >= word.length && read + 1 >= texts.length))
    return lost();
  const value = takesValue ? (at < word.length ? word.slice(at) : texts[read + 1]) : undefined;
  const isWhole = takesValue || at >= word.length;
  const isApart = takesValue && at >= word.length;
  args.options = isWhole ? { read: read + (isApart ? 2 : 1), within: 0 } : { read, within: at };
  state.variables.set(variable, sameText(letter));
  state.variables.set("OPTARG", sameText(value ?? ""));
  return outcomes.succeeds;

  function lost(): undefined {
    args.options = "unknown";
  }
}

/** What getopts has read; undefined where that isn't known. */
function readBy(options: Arguments["options"]) {
  return options === "unknown" ? undefined : (options ?? { read: 0, within: 0 });
}

/** Forgets the arguments where a loop may have moved them, and how far getopts is where it may have read some. */
export function forgetArguments(loop: SyntaxNode, { args, state }: Scope): void {
  const names = new Set<string>();
  eachNode(loop, (node) => {
    if (node.type === "Command") names.add(node.name?.text ?? "");
  });
  if (names.has("getopts")) args.options = "unknown";
  if (!names.has("shift") && !names.has("set")) return;
  args.words = undefined;
  bind(state.variables, args);
}
