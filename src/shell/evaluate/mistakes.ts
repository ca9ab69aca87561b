import type { Word } from "unbash";
import { containerPrefixes } from "../../vendors/registry.ts";
import { type GuardTarget, guardVariables, guardVariablesOf, shellWord } from "../guard.ts";
import { isAboutEnvironment, type Judge } from "./compare.ts";
import { place, repairOf } from "./flaws.ts";
import { noteGluedNegation, noteWrappedName } from "./slips.ts";
import { fixedText, wordValue } from "./word.ts";
import { environmentTypes, guardKind, isVariableAsCommand, mayBeMachineName } from "./world.ts";

/**
 * Notes where one side of a comparison isn't what was meant: the name of a variable in place of its value, a variable
 * that says something else, a type that doesn't exist.
 *
 * @param isArm whether it is an arm of a `case`, where others may be about the machine name, and patterns are patterns
 */
export function noteComparison(left: Word, right: Word, judge: Judge, isArm = false): void {
  for (const [word, other] of [
    [left, right],
    [right, left],
  ] as const) {
    noteUnexpandedName(word, judge);
    noteNameAsCommand(word, judge);
    noteMistakenName(word, other, judge);
    noteMachineName(word, other, judge, !isArm);
    noteUnknownType(word, other, judge);
    noteImpossibleBranch(word, other, judge, isArm);
    noteTypographicQuotes(word, other, judge);
    noteGluedNegation(word, judge);
    noteWrappedName(word, other, judge);
  }
}

