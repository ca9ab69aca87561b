import type { Word } from "unbash";
import { cliCall } from "../cli-call.ts";
import { fixedText } from "../evaluate/word.ts";
import { namesToken, type Secrets, type Shown, together, tokenNames } from "./secrets.ts";

/** A program as it is started: its name, its arguments, and what comes in on its standard input. */
export interface ProgramStart {
  readonly program: string;
  readonly words: readonly Word[];
  readonly input: Shown;
}

/** What a program writes to its standard output, as far as it is known; what isn't known shows nothing. */
export function programOutput({ program, words, input }: ProgramStart, secrets: Secrets): Shown {
  const rest = words.slice(1);
  const options = rest.filter(({ value }) => value.startsWith("-"));
  const operands = rest.filter(({ value }) => !value.startsWith("-"));
  switch (program) {
    case "echo":
      return secrets.words(rest);
    case "printf":
      return options[0]?.value === "-v" ? "nothing" : secrets.words(rest);
    case "printenv":
      return operands.length === 0
        ? secrets.environment
        : together(operands.map(({ value }) => secrets.variable(value)));
    case "env":
      return envPrints(rest) ? secrets.environment : "nothing";
    case "set":
      return rest.length === 0 ? secrets.environment : "nothing";
    case "export":
    case "declare":
    case "typeset":
      return operands.length === 0 && options.every(({ value }) => /^-[px]+$/u.test(value))
        ? secrets.environment
        : "nothing";
    case "grep":
    case "egrep":
    case "fgrep":
      return foundBy(rest, together([input, ...operands.slice(1).map(fileIn(secrets))]));
    case "sed":
      return addsOnly(operands[0]) ? input : "nothing";
    case "cut":
      // Of `NAME=value` the first field is the name alone.
      return "nothing";
    default:
      if (passing.has(program)) return together([input, ...operands.map(fileIn(secrets))]);
      return printedByCode(program, rest, secrets) ?? accessToken(words);
  }
}

/** Programs that write what they read, in another order or form. */
const passing = new Set(
  "base64 cat column expand fold head less more nl od rev sort tac tail tee tr uniq xxd".split(" "),
);

function fileIn(secrets: Secrets) {
  return (word: Word): Shown =>
    together([secrets.file(word.value), secrets.words(isSubstitution(word) ? [word] : [])]);
}

function isSubstitution({ parts = [] }: Word): boolean {
  return parts[0]?.type === "ProcessSubstitution";
}

/** `env` without a program prints all variables, unless it has none (`-i`) or goes without the token (`-u`). */
function envPrints(rest: readonly Word[]): boolean {
  return rest.every(
    ({ text, value }, index) =>
      (/^(?:-0|--null)$/u.test(value) ||
        /^[A-Za-z_]\w*=/u.test(text) ||
        /^(?:-u|--unset)$/u.test(value) ||
        /^(?:-u|--unset)$/u.test(rest[index - 1]?.value ?? "")) &&
      !namesToken(value),
  );
}

/** What `grep` lets through: of all variables, only a line that the pattern fits. */
function foundBy(rest: readonly Word[], input: Shown): Shown {
  const letters = rest
    .filter(({ value }) => /^-[a-zA-Z]+$/u.test(value))
    .map(({ value }) => value)
    .join("");
  const long = new Set(rest.map(({ value }) => value));
  const has = (letter: string, name: string) => letters.includes(letter) || long.has(name);
  const isSilent =
    has("q", "--quiet") || has("c", "--count") || has("l", "--files-with-matches") || has("L", "");
  if (isSilent || input === "nothing") return "nothing";
  if (input === "token") return "token";
  const [pattern] = rest.filter(({ value }) => !value.startsWith("-"));
  const lines = linePattern(pattern, has("i", "--ignore-case"));
  if (lines === undefined) return "nothing";
  const inverted = has("v", "--invert-match");
  const shows = tokenNames.some((name) => {
    const [match] = lines.exec(`${name}=${sample}`) ?? [];
    if (inverted) return match === undefined;
    return match !== undefined && (!has("o", "--only-matching") || match.includes(sample));
  });
  return shows ? "token" : "nothing";
}

const sample = "abcdefghij0123456789";

/** The pattern, where it is one that can be told without much ado. */
function linePattern(word: Word | undefined, ignoresCase: boolean): RegExp | undefined {
  const text = word && fixedText(word);
  if (text === undefined || !/^\^?(?:[\w =-]|\.\*?|\\?\|)*\$?$/u.test(text)) return undefined;
  return new RegExp(text.replaceAll("\\|", "|"), ignoresCase ? "iu" : "u");
}

/** Whether a `sed` only puts something in front of each line or behind it. */
function addsOnly(script: Word | undefined): boolean {
  return script !== undefined && /^s(.)[\^$]\1[^\n]*\1g?$/u.test(script.value);
}

const interpreters = /^(?:php[\d.]*|node|python[\d.]*|perl|ruby|[gm]?awk)$/u;
const prints = /\b(?:echo|print\w*|puts|say|var_dump|var_export|console\.\w+|write|phpinfo)\b/u;
const environments =
  /\bgetenv\(\)|\$_(?:ENV|SERVER)\b(?!\[)|\bprocess\.env\b(?![.[])|\bos\.environ\b(?![.[])|%ENV\b|\bENV\.(?:each|to_h|inspect)|\bphpinfo\b/u;

/** What code that stands on the command line prints; undefined for a program that is no interpreter. */
function printedByCode(
  program: string,
  rest: readonly Word[],
  secrets: Secrets,
): Shown | undefined {
  if (!interpreters.test(program)) return undefined;
  if (program.startsWith("php") && rest[0]?.value === "-i") return secrets.environment;
  const option = rest.findIndex(({ value }) => /^-(?:[repcE]|-eval|-print)$/u.test(value));
  const code = (program.endsWith("awk") ? rest[0] : rest[option + 1])?.value ?? "";
  const isPrinted = rest[option]?.value.startsWith("-p") === true && program === "node";
  if (!isPrinted && rest[option]?.value !== "--print" && !prints.test(code)) return "nothing";
  if (namesToken(code)) return "token";
  return environments.test(code) ? secrets.environment : "nothing";
}

/** The CLI's own access token is as good as the API token, for a quarter of an hour. */
function accessToken(words: readonly Word[]): Shown {
  return cliCall(words)?.name === "auth:token" ? "token" : "nothing";
}

/** What a program writes to its standard error of what it was given. */
export function tracedBy({ program, words }: ProgramStart, secrets: Secrets): Shown {
  const isTracing = words.some(({ value }) =>
    /^(?:-[a-zA-Z]*v[a-zA-Z]*|--verbose|--trace(?:-ascii)?)$/u.test(value),
  );
  return program === "curl" && isTracing ? secrets.words(words) : "nothing";
}
