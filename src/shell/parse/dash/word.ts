import type { Characters } from "./characters.ts";
import { DashSyntaxError } from "./refusal.ts";

/** How what a word holds is read that is a script itself. */
export interface Substitutions {
  /** Reads a script from behind `$(` to behind its `)`. */
  commands(): void;
  /** Reads the text between backquotes, which stand at these offsets. */
  backquoted(text: string, start: number, end: number): void;
}

/** A here-document that is still to be read. */
export interface Document {
  readonly mark: string;
  /** Whether nothing in it is expanded. */
  readonly verbatim: boolean;
  readonly stripsTabs: boolean;
}

/** A word as it is compared with reserved words and names; what isn't fixed text stands in it as a NUL. */
export interface ReadWord {
  readonly text: string;
  readonly quoted: boolean;
}

/** One level of quoting: a word's own, that of an expansion in it, or that of an arithmetic expression. */
interface Level {
  syntax: "plain" | "double" | "single" | "arithmetic";
  /** Whether `"` was opened inside of an expansion that stands in quotes itself. */
  innerQuotes: boolean;
  /** Expansions in braces that are open on this level, and those of them that were opened in quotes. */
  open: number;
  openInQuotes: number;
  parentheses: number;
  inQuotes: boolean;
  /** Whether it goes with its last brace. */
  readonly ownBrace: boolean;
}

/** Reads a word; its first character is the next one. Throws `Refused` where dash does. */
export function readWord(characters: Characters, substitutions: Substitutions): ReadWord {
  return new WordReader(characters, substitutions, undefined).read();
}

/** Reads the word behind `<<`, in which nothing is expanded. */
export function readMark(characters: Characters, substitutions: Substitutions): ReadWord {
  return new WordReader(characters, substitutions, "mark").read();
}

/** Reads a here-document from the start of its first line; one without an end goes to the end of the script. */
export function readDocument(
  characters: Characters,
  document: Document,
  substitutions: Substitutions,
): void {
  new WordReader(characters, substitutions, document).read();
}

