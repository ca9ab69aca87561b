import { Composer, CST, type Document, type ErrorCode, Lexer, Parser } from "yaml";
import { Failure } from "../failure.ts";
import { lineAt } from "./lines.ts";
import { firstUnfitPlace } from "./parse/unfit-text.ts";
import { refusal } from "./refusal.ts";
import type { TextFile } from "./text-file.ts";

/** The text of a file and what YAML makes of it. */
export interface Source extends TextFile {
  readonly document: Document.Parsed;
  /** Every YAML comment, in order; shell comments in a block are not among them. */
  readonly comments: readonly string[];
  /** The whole value: aliases and merge keys resolved, mappings as `Map` so that their order counts. */
  readonly value: unknown;
}

/**
 * Parses a file with the positions of every node.
 * Throws a `Failure` ("uneditable") with the place when it isn't one valid YAML document, or when it
 * holds something that people and parsers read differently.
 */
export function parseSource(file: Pick<TextFile, "file" | "shown">, text: string): Source {
  const before = recent.find(
    (source) => source.text === text && source.file === file.file && source.shown === file.shown,
  );
  if (before !== undefined) return before;
  const source = parsed(file, text);
  if (recent.unshift(source) > recentLimit) recent.pop();
  return source;
}

/** A file is looked through for its applications first, and then read for each of them. */
const recent: Source[] = [];
const recentLimit = 8;

function parsed({ file: path, shown }: Pick<TextFile, "file" | "shown">, text: string): Source {
  const file = { shown, text };
  const unfit = firstUnfitPlace(text);
  if (unfit !== undefined) throw refusal(file, unfit.offset, unfit.why);
  try {
    const comments: string[] = [];
    const composer = new Composer({ keepSourceTokens: true, merge: true, logLevel: "silent" });
    const documents = [...composer.compose(tokens(file, comments), true, text.length)];
    const [document, second] = documents;
    if (document === undefined) throw refusal(file, 0, "It holds no YAML document");
    const error = document.errors[0];
    if (error !== undefined)
      throw refusal(
        file,
        error.pos[0],
        reasonFor(error.code, error.message, lineAt(text, error.pos[0])),
      );
    if (second !== undefined)
      throw refusal(file, second.range[0], "It holds several YAML documents; only one is read");
    return {
      file: path,
      shown,
      text,
      document,
      comments,
      value: document.toJS({ mapAsMap: true }),
    };
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error)) throw error;
    throw unreadable(file, error);
  }
}

/** What the parser throws, rather than reports, when nodes can't be composed or made a value. */
function unreadable(file: { shown: string; text: string }, error: Error): Failure {
  const alias = /^Unresolved alias .*: (.*)$/u.exec(error.message)?.[1];
  if (alias !== undefined)
    return refusal(
      file,
      file.text.indexOf(`*${alias}`),
      `There is no anchor \`&${alias}\` before this alias`,
    );
  if (error instanceof RangeError) return refusal(file, 0, tooDeeply);
  if (error instanceof ReferenceError)
    return refusal(file, 0, "It refers to itself too often to be read");
  return refusal(file, 0, `It isn't valid YAML: ${error.message}`);
}

/** The parser's tokens, none of them nested beyond the limit. The comments are noted on the way. */
function* tokens(
  file: { readonly shown: string; readonly text: string },
  comments: string[],
): Generator<CST.Token, void> {
  for (const token of rawTokens(unmarked(file.text), comments)) {
    const tooDeep = beyondLimit(token);
    if (tooDeep !== undefined) throw refusal(file, tooDeep.offset, tooDeeply);
    yield token;
  }
}

function* rawTokens(text: string, comments: string[]): Generator<CST.Token, void> {
  const parser = new Parser();
  let before = "";
  for (const lexeme of new Lexer().lex(text)) {
    if (isComment(lexeme, before)) comments.push(lexeme);
    before = lexeme;
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

/**
 * How many collections may stand within each other; files that people write have a dozen. Every reader of the nodes
 * calls itself for each level, and Node ends the whole process where it compiles a regular expression and has no stack
 * left for it: that is no error to be caught, so that the levels are counted before.
 */
const depthLimit = 200;

/** The first collection of a token that is nested beyond the limit. */
function beyondLimit(token: CST.Token): CST.Token | undefined {
  let level: readonly CST.Token[] = [token];
  for (let depth = 0; level.length > 0; depth += 1) {
    const collections = level.filter((one) => CST.isCollection(one));
    if (depth > depthLimit && collections.length > 0) return collections[0];
    level = level.flatMap(within);
  }
  return undefined;
}

function within(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!CST.isCollection(token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((one) => one !== undefined && one !== null),
  );
}

/** Every YAML comment of a text, in order, without its being parsed. */
export function commentsOf(text: string): readonly string[] {
  return locatedComments(text).map((comment) => comment.text);
}

/** As `commentsOf`, each with the offset of its `#`. */
export function locatedComments(
  text: string,
): readonly { readonly offset: number; readonly text: string }[] {
  const comments: { offset: number; text: string }[] = [];
  let before = "";
  let offset = 0;
  for (const lexeme of new Lexer().lex(unmarked(text))) {
    if (isComment(lexeme, before)) comments.push({ offset, text: lexeme });
    if (!marks.has(lexeme) || before === CST.SCALAR) offset += lexeme.length;
    before = lexeme;
  }
  return comments;
}

/** What the lexer says between the stretches of the text; none of it is in the text. */
const marks: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** The parser takes a mark before a list for indentation; a blank line keeps all offsets. */
function unmarked(text: string): string {
  return text.startsWith("\uFEFF") ? `\n${text.slice(1)}` : text;
}

/** A lexeme that starts with `#`, unless the one before it says that a scalar follows. */
function isComment(lexeme: string, before: string): boolean {
  return lexeme.startsWith("#") && before !== CST.SCALAR;
}

const tooDeeply = "It is nested too deeply to be read";
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

const messageSigns: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^Implicit (?:map )?keys need/u, why: colon },
  { pattern: /^Missing closing ['"]quote/u, why: "A quote isn't closed" },
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

function reasonFor(code: ErrorCode, message: string, line: string): string {
  const sign =
    signs.find(({ pattern }) => pattern.test(line)) ??
    messageSigns.find(({ pattern }) => pattern.test(message));
  return sign?.why ?? reasons[code];
}
