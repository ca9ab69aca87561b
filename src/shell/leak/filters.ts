import type { Word } from "unbash";
import { fixedText } from "../evaluate/word.ts";
import { readArguments } from "./options.ts";
import { type TokenExposure, together, tokenNames } from "./secrets.ts";

/** What is known of a file's content, by the word that names the file. */
type FileContent = (file: Word) => TokenExposure;

/** What `grep` lets through: of all variables, only a line that one of the patterns fits. */
export function foundBy(
  program: string,
  rest: readonly Word[],
  piped: TokenExposure,
  contentOf: FileContent,
): TokenExposure {
  const { operands, has, valuesOf } = readArguments(rest, {
    short: "ABCDdefm",
    long: "after-context before-context context regexp file max-count label include exclude".split(
      " ",
    ),
  });
  const given = valuesOf("e", "regexp");
  const isNamed = has("e", "regexp", "f", "file");
  const [first, ...others] = operands;
  const patterns = isNamed ? given : [first && fixedText(first)];
  const input = together([piped, ...(isNamed ? operands : others).map(contentOf)]);
  const isSilent = has(
    ...["q", "quiet", "silent", "c", "count", "l", "files-with-matches"],
    ...["L", "files-without-match"],
  );
  if (isSilent || input === "nothing") return "nothing";
  if (input === "token") return "token";
  const form = {
    extended: program === "egrep" || has("E", "extended-regexp", "P", "perl-regexp"),
    ignoresCase: has("i", "ignore-case", "y"),
  };
  const lines = patterns
    .flatMap((pattern) => pattern?.split("\n") ?? [undefined])
    .map((pattern) => linePattern(pattern, form));
  const inverted = has("v", "invert-match");
  const shows = tokenNames.some((name) => {
    const matches = lines.map((pattern) => pattern && (pattern.exec(lineOf(name))?.[0] ?? false));
    if (inverted) return matches.every((match) => match === false);
    return matches.some(
      (match) =>
        typeof match === "string" && (!has("o", "only-matching") || match.includes(sample)),
    );
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
export function editedBy(
  rest: readonly Word[],
  piped: TokenExposure,
  contentOf: FileContent,
): TokenExposure {
  const { operands, has, valuesOf } = readArguments(rest, {
    short: "efl",
    long: ["expression", "file", "line-length"],
    attached: "i",
  });
  const isNamed = has("e", "expression", "f", "file");
  const input = together([piped, ...(isNamed ? operands : operands.slice(1)).map(contentOf)]);
  if (input === "nothing") return "nothing";
  const isSilent = has("n", "quiet", "silent");
  const script = (isNamed ? valuesOf("e", "expression")[0] : operands[0]?.value) ?? "";
  const [from, to] = substitution(script) ?? [];
  if (from !== undefined && to !== undefined)
    return isSilent || (/[*+]/u.test(from) && !/&|\\1/u.test(to)) ? "nothing" : input;
  const [, pattern, does] = /^\/(.*)\/([dp])$/u.exec(script) ?? [];
  if (pattern === undefined) return isSilent || !/^[\d,$]+d$/u.test(script) ? "nothing" : input;
  const fits = input === "token" ? undefined : fitsToken(pattern);
  if (does === "p") return !isSilent || fits === true ? input : "nothing";
  return !isSilent && fits === false ? input : "nothing";
}

/** What a script of one `s` looks for, and what it puts there; undefined where the script is another one. */
function substitution(script: string): readonly [from: string, to: string] | undefined {
  const delimiter = script[1];
  if (script[0] !== "s" || delimiter === undefined || /[\w\s\\]/u.test(delimiter)) return undefined;
  const parts = [""];
  for (let at = 2; at < script.length; at++) {
    const letter = script.charAt(at);
    if (letter === delimiter) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${letter === "\\" ? script.slice(at, ++at + 1) : letter}`);
    if (parts.length > 3) return undefined;
  }
  const [from = "", to, flags] = parts;
  return to === undefined || flags === undefined || !/^[gip0-9]*$/u.test(flags)
    ? undefined
    : [from, to];
}

/** What `cut` lets through: of `NAME=value` the first field is the name alone. */
export function cutBy(
  rest: readonly Word[],
  piped: TokenExposure,
  contentOf: FileContent,
): TokenExposure {
  const { operands, has, valuesOf } = readArguments(rest, {
    short: "bcdf",
    long: ["bytes", "characters", "delimiter", "fields", "output-delimiter"],
  });
  const input = together([piped, ...operands.map(contentOf)]);
  const [letters] = valuesOf("b", "bytes", "c", "characters");
  if (letters !== undefined) return /-$|-\d{2,}$/u.test(letters) ? input : "nothing";
  const [fields] = valuesOf("f", "fields");
  if (fields === undefined) return "nothing";
  const [delimiter] = has("d", "delimiter") ? valuesOf("d", "delimiter") : ["\t"];
  if (delimiter === "=") return fields === "1" ? "nothing" : input;
  // A line without the delimiter is let through as it is, and these are in no token.
  const isInNoToken = delimiter !== undefined && /^[\s,;]$/u.test(delimiter);
  return isInNoToken && !has("s", "only-delimited") ? input : "nothing";
}

/** What `awk` lets through of its input, where it is told to print in a way that is plain. */
export function pickedBy(rest: readonly Word[], input: TokenExposure): TokenExposure {
  if (input === "nothing") return "nothing";
  const { operands, has, valuesOf } = readArguments(rest, {
    short: "Ffv",
    long: ["field-separator", "file", "assign"],
  });
  if (has("f", "file")) return "nothing";
  const [separator] = valuesOf("F", "field-separator");
  const code = (operands[0]?.value ?? "").trim();
  if (code === "1") return input;
  const [, pattern, action, fields = ""] =
    /^(?:\/([^/]*)\/\s*)?(\{\s*print\b\s*((?:[\s,]|"[^"]*"|\$\d+|\$NF)*)\})?$/u.exec(code) ?? [];
  if (pattern === undefined && action === undefined) return "nothing";
  if (pattern !== undefined && fitsToken(pattern) !== true) return "nothing";
  const isName = separator === "=" && fields.replace(/"[^"]*"/gu, "").trim() === "$1";
  return isName ? "nothing" : input;
}
