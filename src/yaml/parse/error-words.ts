import type { ErrorCode, YAMLParseError } from "yaml";

/** Of a text that no reader could follow without running out of stack. */
export const tooDeeply = "It is nested too deeply to be read";
const star = "A value that starts with `*`, like the schedule `*/5 …`, needs quotes";
const colon =
  "This line is no `key: value`: the colon behind the key, or the space behind the colon, is missing";

/** What went wrong, in words that need no knowledge of the parser, by its codes. */
const reasons: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "An alias (`*name`) can have neither an anchor nor a tag",
  BAD_ALIAS: star,
  BAD_COLLECTION_TYPE: "The tag before this list or mapping doesn't fit it",
  BAD_DIRECTIVE: "A line that starts with `%` has a meaning of its own here; it isn't understood",
  BAD_DQ_ESCAPE:
    "Between double quotes a backslash has a meaning of its own; write two, or use single quotes",
  BAD_INDENT: "The indentation doesn't fit the lines before",
  BAD_PROP_ORDER: "A tag or an anchor stands in the wrong place here",
  BAD_SCALAR_START: "A value can't start with this character; it needs quotes",
  BLOCK_AS_IMPLICIT_KEY: "A mapping can't start here; a value with `: ` in it needs quotes",
  BLOCK_IN_FLOW:
    "Between brackets nothing can stand on lines of its own, indented; a bracket isn't closed",
  DUPLICATE_KEY: "This key stands twice in the same mapping, and which one counts isn't defined",
  IMPOSSIBLE: "What stands here can't be understood",
  KEY_OVER_1024_CHARS: "A key is longer than 1024 characters",
  MISSING_CHAR: "Something is missing here: a bracket or a quote isn't closed",
  MULTILINE_IMPLICIT_KEY: "This isn't a `key: value` line, or its indentation doesn't fit",
  MULTIPLE_ANCHORS: "Two anchors (`&name`) stand before one value",
  MULTIPLE_DOCS: "It holds several YAML documents; only one is read",
  MULTIPLE_TAGS: "Two tags (`!name`) stand before one value",
  NON_STRING_KEY: "A key has to be a text here",
  RESOURCE_EXHAUSTION: tooDeeply,
  TAB_AS_INDENT: "A tab is used as indentation; YAML allows only spaces",
  TAG_RESOLVE_FAILED: "The tag before this value isn't known, or doesn't fit it",
  UNEXPECTED_TOKEN:
    "Nothing can stand here: the value before it has ended, or a quote or bracket is missing",
};

/** Lines, or words of the parser, that say more about what went wrong than its code does. */
const signs: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^ *\t/u, why: "A tab is used as indentation; YAML allows only spaces" },
  { pattern: /\{\{|\{%|<%/u, why: "It is a template; its placeholders have to be filled in first" },
  { pattern: /: +\*\S* \S/u, why: star },
];

const quoteOpen = /^Missing closing ['"]quote/u;

const messageSigns: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^Implicit (?:map )?keys need/u, why: colon },
  { pattern: quoteOpen, why: "A quote isn't closed" },
  { pattern: /end with a [\]}]/u, why: "A bracket isn't closed" },
  {
    pattern: /^Comments must be separated/u,
    why: "A space is missing before the `#` of a comment",
  },
  { pattern: /^Missing space after :/u, why: "A space is missing behind the colon" },
  {
    pattern: /^Tags and anchors must be separated/u,
    why: "A space is missing behind a tag or an anchor",
  },
  {
    pattern: /^All sequence items must start/u,
    why: "The dashes of a list don't stand below each other",
  },
];

/**
 * Why a text can't be read, as a sentence without its full stop.
 *
 * @param line the one at which the parser gave up
 */
export function reasonFor({ code, message }: YAMLParseError, line: string): string {
  const sign =
    signs.find(({ pattern }) => pattern.test(line)) ??
    messageSigns.find(({ pattern }) => pattern.test(message));
  return sign?.why ?? reasons[code];
}

/** Whether the parser came to the end of what a quote began, and found no other one. */
export function isOpenQuote({ message }: YAMLParseError): boolean {
  return quoteOpen.test(message);
}
