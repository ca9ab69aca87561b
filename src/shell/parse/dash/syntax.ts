import { keepingLatest } from "../latest.ts";
import { type DashRefusal, DashSyntaxError, TooDeep } from "./refusal.ts";
import { type Attention, type Token, Tokens } from "./tokens.ts";
import type { Substitutions } from "./word.ts";

/** What dash's grammar says of a script. */
export type DashReading =
  | { readonly kind: "complete" }
  /** It stops at an error, having run the commands before the one that it is in, which starts at `commandStart`. */
  | { readonly kind: "refused"; readonly refusal: DashRefusal; readonly commandStart: number }
  /** It is nested too deep to tell. */
  | { readonly kind: "unknown" };

/**
 * Reads a script as dash 0.5.12 does when it looks for errors in the syntax only (`dash -n`), whose grammar this
 * follows. Never throws. The latest readings are kept.
 */
export const readAsDash: (text: string) => DashReading = keepingLatest(reading);

function reading(text: string): DashReading {
  const grammar = new Grammar(text, 0);
  try {
    grammar.script();
    return { kind: "complete" };
  } catch (error) {
    if (error instanceof TooDeep) return { kind: "unknown" };
    if (!(error instanceof DashSyntaxError)) throw error;
    return { kind: "refused", refusal: error.refusal, commandStart: grammar.commandStart };
  }
}

/** Deeper than this, nothing is told. */
const deepest = 400;

/** What ends a list inside of something else. */
const listEnds: ReadonlySet<Token> = new Set([
  "end",
  ")",
  ";;",
  "do",
  "done",
  "elif",
  "else",
  "esac",
  "fi",
  "then",
  "}",
]);

const newCommand: Attention = { reserved: true, lines: true };

class Grammar implements Substitutions {
  commandStart = 0;
  readonly #tokens: Tokens;
  #depth: number;

  constructor(text: string, depth: number) {
    this.#tokens = new Tokens(text, this);
    this.#depth = depth;
  }

  /** The whole script: complete commands, each on its lines. */
  script(): void {
    for (;;) {
      const token = this.#tokens.read();
      this.commandStart = this.#tokens.start;
      if (token === "end") return;
      if (token === "newline") continue;
      this.#tokens.putBack();
      this.#list("line");
    }
  }

