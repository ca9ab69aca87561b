import { Composer, CST, type Document, Lexer, Parser, type YAMLParseError } from "yaml";
import { Failure } from "../failure.ts";
import { lineAt } from "./lines.ts";
import { isOpenQuote, reasonFor, tooDeeply } from "./parse/error-words.ts";
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
      throw refusal(file, placeOf(error, text), reasonFor(error, lineAt(text, error.pos[0])));
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

/** Where a person has to look: for a quote that isn't closed, at the quote and not at the end of the file. */
function placeOf(error: YAMLParseError, text: string): number {
  const [at] = error.pos;
  if (!isOpenQuote(error)) return writtenFrom(at, text);
  let offset = 0;
  let before = "";
  for (const lexeme of new Lexer().lex(unmarked(text))) {
    const isMark = marks.has(lexeme) && before !== CST.SCALAR;
    if (!isMark) {
      const end = offset + lexeme.length;
      if (/^['"]/u.test(lexeme) && end >= at) return offset;
      offset = end;
    }
    before = lexeme;
  }
  return at;
}

/** The start of the first line with something in it, where the parser gives up at an empty one: it had ended there. */
function writtenFrom(at: number, text: string): number {
  const empty = /(?:^|\n)(?:[ \t]*\r?\n)+(?=[^\n]*\S)/uy;
  empty.lastIndex = text[at - 1] === "\n" ? at - 1 : at;
  return empty.test(text) ? empty.lastIndex : at;
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

/** The first collection of a token that is nested beyond the limit. @param depth that of the token */
function beyondLimit(token: CST.Token | null | undefined, depth = 0): CST.Token | undefined {
  if (token?.type === "document") return beyondLimit(token.value, depth + 1);
  if (!token || !CST.isCollection(token)) return undefined;
  if (depth > depthLimit) return token;
  for (const { key, value } of token.items) {
    const found = beyondLimit(key, depth + 1) ?? beyondLimit(value, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
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
