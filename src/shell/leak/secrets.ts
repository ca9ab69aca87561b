import type { DoubleQuotedChild, ParsedScript, Word, WordPart } from "unbash";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";

/** What a text shows of the token: nothing, the token itself, or every variable with the token among them. */
export type TokenExposure = "nothing" | "token" | "all variables";

const names = `${patternOfAny(allVendors.map(({ prefix }) => prefix))}(?:API_)?TOKEN`;
const tokenName = new RegExp(`^${names}$`, "u");
const tokenNamed = new RegExp(`\\b${names}\\b`, "u");

/** The variables that an app may find the token in. */
export const tokenNames: readonly string[] = allVendors.map(({ tokenEnv }) => tokenEnv);

/** Whether a text has the name of a token's variable in it. */
export function namesToken(text: string): boolean {
  return tokenNamed.test(text);
}

/** Commands that print the names of all variables (bash manual, "Programmable Completion", "Shell Parameter Expansion"). */
const allNames =
  /\bcompgen\s+(?:-[aev]+|-A\s+(?:export|variable))(?![\w-])|\$\{![A-Z]+[@*]\}|\b(?:print)?env\s*\|\s*(?:cut\s+-d\s*["']?=["']?\s+-f\s*1\b|sed\s+["']?s\/=\.\*\/\/|awk\s+-F\s*["']?=)/u;

/** What several texts show together. */
export function together(all: readonly TokenExposure[]): TokenExposure {
  return all.includes("all variables")
    ? "all variables"
    : all.includes("token")
      ? "token"
      : "nothing";
}

/** What the variables and files of a script hold of the token, as far as it was followed. */
export class Secrets {
  readonly #variables = new Map<string, TokenExposure>();
  readonly #files = new Map<string, TokenExposure>();
  /** The names of token variables that variables hold. */
  readonly #names = new Map<string, string>();
  /** What the arguments of the script, or of the function that is being followed, show. */
  #arguments: readonly TokenExposure[] = [];
  readonly #isSet: boolean;
  readonly #output: (script: ParsedScript) => TokenExposure;
  readonly #printed: (code: string) => TokenExposure;

  /**
   * @param isSet whether the token is among the variables
   * @param output what a script in `$(…)` writes
   * @param printed what a text writes that a program has a shell run
   */
  constructor(
    isSet: boolean,
    output: (script: ParsedScript) => TokenExposure,
    printed: (code: string) => TokenExposure,
  ) {
    this.#isSet = isSet;
    this.#output = output;
    this.#printed = printed;
  }

  /** What is printed with all variables. */
  get environment(): TokenExposure {
    const isTaken = [...this.#variables].some(
      ([name, shown]) => tokenName.test(name) && shown === "nothing",
    );
    return this.#isSet && !isTaken ? "all variables" : "nothing";
  }

  /** What is shown with the value of a variable; by its name, where nothing else is known of it. */
  variable(name: string): TokenExposure {
    return this.#variables.get(name) ?? (tokenName.test(name) ? "token" : "nothing");
  }

  /** Notes what is shown with the value of a variable from here on. */
  setVariable(name: string, shown: TokenExposure): void {
    this.#variables.set(name, shown);
    this.#names.delete(name);
  }

  /** Notes what texts a variable is set to, or what they come from: one may be the name of another variable. */
  noteNames(variable: string, texts: readonly string[]): void {
    const name =
      texts
        .map((text) => text.replace(/^(["'])(.*)\1$/u, "$2"))
        .find((text) => tokenName.test(text)) ??
      (this.#isSet && texts.some((text) => allNames.test(text)) ? tokenNames[0] : undefined);
    if (name !== undefined) this.#names.set(variable, name);
  }

  /** What a text prints that another program has a shell run. */
  printedBy(code: string): TokenExposure {
    return this.#printed(code);
  }

  /** What the variable shows that a word names. */
  named({ value }: Word): TokenExposure {
    const [, through = ""] = /^\$\{?(\w+)\}?$/u.exec(value) ?? [];
    const name =
      this.#names.get(through) ?? (/^\w+$/u.test(value) ? value : tokenNamed.exec(value)?.[0]);
    return name === undefined ? "nothing" : this.variable(name);
  }

  /** Follows what has these variables for itself. */
  withVariables<T>(
    variables: readonly (readonly [name: string, shown: TokenExposure])[],
    follow: () => T,
  ): T {
    const before = variables.map(([name]) => [name, this.#variables.get(name)] as const);
    for (const [name, shown] of variables) this.#variables.set(name, shown);
    try {
      return follow();
    } finally {
      for (const [name, shown] of before)
        if (shown === undefined) this.#variables.delete(name);
        else this.#variables.set(name, shown);
    }
  }

  /** Follows a program that gets these variables alone, beside those of the container. */
  onlyWith<T>(
    exported: ReadonlySet<string>,
    own: readonly (readonly [name: string, shown: TokenExposure])[],
    follow: () => T,
  ): T {
    const [before, names] = [new Map(this.#variables), new Map(this.#names)];
    for (const name of before.keys())
      if (!exported.has(name) && !tokenName.test(name)) this.setVariable(name, "nothing");
    for (const [name, shown] of own) this.setVariable(name, shown);
    try {
      return follow();
    } finally {
      this.#variables.clear();
      this.#names.clear();
      for (const [name, shown] of before) this.#variables.set(name, shown);
      for (const [variable, name] of names) this.#names.set(variable, name);
    }
  }

  /** What is shown with the text of a file, by its path as the script has it. */
  file(path: string): TokenExposure {
    return /^\/proc\/[^/]+\/environ$/u.test(path)
      ? this.environment
      : (this.#files.get(path) ?? "nothing");
  }

  /** Notes what is shown with the text of a file from here on. */
  setFile(path: string, shown: TokenExposure): void {
    this.#files.set(path, shown);
  }

  /** Follows a function that is called with these arguments. */
  within<T>(words: readonly Word[], follow: () => T): T {
    const before = this.#arguments;
    this.setArguments(words);
    try {
      return follow();
    } finally {
      this.#arguments = before;
    }
  }

  /** The arguments from here on, as behind `set --`. */
  setArguments(words: readonly Word[]): void {
    this.#arguments = words.map((word) => this.words([word]));
  }

  /** What the words show once the shell has put values in the place of variables. */
  words(words: readonly Word[]): TokenExposure {
    return together(words.map((word) => this.parts(word.parts ?? [])));
  }

  /** What is shown with a word, by its parts. */
  parts(parts: readonly (WordPart | DoubleQuotedChild)[]): TokenExposure {
    return together(parts.map((part) => this.#part(part)));
  }

  #part(part: WordPart | DoubleQuotedChild): TokenExposure {
    switch (part.type) {
      case "DoubleQuoted":
        return this.parts(part.parts);
      case "SimpleExpansion":
        return this.#expansion(part.text.slice(1));
      case "ParameterExpansion": {
        const { operation, parameter, prefix } = part;
        // `${#NAME}` is a length, `${!NAME}` the value of another variable, `${NAME:0:4}` a part.
        if (prefix === "!") return this.variable(this.#names.get(parameter) ?? "");
        if (prefix !== undefined || operation?.type === "Slice") return "nothing";
        const value = this.#expansion(parameter);
        if (operation?.type !== "Default") return value;
        const other = this.words([operation.operand]);
        if (operation.operator.endsWith("+")) return other;
        return operation.operator.endsWith("?") ? value : together([value, other]);
      }
      case "CommandExpansion":
      case "ProcessSubstitution":
        return part.script === undefined ? "nothing" : this.#output(part.script);
      default:
        return "nothing";
    }
  }

  #expansion(name: string): TokenExposure {
    if (name === "@" || name === "*") return together(this.#arguments);
    return /^\d+$/u.test(name)
      ? (this.#arguments[Number(name) - 1] ?? "nothing")
      : this.variable(name);
  }
}
