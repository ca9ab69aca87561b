import { editDistance } from "../../edit-distance.ts";
import { tokensIn } from "../../secret.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { vendorNames } from "../../vendors/traces.ts";
import type { TextFile } from "../../yaml/text-file.ts";

/** A token that is written into a file; offsets are those of the file. */
export interface LiteralToken {
  /** The variable that is given it; undefined where only the value looks like one. */
  readonly name?: string;
  /** The name that the CLI reads, where the variable has another one that is close to it. */
  readonly meant?: string;
  /** Itself; it is shown to nobody. */
  readonly value: string;
  /** Whether it is one without a doubt, and not only looks like one. */
  readonly isSure: boolean;
  /** What is pointed at: the name, or the value where there is none. */
  readonly start: number;
  readonly end: number;
}

/**
 * Where a text file gives a token to a variable, in whatever form: shell, YAML, JSON, INI, the files of CI systems. A
 * value without a known name counts where it has the form of an API token and the line speaks of one.
 *
 * @param isOwn whether it is a file of an application, in which any name of a token is taken for the platform's
 */
export function literalTokens(
  { text, shown }: Pick<TextFile, "text" | "shown">,
  isOwn: boolean,
): readonly LiteralToken[] {
  const alone = standsAlone({ text, shown });
  if (alone !== undefined) return [alone];
  if (!hint.test(text)) return [];
  const isAboutPlatform =
    isOwn || loggingIn.test(text) || vendorNames.test(shown) || vendorNames.test(text);
  const found: LiteralToken[] = [];
  let at = 0;
  let above = "";
  for (const line of text.split("\n")) {
    const next = at + line.length + 1;
    const [token] = [
      ...named(line, nextLine(text, next), isOwn),
      ...(isAboutPlatform ? unnamed(line, above, vendorNames.test(shown)) : []),
    ];
    if (token !== undefined) found.push({ ...token, start: at + token.start, end: at + token.end });
    at = next;
    above = line;
  }
  return found;
}

/** The token that is all there is in a file, which is named for it or lies in a folder of the CLI. */
function standsAlone({ text, shown }: Pick<TextFile, "text" | "shown">): LiteralToken | undefined {
  const [token] = text.length > 100 ? [] : tokensIn(text);
  const isSure = vendorNames.test(shown);
  if (token === undefined || token.value !== text.trim()) return undefined;
  if (!isSure && !/token/iu.test(shown)) return undefined;
  const { value, index } = token;
  return { value, isSure, start: index, end: index + value.length };
}

function nextLine(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(at, end === -1 ? undefined : end);
}

/** Without one of these there is no token in a text. */
const hint = /to[ce]{0,2}k|tken/iu;

const word = /\b[A-Za-z][A-Za-z0-9_]{5,40}\b/gu;

function* named(line: string, below: string, isOwn: boolean): Generator<LiteralToken> {
  for (const { 0: name, index: start } of line.matchAll(word)) {
    const plain = isOwn && isTokenName(name) ? name : nameMeant(name);
    const known = plain ?? nameSpelled(name);
    if (known === undefined) continue;
    const end = start + name.length;
    const rest = line.slice(end);
    const given =
      /^["'`]?\]?\s*(?:=>|[:=])\s*["'`]?([\w+/=.-]{16,})(?=$|[\s"'`,;)\]}&|#<\\])/u.exec(rest)?.[1];
    // Azure, Kubernetes and others have name and value on lines of their own.
    const isBelow =
      /\\\s*$/u.test(rest) ||
      (/^["'`]?[,:]?\s*\{?\s*$/u.test(rest) && /^[\s"'-]*(?:value|default)\b/iu.test(below)) ||
      (/^["'`]?\s*[:=]\s*(?:[|>][+-]?\s*)?$/u.test(rest) &&
        /^\s*["']?[\w-]{43}["']?\s*$/u.test(below));
    // In another spelling the name alone says too little: what is given must have the form of a token.
    const value =
      given !== undefined && isSecretLike(given) && plain !== undefined
        ? given
        : [...tokensIn(rest), ...(isBelow ? tokensIn(below) : [])][0]?.value;
    const meant = known === name ? {} : { meant: known };
    if (value !== undefined) yield { name, ...meant, value, isSure: true, start, end };
  }
}

/**
 * @param above the line before: a command that logs in with a token may have it in a here-document
 * @param isOfPlatform whether the file is one of the platform's by its path: the CLI's own configuration
 */
function* unnamed(line: string, above: string, isOfPlatform: boolean): Generator<LiteralToken> {
  const logsIn = loggingIn.test(`${above} ${line}`);
  if (!logsIn && !/token/iu.test(line)) return;
  const isSure = isOfPlatform || logsIn || /api_token/iu.test(line);
  for (const { value, index } of tokensIn(line))
    yield { value, isSure, start: index, end: index + value.length };
}

/** The CLI's command that is given a token on its standard input. */
const loggingIn = /auth:api-token-login/u;

/** Whether a value may be a token, and is no reference, placeholder or example. */
function isSecretLike(value: string): boolean {
  return (
    /\d/u.test(value) &&
    !/\.\.|(.)\1{5}|your|example|change|replace|secret|token|dummy|todo|placeholder/iu.test(value)
  );
}

/** Whether a variable is one that holds an API token: `PLATFORMSH_CLI_TOKEN`, `MY_API_TOKEN`. */
function isTokenName(name: string): boolean {
  return tokenName.test(name);
}

/** Whose name is no other product's as well: a token for the shop of Magento is something else. */
const unmistakable = patternOfAny(
  allVendors.flatMap(({ id, distribution }) => (distribution === undefined ? [] : [id])),
);
const tokenName = new RegExp(`(?:^|_)(?:CLI|API|${unmistakable})_TOKEN$`, "iu");

const names = allVendors.flatMap(({ tokenEnv, accessTokenEnv }) => [tokenEnv, accessTokenEnv]);

/** The variable of the CLI that a name is, or that it was meant to be; undefined for any other name. */
function nameMeant(name: string): string | undefined {
  if (names.includes(name)) return name;
  const close = /^[A-Z][A-Z_]{4,}_T[A-Z]{2,7}$/u.test(name)
    ? names.find((known) => editDistance(known, name) <= 2)
    : undefined;
  return close ?? branded.find(({ form }) => form.test(name))?.tokenEnv;
}

/** The names that people give the token of a vendor whose own name no other token has: `PSH_TOKEN`, `UPSUN_API_TOKEN`. */
const branded = allVendors
  .filter(({ distribution }) => distribution !== undefined)
  .map(({ prefix, brandWords, tokenEnv }) => {
    const brand = prefix.replace(/(?:SH|_CLOUD)?_CLI_$/u, "");
    const brands = patternOfAny(new Set([brand, ...brandWords.map((word) => word.toUpperCase())]));
    return { tokenEnv, form: new RegExp(`^${brands}(?:_?SH)?_?(?:CLI_?)?(?:API_?)?TOKEN$`, "u") };
  });

/** The variable that a name means in small letters or in another spelling: `upsun_cli_token`, `platformshCliToken`. */
function nameSpelled(name: string): string | undefined {
  if (!/[a-z]/u.test(name)) return undefined;
  return nameMeant(name.replaceAll(/([a-z])([A-Z])/gu, "$1_$2").toUpperCase());
}
