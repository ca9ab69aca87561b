import { Characters } from "./characters.ts";
import { type Document, readDocument, readMark, readWord, type Substitutions } from "./word.ts";

const reserved = [
  "!",
  "case",
  "do",
  "done",
  "elif",
  "else",
  "esac",
  "fi",
  "for",
  "if",
  "in",
  "then",
  "until",
  "while",
  "{",
  "}",
] as const;
const operators = ["&&", "||", ";;", "&", "|", ";", "(", ")"] as const;
const comment = /[^\n]*/uy;

/** A piece of a script as dash's grammar sees it: a reserved word or an operator by its text, others by their kind. */
export type Token =
  | (typeof reserved)[number]
  | (typeof operators)[number]
  | "word"
  | "newline"
  | "end"
  | "redirection";

const reservedWords: ReadonlySet<string | undefined> = new Set(reserved);

function isReserved(word: string | undefined): word is (typeof reserved)[number] {
  return reservedWords.has(word);
}

/** What is looked out for when a token is read. */
export interface Attention {
  /** Reserved words count as such. */
  readonly reserved?: boolean;
  /** Line ends are skipped. */
  readonly lines?: boolean;
}

/** The tokens of a script, one after the other. */
export class Tokens {
  readonly characters: Characters;
  /** The token that was read last, where it starts, and its text when it is a word. */
  token: Token = "newline";
  start = 0;
  word = "";
  quoted = false;
  readonly #substitutions: Substitutions;
  #again = false;
  #document: Pick<Document, "stripsTabs"> | undefined;
  #documents: Document[] = [];

  constructor(text: string, substitutions: Substitutions) {
    this.characters = new Characters(text);
    this.#substitutions = substitutions;
  }

  /** Reads a token, or again the one that was put back. */
  read({ reserved: names = false, lines = false }: Attention = {}): Token {
    let token = this.#take();
    while (lines && token === "newline") {
      this.readDocuments();
      token = this.#take();
    }
    const name = names && token === "word" && !this.quoted ? this.word : undefined;
    this.token = isReserved(name) ? name : token;
    return this.token;
  }

  /** Has the token that was read last read again. */
  putBack(): void {
    this.#again = true;
  }

  /** Reads the word behind a redirection's operator. */
  readTarget(): Token {
    const document = this.#document;
    if (document === undefined) return this.read();
    this.token = this.#token(true);
    if (this.token === "word")
      this.#documents.push({ ...document, mark: this.word, verbatim: this.quoted });
    return this.token;
  }

  /** Reads the here-documents that begin on this line. */
  readDocuments(): void {
    const documents = this.#documents;
    this.#documents = [];
    for (const document of documents) readDocument(this.characters, document, this.#substitutions);
  }

  /** Reads what has here-documents of its own. */
  apart(read: () => void): void {
    const documents = this.#documents;
    this.#documents = [];
    read();
    this.#documents = documents;
  }

  #take(): Token {
    if (!this.#again) return this.#token(false);
    this.#again = false;
    return this.token;
  }

  #token(mark: boolean): Token {
    const { characters } = this;
    for (;;) {
      const next = characters.next;
      this.start = characters.at;
      if (next === " " || next === "\t") characters.at += 1;
      else if (next === "#") characters.run(comment);
      else if (next === "") return "end";
      else if (characters.takes("\n")) return "newline";
      else break;
    }
    if (/[&|;()]/u.test(characters.next)) return this.#operator();
    const read = (mark ? readMark : readWord)(characters, this.#substitutions);
    this.word = read.text;
    this.quoted = read.quoted;
    const joined = /^[<>]$/u.test(characters.next) && !read.quoted && /^\d?$/u.test(read.text);
    return joined ? this.#redirection() : "word";
  }

  #operator(): Token {
    const { characters } = this;
    const first = characters.next;
    characters.at += 1;
    const twice = first === "(" || first === ")" ? false : characters.takes(first);
    return operators.find((each) => each === (twice ? first + first : first)) ?? "end";
  }

  #redirection(): Token {
    const { characters } = this;
    const first = characters.next;
    characters.at += 1;
    this.#document = undefined;
    if (first === "<" && characters.takes("<"))
      this.#document = { stripsTabs: characters.takes("-") };
    else if (!characters.takes("&") && !characters.takes(">") && first === ">")
      characters.takes("|");
    return "redirection";
  }
}