/** `"PLATFORM_BRANCH"` or `'$PLATFORM_BRANCH'` where its value was meant. */
function noteUnexpandedName(word: Word, judge: Judge): void {
  const text = fixedText(word);
  const variable =
    text === undefined ? undefined : /^[${}%@#<>\s]*(\w+)[{}%@#<>\s]*$/u.exec(text)?.[1];
  if (text === undefined || variable === undefined || guardKind(variable) === undefined) return;
  const isVariable = text === `$${variable}` || text === `\${${variable}}`;
  const why = !isVariable
    ? undefined
    : word.text.includes("\\")
      ? "a \\ stands before the $"
      : "it stands in single quotes";
  judge.flawed({
    says:
      text === variable
        ? `compares the name ${variable} and not its value, because the $ is missing`
        : `compares the text ${text} and not its value${why === undefined ? "" : `, because ${why}`}`,
    isGuard: true,
    ...repairOf(word, `"$${variable}"`, true),
  });
}

/** `$(PLATFORM_BRANCH)` runs a program of that name. */
function noteNameAsCommand(word: Word, judge: Judge): void {
  const written = word.text.replace(/^"|"$/gu, "");
  const variable = /\w+/u.exec(written)?.[0] ?? "";
  if (!isVariableAsCommand(written)) return;
  judge.flawed({
    says: `runs ${variable} as a program, because it stands in ${word.text.includes("`") ? "backquotes" : "parentheses"}`,
    isGuard: true,
    ...repairOf(word, `"$${variable}"`, true),
  });
}

/**
 * Notes an operand without quotes that is empty everywhere.
 *
 * @param other what it is compared with
 * @returns whether it is one
 */
export function noteEmpty(word: Word, other: Word | undefined, judge: Judge): boolean {
  const value = wordValue(word, judge);
  noteNameAsCommand(word, judge);
  noteMistakenName(word, other ?? word, judge);
  return isVariableAsCommand(word.text) || (value.kind === "text" && value.mistaken !== undefined);
}

/** `[ "$PLATFORM_BRANCH" = ma* ]`: the shell looks for files, and what it finds or not is compared letter by letter. */
export function notePattern(left: Word, operator: string, pattern: Word, judge: Judge): void {
  if (!/^!?==?$/u.test(operator) || !isAboutEnvironment(left, judge)) return;
  judge.asked();
  judge.flawed({
    says: `asks for ${pattern.text}, a pattern that is replaced by names of files: only case compares with patterns`,
    isGuard: true,
    ...place(pattern),
  });
}

/** A variable that no platform sets is empty. */
function noteMistakenName(word: Word, other: Word, judge: Judge): void {
  const value = wordValue(word, judge);
  if (value.kind !== "text" || value.mistaken === undefined) return;
  if (isVariableAsCommand(value.mistaken)) return;
  const name = value.mistaken;
  const meant = meantBy(name, fixedText(other) ?? "");
  judge.flawed({
    says: `asks for ${name}, which the platform doesn't set; ${meant} is there`,
    isGuard: true,
    ...(plainExpansion(word, name) ? repairOf(word, `"$${meant}"`, false) : place(word)),
  });
}

/** The guard variable of the same vendor that a comparison with a text is about. */
function meantBy(name: string, text: string): string {
  const prefix = containerPrefixes.find((each) => name.toUpperCase().startsWith(each));
  const { branch, type } =
    prefix === undefined ? guardVariables : guardVariablesOf({ containerPrefix: prefix });
  return environmentTypes.some((each) => each === text) ? type : branch;
}

function plainExpansion(word: Word, name: string): boolean {
  return new RegExp(`^"?\\$(?:${name}|\\{${name}(?::?-)?\\})"?$`, "u").test(word.text);
}

/** The machine name has a suffix that no branch has. */
function noteMachineName(word: Word, other: Word, judge: Judge, isSure: boolean): void {
  const value = wordValue(word, judge);
  const text = fixedText(other);
  if (value.kind !== "unknown" || value.machineName !== true) return;
  if (text === undefined || mayBeMachineName(text)) return;
  const meant = meantBy(/\w+/u.exec(word.text)?.[0] ?? "", text);
  judge.flawed({
    says: `is never true, because an environment's machine name is its branch with a suffix, as in ${text}-abc1234`,
    isGuard: true,
    ...repairOf(word, `"$${meant}"`, isSure),
  });
}

/** A type that isn't one of the three. */
function noteUnknownType(word: Word, literal: Word, judge: Judge): void {
  const value = wordValue(word, judge);
  const text = fixedText(literal);
  if (value.kind !== "text" || value.from !== "type" || value.text !== judge.world.type) return;
  if (text === undefined || text === "" || environmentTypes.some((type) => type === text)) return;
  const bare = text.replace(typographic, "").toLowerCase();
  const meant = meantTypes.find(([written]) => bare.startsWith(written))?.[1];
  judge.flawed({
    says: `asks for the environment type ${text}; the types are ${environmentTypes.join(", ")}`,
    isGuard: true,
    ...(meant === undefined ? place(literal) : repairOf(literal, meant, true)),
  });
}

const meantTypes: readonly (readonly [string, (typeof environmentTypes)[number]])[] = [
  ["prod", "production"],
  ["stag", "staging"],
  ["dev", "development"],
];

/** A name that Git allows no branch to have (git-check-ref-format(1)): `[` knows no patterns, and keeps every blank. */
function noteImpossibleBranch(word: Word, literal: Word, judge: Judge, isArm: boolean): void {
  const text = fixedText(literal);
  if (text === undefined || !impossible.test(text) || !isBranch(word, judge)) return;
  const trimmed = text.trim();
  const isName = trimmed !== "" && !impossible.test(trimmed);
  const names = text.split(/\s+/u);
  const areNames = isArm && names.length > 1 && names.every((name) => /^[\w/.-]+$/u.test(name));
  const isPattern = isArm && /^[\w/-]*[*?][\w/*?-]*$/u.test(text);
  if (isPattern && /^["']/u.test(literal.text)) {
    judge.flawed({
      says: `asks for one branch “${text}”, because a pattern is none within quotes`,
      isGuard: true,
      ...repairOf(literal, text, true),
    });
    return;
  }
  judge.flawed({
    says: `asks for the branch “${text}”, which no branch can be called`,
    isGuard: true,
    ...(isName
      ? repairOf(literal, shellWord(trimmed), true)
      : areNames
        ? repairOf(literal, names.join(" | "), true)
        : place(literal)),
  });
}

const impossible = /[\s~^:?*[\\]|\.\.|@\{|^\/|[/.]$|\/\//u;

/** `“main”`, as word processors and web pages write it: the shell takes such quotes for letters of the name. */
function noteTypographicQuotes(word: Word, literal: Word, judge: Judge): void {
  const text = fixedText(literal);
  const name = text?.replace(typographic, "");
  if (text === undefined || name === undefined || name === text || !isBranch(word, judge)) return;
  judge.flawed({
    says: `asks for ${text} with its quotes, because the shell knows only " and ' as quotes`,
    isGuard: true,
    ...(name === "" ? place(literal) : repairOf(literal, shellWord(name), true)),
  });
}

const typographic =
  /^[\u2018-\u201f\u00ab\u00bb\u2039\u203a]+|[\u2018-\u201f\u00ab\u00bb\u2039\u203a]+$/gu;

function isBranch(word: Word, judge: Judge): boolean {
  const value = wordValue(word, judge);
  return value.kind === "text" && value.from === "branch" && value.text === judge.world.branch;
}

/** `"main|master")`: in quotes, the bar is a part of the name. */
function noteQuotedBar(subject: Word, pattern: Word, judge: Judge): void {
  const text = fixedText(pattern);
  if (text === undefined || !/^["'].*["']$/u.test(pattern.text) || !text.includes("|")) return;
  if (!isBranch(subject, judge)) return;
  const names = text.split("|").map((name) => name.trim());
  const areNames = names.every((name) => name !== "" && !impossible.test(name));
  judge.flawed({
    says: `asks for one branch “${text}”, because the | stands in quotes`,
    isGuard: true,
    ...(areNames ? repairOf(pattern, names.map(shellWord).join(" | "), true) : place(pattern)),
  });
}

/** As `noteComparison`, for an arm of a `case`; its other arms may be about the machine name. */
export function noteArm(subject: Word, pattern: Word, judge: Judge): void {
  if (pattern.parts?.some(({ type }) => type === "Glob") === true) return;
  noteComparison(subject, pattern, judge, true);
  noteQuotedBar(subject, pattern, judge);
}

/** `"$PLATFORM_BRANCH" = main` without brackets: the branch's name is run as a program. */
export function noteMissingBrackets(words: readonly Word[], judge: Judge): boolean {
  const [first, operator, ...rest] = words;
  const last = rest.at(-1) ?? operator;
  if (operator === undefined || !/^(?:[!=]?=|=~)$/u.test(operator.text)) return false;
  if (first === undefined || last === undefined || !isAboutEnvironment(first, judge)) return false;
  const [only, second] = first.parts ?? [];
  if (only === undefined || second !== undefined) return false;
  const isClosed = last.text.endsWith("]");
  judge.flawed({
    says: `runs a program with the name of the ${kindOf(first, judge)}, because [ is missing`,
    isGuard: true,
    start: first.pos,
    end: last.end,
    ...(isClosed || rest.length !== 1
      ? {}
      : {
          repair: {
            start: first.pos,
            end: last.end,
            text: `[ ${first.text} ${operator.text === "!=" ? "!=" : "="} ${last.text} ]`,
            isSure: true,
          },
        }),
  });
  return true;
}

function kindOf(word: Word, judge: Judge): GuardTarget["kind"] {
  const value = wordValue(word, judge);
  return value.kind === "text" && value.from === "type" ? "type" : "branch";
}
