import type { Word } from "unbash";
import { fixedText } from "../evaluate/word.ts";
import { type TokenExposure, tokenNames } from "./secrets.ts";

/** What `grep` lets through: of all variables, only a line that the pattern fits. */
export function foundBy(
  program: string,
  rest: readonly Word[],
  input: TokenExposure,
): TokenExposure {
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
  const extended =
    program === "egrep" || has("E", "--extended-regexp") || has("P", "--perl-regexp");
  const lines = linePattern(pattern && fixedText(pattern), {
    extended,
    ignoresCase: has("i", "--ignore-case"),
  });
  if (lines === undefined) return "nothing";
  const inverted = has("v", "--invert-match");
  const shows = tokenNames.some((name) => {
    const [match] = lines.exec(lineOf(name)) ?? [];
    if (inverted) return match === undefined;
    return match !== undefined && (!has("o", "--only-matching") || match.includes(sample));
  });
  return shows ? "token" : "nothing";
}

function lineOf(name: string): string {
  return `${name}=${sample}`;
}

const sample = "abcdefghij0123456789";

/** The pattern, where it is one that can be told without much ado. */
function linePattern(
  text: string | undefined,
  {
    extended = false,
    ignoresCase = false,
  }: { readonly extended?: boolean; readonly ignoresCase?: boolean } = {},
): RegExp | undefined {
  const form = extended
    ? /^\^?(?:[\w =-]|\.\*?|\\?\||\[[\w-]+\]|\(\w+(?:\|\w+)*\)\??)*\$?$/u
    : /^\^?(?:[\w =-]|\.\*?|\\?\||\[[\w-]+\])*\$?$/u;
  if (text === undefined || !form.test(text)) return undefined;
  return new RegExp(text.replaceAll("\\|", "|"), ignoresCase ? "iu" : "u");
}

/** Whether a pattern fits a line of all variables that has the token; undefined where that can't be told. */
function fitsToken(text: string): boolean | undefined {
  const lines = linePattern(text);
  return lines && tokenNames.some((name) => lines.test(lineOf(name)));
}

/** What `sed` lets through. What replaces more than a few letters may be there to hide the value. */
export function editedBy(rest: readonly Word[], input: TokenExposure): TokenExposure {
  if (input === "nothing") return "nothing";
  const isSilent = rest.some(({ value }) => /^-[a-zE]*n[a-zE]*$|^--(?:quiet|silent)$/u.test(value));
  const option = rest.findIndex(({ value }) => /^-[a-zE]*e$/u.test(value));
  const script =
    (rest[option + 1] && option !== -1
      ? rest[option + 1]
      : rest.find(({ value }) => !value.startsWith("-"))
    )?.value ?? "";
  const [, from, to] = /^s([^\w\s\\])(.*?)\1(.*?)\1[gip0-9]*$/u.exec(script)?.slice(1) ?? [];
  if (from !== undefined && to !== undefined)
    return isSilent || (/[*+]/u.test(from) && !/&|\\1/u.test(to)) ? "nothing" : input;
  const [, pattern, does] = /^\/(.*)\/([dp])$/u.exec(script) ?? [];
  if (pattern === undefined) return isSilent || !/^[\d,$]+d$/u.test(script) ? "nothing" : input;
  const fits = input === "token" ? undefined : fitsToken(pattern);
  if (does === "p") return !isSilent || fits === true ? input : "nothing";
  return !isSilent && fits === false ? input : "nothing";
}

/** What `cut` lets through: of `NAME=value` the first field is the name alone. */
export function cutBy(rest: readonly Word[], input: TokenExposure): TokenExposure {
  const texts = rest.map(({ value }) => value);
  const optionOf = (letter: string) => {
    const at = texts.findIndex((text) => text.startsWith(`-${letter}`));
    return at === -1 ? undefined : texts[at]?.slice(2) || texts[at + 1];
  };
  const [fields, delimiter] = [optionOf("f"), optionOf("d")];
  const letters = optionOf("c") ?? optionOf("b");
  if (letters !== undefined) return /-$|-\d{2,}$/u.test(letters) ? input : "nothing";
  if (fields === undefined) return "nothing";
  // A line without the delimiter is let through as it is.
  if (delimiter === undefined) return input;
  return delimiter === "=" && fields !== "1" ? input : "nothing";
}

/** What `awk` lets through of its input, where it is told to print in a way that is plain. */
export function pickedBy(rest: readonly Word[], input: TokenExposure): TokenExposure {
  if (input === "nothing") return "nothing";
  const texts = rest.map(({ value }) => value);
  const option = texts.findIndex((text) => text.startsWith("-F"));
  const separator = option === -1 ? undefined : texts[option]?.slice(2) || texts[option + 1];
  const code = texts.find((text, at) => !text.startsWith("-") && texts[at - 1] !== "-F") ?? "";
  const [, pattern, fields] =
    /^\s*(?:\/([^/]*)\/\s*)?\{\s*print\b\s*((?:[\s,"]|\$\d+|\$NF)*)\}\s*$/u.exec(code) ?? [];
  if (fields === undefined) return code.trim() === "1" ? input : "nothing";
  if (pattern !== undefined && fitsToken(pattern) !== true) return "nothing";
  const isName = separator === "=" && /^\$1$/u.test(fields.trim());
  return isName ? "nothing" : input;
}
