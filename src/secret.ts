import { inspect } from "node:util";

const mask = "[secret]";
const known = new Set<string>();
/** What `redact` looks for: the known values as they are and percent-encoded, the longest first. */
const forms: string[] = [];

function remember(value: string): void {
  if (known.has(value)) return;
  known.add(value);
  for (const form of new Set([
    value,
    encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, "\ufffd")),
  ])) {
    const shorter = forms.findIndex(({ length }) => length < form.length);
    forms.splice(shorter === -1 ? forms.length : shorter, 0, form);
  }
}

/** A value that never prints: string conversion, JSON and `util.inspect` all give `[secret]`. */
export class Secret {
  readonly #value: string;

  /** @param value the secret, not empty. It is remembered for `redact` as long as the process runs. */
  constructor(value: string) {
    if (value === "") throw new RangeError("a secret can't be empty");
    this.#value = value;
    remember(value);
  }

  /** The value itself. Only the HTTP layer calls this, where a request is made, and the keychain. */
  reveal(): string {
    return this.#value;
  }

  /** A mask, so that no text holds the secret by accident. */
  toString(): string {
    return mask;
  }

  /** The same mask, so that no JSON does. */
  toJSON(): string {
    return mask;
  }

  /** The same mask, so that `console.log` shows none. */
  [inspect.custom](): string {
    return mask;
  }
}

/** In characters; an API token has 43. */
const shortestTyped = 8;

/**
 * Why what a person typed in a token's place is none; undefined where it may be one. A word that was typed by mistake must
 * not become a `Secret`: it would be struck out of every text from there on.
 */
export function noToken(typed: string): string | undefined {
  if (/\s/u.test(typed)) return "That is no API token, which is one word.";
  return typed.length < shortestTyped
    ? "That is too short for an API token, which has 43 characters."
    : undefined;
}

/** Remembers a secret that is somebody's text and stays so, as a token in a file, for `redact`. */
export function hide(value: string): void {
  if (value !== "") remember(value);
}

/**
 * Replaces every secret this process has met, as it is and percent-encoded, by `[secret]`.
 * Everything that leaves through a stream goes through here, as the last net below `Secret`.
 */
export function redact(text: string): string {
  let clean = text;
  for (const form of forms) {
    if (form.length <= clean.length && clean.includes(form)) clean = clean.replaceAll(form, mask);
  }
  return clean;
}

/** Where the secrets that this process has met stand in a text, in order and apart. */
export function secretsIn(
  text: string,
): readonly { readonly start: number; readonly end: number }[] {
  const all = [...known].flatMap((value) => {
    const places: { start: number; end: number }[] = [];
    for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length))
      places.push({ start: at, end: at + value.length });
    return places;
  });
  let reached = 0;
  return all
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < reached) return false;
      reached = end;
      return true;
    });
}

/** An API token: 43 characters, the base64url form of 32 bytes; it may end a sentence, and is no part of a longer one. */
const form = /(?<![\w+/.-])[A-Za-z0-9_-]{43}(?![\w+/=-]|\.\S)/gu;

/** The texts that have the form of an API token, and where they begin. */
export function tokensIn(
  text: string,
): readonly { readonly value: string; readonly index: number }[] {
  return [...text.matchAll(form)].flatMap(({ 0: value, index }) =>
    /\d/u.test(value) && /[a-z]/u.test(value) && /[A-Z]/u.test(value) ? { value, index } : [],
  );
}

/** The environment for a program that is started: without the variables that hold tokens. */
export function withoutTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/_TOKEN$/iu.test(name)));
}