  commands(): void {
    this.#tokens.apart(() => {
      this.#list("may be empty");
      this.#expect(")");
    });
  }

  backquoted(text: string, start: number, end: number): void {
    try {
      new Grammar(text, this.#depth + 1).#list("may be empty");
    } catch (error) {
      // The places in the text between backquotes aren't those of the script.
      throw error instanceof DashSyntaxError
        ? new DashSyntaxError(error.refusal.says, start, end)
        : error;
    }
  }

  #deeper(read: () => void): void {
    this.#depth += 1;
    if (this.#depth > deepest) throw new TooDeep();
    read();
    this.#depth -= 1;
  }

  /** Commands up to the end of the line, or to what ends a list that may stand in another one. */
  #list(kind: "line" | "filled" | "may be empty"): void {
    this.#deeper(() => this.#listHere(kind));
  }

  #listHere(kind: "line" | "filled" | "may be empty"): void {
    const tokens = this.#tokens;
    const isLine = kind === "line";
    let mayEnd = kind === "may be empty";
    for (;;) {
      const first = tokens.read({ reserved: true, lines: !isLine });
      if (first === "newline" || first === "end") {
        tokens.readDocuments();
        if (first === "end") tokens.putBack();
        return;
      }
      tokens.putBack();
      if (mayEnd && listEnds.has(first)) return;
      mayEnd = !isLine;
      this.#andOr();
      switch (tokens.read()) {
        case "end":
          tokens.readDocuments();
          tokens.putBack();
          return;
        case "newline":
          tokens.putBack();
          break;
        case "&":
        case ";":
          break;
        default:
          if (isLine) this.#refuse();
          tokens.putBack();
          return;
      }
    }
  }

  #andOr(): void {
    const tokens = this.#tokens;
    this.#pipeline({});
    for (;;) {
      const token = tokens.read();
      if (token !== "&&" && token !== "||") break;
      this.#pipeline(newCommand);
    }
    tokens.putBack();
  }

  #pipeline(attention: Attention): void {
    const tokens = this.#tokens;
    if (tokens.read(attention) === "!") this.#command({ reserved: true });
    else {
      tokens.putBack();
      this.#command({});
    }
    while (tokens.read() === "|") this.#command(newCommand);
    tokens.putBack();
  }

  #command(attention: Attention): void {
    this.#deeper(() => this.#commandHere(attention));
  }

  #commandHere(attention: Attention): void {
    const tokens = this.#tokens;
    switch (tokens.read(attention)) {
      case "if":
        this.#if();
        break;
      case "while":
      case "until":
        this.#list("filled");
        this.#body();
        break;
      case "for":
        this.#for();
        break;
      case "case":
        this.#case();
        break;
      case "(":
        this.#list("filled");
        this.#expect(")");
        break;
      case "{":
        this.#list("filled");
        this.#expect("}");
        break;
      case "word":
      case "redirection":
        tokens.putBack();
        this.#simpleCommand();
        return;
      default:
        this.#refuse();
    }
    let token = tokens.read({ reserved: true });
    while (token === "redirection") {
      this.#target();
      token = tokens.read();
    }
    tokens.putBack();
  }

  #if(): void {
    const tokens = this.#tokens;
    do {
      this.#list("filled");
      this.#expect("then");
      this.#list("filled");
    } while (tokens.read() === "elif");
    if (tokens.token === "else") this.#list("filled");
    else tokens.putBack();
    this.#expect("fi");
  }

  #body(attention: Attention = {}): void {
    this.#expect("do", attention);
    this.#list("filled");
    this.#expect("done");
  }

  #for(): void {
    const tokens = this.#tokens;
    if (tokens.read() !== "word" || tokens.quoted || !isName(tokens.word))
      throw new DashSyntaxError(
        "no variable's name follows for",
        tokens.start,
        tokens.characters.at,
      );
    if (tokens.read(newCommand) === "in") {
      while (tokens.read() === "word");
      if (tokens.token !== "newline" && tokens.token !== ";") this.#refuse();
    } else if (tokens.token !== ";") tokens.putBack();
    this.#body(newCommand);
  }

  #case(): void {
    const tokens = this.#tokens;
    this.#expect("word");
    this.#expect("in", newCommand);
    for (;;) {
      const pattern = tokens.read(newCommand);
      if (pattern === "esac") return;
      if (pattern === "(") tokens.read();
      while (tokens.read() === "|") tokens.read();
      if (tokens.token !== ")") this.#refuse(")");
      this.#list("may be empty");
      const last = tokens.read(newCommand);
      if (last === "esac") return;
      if (last !== ";;") this.#refuse(";;");
    }
  }

  #simpleCommand(): void {
    const tokens = this.#tokens;
    let words = 0;
    let others = 0;
    let name = "";
    for (;;) {
      const token = tokens.read();
      if (token === "word") {
        if (words === 0 && isAssignment(tokens.word)) others += 1;
        else {
          words += 1;
          name = tokens.quoted ? "" : tokens.word;
        }
      } else if (token === "redirection") {
        others += 1;
        this.#target();
      } else if (token === "(" && words === 1 && others === 0) {
        this.#expect(")");
        if (!isName(name) || specialBuiltins.has(name))
          throw new DashSyntaxError(
            `“${name}” can't be the name of a function`,
            tokens.start,
            tokens.characters.at,
          );
        this.#command(newCommand);
        return;
      } else {
        tokens.putBack();
        return;
      }
    }
  }

  #target(): void {
    if (this.#tokens.readTarget() !== "word") this.#refuse();
  }

  #expect(token: Token, attention: Attention = {}): void {
    if (this.#tokens.read(attention) !== token) this.#refuse(token);
  }

  #refuse(missing?: Token): never {
    const { token, word, start, characters } = this.#tokens;
    const found =
      token === "end"
        ? "the script ends here"
        : token === "newline"
          ? "the line ends here"
          : `“${token === "word" || token === "redirection" ? characters.text.slice(start, characters.at) || word : token}” stands here`;
    const awaited =
      missing === undefined ? "" : `, where ${missing === "word" ? "a word" : missing} is missing`;
    throw new DashSyntaxError(`${found}${awaited}`, start, Math.max(characters.at, start));
  }
}

function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/u.test(text);
}

function isAssignment(text: string): boolean {
  return /^[A-Za-z_]\w*=/u.test(text);
}

/** Names that no function may have in dash (POSIX, "Special built-in utilities"). */
const specialBuiltins = new Set(
  ". : break continue eval exec exit export readonly return set shift times trap unset".split(" "),
);