/** What goes on in a word however it is quoted, and what does within single quotes, up to the end of a line. */
const plain = /[\w./:=,@%+-]+/uy;
const verbatim = /[^'\n]+/uy;

class WordReader {
  readonly #characters: Characters;
  readonly #substitutions: Substitutions;
  readonly #document: Document | undefined;
  readonly #isMark: boolean;
  readonly #start: number;
  readonly #levels: Level[];
  #text = "";
  #quoted = false;

  constructor(
    characters: Characters,
    substitutions: Substitutions,
    form: Document | "mark" | undefined,
  ) {
    this.#characters = characters;
    this.#substitutions = substitutions;
    this.#isMark = form === "mark";
    this.#document = form === "mark" ? undefined : form;
    this.#start = characters.at;
    const { verbatim } = this.#document ?? {};
    const syntax = verbatim === undefined ? "plain" : verbatim ? "single" : "double";
    this.#levels = [level(syntax, syntax === "double")];
  }

  read(): ReadWord {
    let lineStart = true;
    for (;;) {
      if (lineStart && this.#document !== undefined && this.#takesMark(this.#document)) break;
      const top = this.#top;
      const character = top.syntax === "single" ? this.#characters.raw : this.#characters.next;
      lineStart = character === "\n";
      if (character === "" || !this.#goesOn(character, top)) break;
    }
    this.#refuseOpen();
    return { text: this.#text, quoted: this.#quoted };
  }

  get #top(): Level {
    return this.#levels.at(-1) ?? level("plain", false);
  }

  #takesMark({ mark, stripsTabs }: Document): boolean {
    const characters = this.#characters;
    if (stripsTabs) while (characters.raw === "\t") characters.at += 1;
    const end = characters.at + mark.length;
    if (!characters.text.startsWith(mark, characters.at)) return false;
    if (end < characters.text.length && characters.text[end] !== "\n") return false;
    characters.at = end + 1;
    return true;
  }

  /** Reads one character with what belongs to it; false before the one that ends the word. */
  #goesOn(character: string, top: Level): boolean {
    if (top.syntax === "single") {
      this.#characters.at += 1;
      if (character !== "'" || this.#document !== undefined) this.#take(character, verbatim);
      else this.#closeQuote("'", top);
      return true;
    }
    if (top.syntax === "plain" && top.open === 0 && /[\n \t;&|<>()]/u.test(character)) return false;
    this.#characters.at += 1;
    switch (character) {
      case "\\":
        this.#escaped();
        break;
      case "'":
        if (top.syntax === "plain") top.syntax = "single";
        else this.#text += character;
        break;
      case '"':
        this.#doubleQuote(top);
        break;
      case "$":
        this.#dollar(top);
        break;
      case "`":
        this.#backquote(top);
        break;
      case "}":
        this.#brace(top);
        break;
      case "(":
        if (top.syntax === "arithmetic") top.parentheses += 1;
        break;
      case ")":
        this.#parenthesis(top);
        break;
      default:
        this.#take(character, plain);
    }
    return true;
  }

  /** Takes a character, and what goes on behind it; behind the end of a line, the mark of a document may stand. */
  #take(character: string, more: RegExp): void {
    this.#text += character;
    if (character !== "\n") this.#text += this.#characters.run(more);
  }

  #escaped(): void {
    const escaped = this.#characters.raw;
    this.#characters.at += escaped.length;
    this.#text += escaped === "" ? "\\" : escaped;
    if (escaped !== "") this.#quoted = true;
  }

  #doubleQuote(top: Level): void {
    if (top.syntax === "arithmetic") return;
    if (top.syntax === "double") {
      if (this.#document !== undefined && top.open === 0) return;
      this.#closeQuote('"', top);
      return;
    }
    top.syntax = "double";
    top.inQuotes = true;
    if (top.open > 0) top.innerQuotes = !top.innerQuotes;
  }

  #closeQuote(quote: string, top: Level): void {
    if (top.openInQuotes === 0) {
      top.syntax = "plain";
      top.inQuotes = false;
    }
    this.#quoted = true;
    if (quote === '"' && top.open > 0) top.innerQuotes = !top.innerQuotes;
  }

  #brace(top: Level): void {
    if (top.innerQuotes || top.open === 0) {
      this.#text += "}";
      return;
    }
    top.open -= 1;
    if (top.open === 0 && top.ownBrace) this.#levels.pop();
    else if (top.openInQuotes > 0) top.openInQuotes -= 1;
  }

  #parenthesis(top: Level): void {
    if (top.syntax !== "arithmetic") return;
    if (top.parentheses > 0) top.parentheses -= 1;
    else if (this.#characters.takes(")")) this.#levels.pop();
  }

  #backquote({ inQuotes }: Level): void {
    const characters = this.#characters;
    // In a mark it stands for itself, and quotes nothing: the document is expanded.
    if (this.#isMark) {
      this.#text += "`";
      return;
    }
    const start = characters.at - 1;
    let inner = "";
    for (;;) {
      const character = characters.next;
      characters.at += 1;
      if (character === "`") break;
      if (character === "")
        throw new DashSyntaxError("this backquote isn't closed", start, start + 1);
      if (character !== "\\") {
        inner += character;
        continue;
      }
      const escaped = characters.raw;
      characters.at += 1;
      const plain = /^[\\`$]$/u.test(escaped) || (inQuotes && escaped === '"');
      inner += plain ? escaped : `\\${escaped}`;
    }
    this.#substitutions.backquoted(inner, start, characters.at);
    this.#text += "\0";
  }

  #dollar(top: Level): void {
    const characters = this.#characters;
    const next = characters.next;
    if (this.#isMark || !/^[({A-Za-z_0-9*@#?$!-]$/u.test(next)) {
      this.#text += "$";
      return;
    }
    this.#text += "\0";
    if (next !== "(") {
      this.#parameter(top);
      return;
    }
    characters.at += 1;
    if (!characters.takes("(")) this.#substitutions.commands();
    else this.#levels.push({ ...level("arithmetic", true) });
  }

  /** `$NAME` or `${…}` from behind the dollar sign. */
  #parameter(top: Level): void {
    const characters = this.#characters;
    const braced = characters.takes("{");
    const { open, plainOperand } = this.#parameterHead(braced);
    if (!open) return;
    const outer = top.syntax === "arithmetic" ? "double" : top.syntax;
    const syntax = plainOperand ? "plain" : outer;
    if (syntax !== top.syntax || top.innerQuotes)
      this.#levels.push({ ...level(syntax, syntax !== "plain"), ownBrace: true });
    const inside = this.#top;
    inside.open += 1;
    if (inside.inQuotes) inside.openInQuotes += 1;
  }

  /** Reads up to the operand; whether one follows, up to a brace, and whether quotes around don't count in it. */
  #parameterHead(braced: boolean): { readonly open: boolean; readonly plainOperand: boolean } {
    const characters = this.#characters;
    let length = false;
    let next = characters.next;
    if (!/^[A-Za-z_0-9}]$/u.test(next) || next === "") {
      const special = next;
      characters.at += special.length;
      next = characters.next;
      if (braced && special === "#") {
        length = true;
        if (/^[A-Za-z_0-9]$/u.test(next)) return this.#name(braced, length);
        const second = next;
        characters.at += second.length;
        if (second === "}" || characters.next !== "}") {
          characters.at -= second.length;
          length = false;
        }
      } else if (!/^[*@#?$!-]$/u.test(special)) return { open: true, plainOperand: false };
      return this.#operator(braced, length);
    }
    if (next === "}") return { open: true, plainOperand: false };
    return this.#name(braced, length);
  }

  #name(braced: boolean, length: boolean) {
    const characters = this.#characters;
    const first = characters.next;
    const more = /^[0-9]$/u.test(first) ? /^[0-9]$/u : /^[A-Za-z_0-9]$/u;
    characters.at += 1;
    if (braced || !/^[0-9]$/u.test(first)) while (more.test(characters.next)) characters.at += 1;
    return this.#operator(braced, length);
  }

  #operator(braced: boolean, length: boolean) {
    const characters = this.#characters;
    if (!braced) return { open: false, plainOperand: false };
    if (length) return { open: true, plainOperand: false };
    if (characters.takes("}")) return { open: false, plainOperand: false };
    const operator = characters.next;
    characters.at += operator.length;
    if (operator === ":") characters.at += characters.next.length;
    if (operator !== "%" && operator !== "#") return { open: true, plainOperand: false };
    characters.takes(operator);
    return { open: true, plainOperand: true };
  }

  #refuseOpen(): void {
    const { text } = this.#characters;
    const { syntax } = this.#top;
    const refuse = (says: string) => {
      throw new DashSyntaxError(says, this.#start, Math.min(this.#start + 1, text.length));
    };
    if (syntax === "arithmetic") refuse("$(( isn't closed");
    if (syntax !== "plain" && this.#document === undefined) refuse("a quote isn't closed");
    if (this.#top.open > 0) refuse("${ isn't closed");
  }
}

function level(syntax: Level["syntax"], inQuotes: boolean): Level {
  return {
    syntax,
    innerQuotes: false,
    open: 0,
    openInQuotes: 0,
    parentheses: 0,
    inQuotes,
    ownBrace: false,
  };
}
