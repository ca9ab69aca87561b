import type { SyntaxNode, Word } from "unbash";
import { copyOf } from "../parse/simple-command.ts";
import { eachNode } from "../parse/tree.ts";
import type { Arguments, PassedWord, Scope } from "./scope.ts";
import { sameText, unknown } from "./value.ts";
import type { Variables } from "./variables.ts";
import { expandWords, wordValue } from "./word.ts";

/** The words of a command as arguments of what it calls. */
export function passedOn(
  words: readonly Word[],
  { pos: start, end }: { readonly pos: number; readonly end: number },
  { base, file, source, state }: Scope,
): readonly PassedWord[] {
  return words.map((word) => {
    if (isPassed(word)) return word;
    const passed = { start, end, origin: { base, file, source }, holds: wordValue(word, state) };
    return { ...copyOf(word), passed };
  });
}

function isPassed(word: Word): word is PassedWord {
  return "passed" in word;
}

/** The words of a command as the program gets them, with the arguments in the place of `"$@"`. */
export function wordsFor(words: readonly Word[], { args, state }: Scope): readonly Word[] {
  const spread = words.flatMap((word): readonly Word[] => {
    const isQuoted = /^"\$(?:@|\{@\})"$/u.test(word.text);
    if (!isQuoted && !/^\$(?:[@*]|\{[@*]\})$/u.test(word.text)) return [word];
    const known = args.words?.every(({ value }) => isQuoted || !/\s/u.test(value));
    return known === true && args.words !== undefined
      ? args.words.map((each) => ({ ...each, through: word }))
      : [word];
  });
  return expandWords(spread, state);
}

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

function mayBeSeveral({ text, parts = [], passed: { holds } }: PassedWord): boolean {
  const isOpen = parts.some(({ type }) => !/(?:Quoted|Literal)$/u.test(type));
  const isOne = holds.kind === "text" && !holds.vanishes && !holds.glob;
  return /\$\{?@/u.test(text) || (isOpen && !isOne);
}

/** What `shift` and `set -- …` do to the arguments. */
export function changeArguments(words: readonly Word[], path: number, scope: Scope): void {
  const [first, second, ...rest] = words;
  const isShift = first?.value === "shift";
  if (path === 0 || (!isShift && (first?.value !== "set" || second?.value !== "--"))) return;
  const { args, state } = scope;
  const count = Number(second?.value ?? 1);
  if (path < 3) args.words = undefined;
  else if (!isShift)
    args.words = passedOn(rest, { pos: first.pos, end: rest.at(-1)?.end ?? first.end }, scope);
  else
    args.words =
      Number.isInteger(count) && count <= (args.words?.length ?? 0)
        ? args.words?.slice(count)
        : undefined;
  bind(state.variables, args);
}

/** Forgets the arguments where a loop may have moved them. */
export function forgetArguments(loop: SyntaxNode, { args, state }: Scope): void {
  let isMoved = false;
  eachNode(loop, (node) => {
    if (node.type === "Command" && /^(?:shift|set)$/u.test(node.name?.text ?? "")) isMoved = true;
  });
  if (!isMoved) return;
  args.words = undefined;
  bind(state.variables, args);
}
