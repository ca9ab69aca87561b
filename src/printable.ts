import { stripVTControlCharacters } from "node:util";

/**
 * Text from the API or from a file, made safe to show: terminal sequences, control characters (C0, DEL, C1) and what is
 * invisible, as it reorders a line or has no width, are removed; a tab becomes two spaces, a line end a space. Joiners and
 * variation selectors stay inside emoji and between letters, where scripts need them.
 */
export function printable(text: string): string {
  return printableLines(text).join(" ");
}

/** As `printable`, with the lines kept apart. */
export function printableLines(text: string): string[] {
  if (plain.test(text)) return [text];
  if (harmless.test(text)) return linesOf(text);
  const { unprintable, invisible } = unicodeForms();
  return linesOf(stripVTControlCharacters(text)).map((line) =>
    line.replace(unprintable, "").replace(invisible, "$1"),
  );
}

function linesOf(text: string): string[] {
  return text.replaceAll("\t", "  ").split(/\r\n|[\n\r\u2028\u2029]/u);
}

/** Nothing but printable ASCII, as most texts are. */
const plain = /^[ -~]*$/u;

/**
 * Also lines and tabs, Latin letters, and the program's own quotes and marks: what most other texts are of. The soft
 * hyphen, and what is invisible between U+2000 and U+2070, is left out.
 */
const harmless =
  /^[\t\n\r -~\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2029\u2030-\u205F\u2190-\u21FF\u2500-\u25FF\u2700-\u27BF]*$/u;

interface UnicodeForms {
  /** General category Cc of Unicode 16, and the Bidi_Control characters. */
  readonly unprintable: RegExp;
  /**
   * What has no width (the Default_Ignorable_Code_Points of Unicode 16); as $1 what of it is kept: a joiner between
   * letters or parts of an emoji, and one variation selector behind a sign.
   */
  readonly invisible: RegExp;
}

let knownForms: UnicodeForms | undefined;

/** Made for the first text that needs it: that takes a millisecond and a half, and most runs have no such text. */
function unicodeForms(): UnicodeForms {
  knownForms ??= {
    unprintable: /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu,
    invisible:
      /((?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D](?=[\p{L}\p{Extended_Pictographic}])|(?<=[\p{L}\p{N}\p{P}\p{S}])[\uFE00-\uFE0F\u{E0100}-\u{E01EF}])|\p{Default_Ignorable_Code_Point}/gu,
  };
  return knownForms;
}

/**
 * A line for people in which no CI system finds an order: GitHub obeys lines that begin with `::` and `##[` wherever it
 * stands, Azure `##vso[`, TeamCity `##teamcity[`. They are broken by a space.
 */
export function logLine(line: string): string {
  return line.replace(/^(\s*):(?=:)/u, "$1: ").replace(/#(?=#\w*\[)/gu, "# ");
}

/**
 * Whether the locale that the environment names has no more than ASCII for sure: C, POSIX or an older character set. A
 * terminal whose locale isn't named at all is taken for one of today.
 */
export function isAsciiLocale(env: NodeJS.ProcessEnv): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return locale !== "" && !/utf-?8/iu.test(locale);
}

/** The marks, lines and quotes of the program's own texts, each with an ASCII character as wide as itself. */
const asciiMarks: Readonly<Record<string, string>> = {
  "✔": "*",
  "✖": "x",
  "▲": "!",
  "❯": ">",
  "·": "-",
  "•": "*",
  "–": "-",
  "—": "-",
  "…": "~",
  "↑": "^",
  "↓": "v",
  "←": "<",
  "→": ">",
  "↩": "<",
  "▏": "_",
  "─": "-",
  "│": "|",
  "“": '"',
  "”": '"',
  "⠋": "|",
  "⠙": "/",
  "⠹": "-",
  "⠸": "\\",
  "⠼": "|",
  "⠴": "/",
  "⠦": "-",
  "⠧": "\\",
  "⠇": "|",
  "⠏": "/",
};

const anyMark = `[${Object.keys(asciiMarks).join("")}]`;
const inWord = "[\\p{L}\\p{M}\\p{N}]";

let knownOwnMark: RegExp | undefined;

/**
 * A mark of ours: one in the middle of a word is a part of somebody's name, as in col·lecció or a–b. It is made when it
 * is used, as V8 reads the classes of letters when it makes it.
 */
function ownMark(): RegExp {
  knownOwnMark ??= new RegExp(`(?<!${inWord})${anyMark}|${anyMark}(?!${inWord})`, "gu");
  return knownOwnMark;
}

/**
 * The text with ASCII in the place of each mark of the program's own. What stands within a word stays, as do the letters
 * of any script; a mark beside a name, which a finished line doesn't tell apart, is replaced whoever put it there.
 */
export function withAsciiMarks(text: string): string {
  return text.replace(ownMark(), (mark) => asciiMarks[mark] ?? mark);
}
