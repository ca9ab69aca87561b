import type { Assignment, Command, Word } from "unbash";
import { unquoted } from "./inner-code.ts";
import { type Secrets, type TokenExposure, tokenNames } from "./secrets.ts";

/** The variables that a script sets: the texts that they hold, as far as these are known, and which programs get them. */
export class AssignedVariables {
  readonly #secrets: Secrets;
  /** What variables hold that were last set to a text which stands there. */
  readonly #texts = new Map<string, string>();
  readonly #exported = new Set<string>();

  /** @param secrets where it is kept what the variables show of the token */
  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** The variables that programs get beside those of the container. */
  get exported(): ReadonlySet<string> {
    return this.#exported;
  }

  /** Follows what a command sets for the commands behind it. @param piping the commands from whose pipe it reads */
  assign(
    { name, prefix, args }: Command,
    program: string,
    { input, piping }: { readonly input: TokenExposure; readonly piping: string },
  ): void {
    const lasting = [
      ...(name === undefined ? prefix : []),
      ...(declaring.has(program) ? args : []),
    ].filter((each): each is Assignment => each.type === "Assignment");
    for (const assignment of lasting) {
      const { name, value } = assignment;
      this.#secrets.setVariable(name, this.assigned(assignment));
      if (program === "export") this.#exported.add(name);
      this.#noteText(name, value.type === "Word" ? value : undefined);
      if (value.type === "Word") this.#secrets.noteNames(name, [value.text]);
    }
    if (program === "export")
      for (const { text } of args) if (/^\w+$/u.test(text)) this.#exported.add(text);
    if (program !== "read" && program !== "unset") return;
    const shown = program === "read" ? input : "nothing";
    for (const { text } of args) {
      if (!/^[A-Za-z_]\w*$/u.test(text)) continue;
      this.#secrets.setVariable(text, shown);
      if (program === "read") this.#secrets.noteNames(text, [piping]);
    }
  }

  /** Follows what a loop sets its variable to: any of its words. */
  loopOver(name: string, words: readonly Word[]): void {
    this.#secrets.setVariable(name, this.#secrets.words(words));
    this.#secrets.noteNames(
      name,
      words.map(({ text }) => text),
    );
    this.#noteText(
      name,
      words.find(({ value }) => tokenNames.includes(value)),
    );
  }

  /** The variables that a program has for itself: `A=b program`, `env A=b program`. */
  handedOn({ name, args, prefix }: Command): readonly (readonly [string, TokenExposure])[] {
    const set = [...prefix, ...(name?.value === "env" ? args : [])];
    return set.flatMap((each): readonly (readonly [string, TokenExposure])[] => {
      if (each.type === "Assignment") return [[each.name, this.assigned(each)]];
      const [, variable] = each.type === "Word" ? (/^(\w+)=/u.exec(each.text) ?? []) : [];
      return variable === undefined || each.type !== "Word"
        ? []
        : [[variable, this.#secrets.words([each])]];
    });
  }

  /** What is shown with the value that an assignment sets. */
  assigned({ value }: Assignment): TokenExposure {
    return this.#secrets.words(value.type === "Word" ? [value] : value.elements);
  }

  /** A word with the texts of variables in their places, as far as they are known. */
  known(text: string): string {
    if (!text.includes("$")) return text;
    return text.replace(
      /\$(?:(\w+)|\{(\w+)\})/gu,
      (written, plain?: string, braced?: string) =>
        this.#texts.get(plain ?? braced ?? "") ?? written,
    );
  }

  /** A word of code as the shell hands it on: with the texts of variables in their places, where they are known. */
  handedText(word: Word): string {
    const { text } = word;
    if (text.startsWith("'")) return unquoted(word);
    const known = text.replace(/\\[\s\S]|\$(?:(\w+)|\{(\w+)\})/gu, (written, plain, braced) => {
      const value = this.#texts.get(plain ?? braced ?? "");
      return value === undefined || !/^\w+$/u.test(value) ? written : value;
    });
    return unquoted({ ...word, text: known });
  }

  /** Notes the text that a variable is set to, as far as it is known. */
  #noteText(name: string, word: Word | undefined): void {
    const text = word === undefined ? "$" : this.known(word.value);
    // What still has something for the shell to replace isn't known.
    if (/[$`]/u.test(text) || text.length > longest) this.#texts.delete(name);
    else this.#texts.set(name, text);
  }
}

/** Longer than any name or address, which are all that is looked for in the texts, in UTF-16 units. */
const longest = 1000;

const declaring = new Set(["export", "readonly", "local", "declare", "typeset"]);
