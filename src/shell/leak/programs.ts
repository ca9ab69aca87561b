import type { Word } from "unbash";
import { allVendors } from "../../vendors/registry.ts";
import { sshHost } from "../../vendors/traces.ts";
import { cliCall } from "../cli-call.ts";
import { cutBy, editedBy, foundBy, pickedBy } from "./filters.ts";
import { namesToken, type Secrets, type TokenExposure, together } from "./secrets.ts";

/** A program as it is started: its name, its arguments, and what comes in on its standard input. */
export interface ProgramStart {
  readonly program: string;
  readonly words: readonly Word[];
  readonly input: TokenExposure;
}

/** What a program writes to its standard output, as far as it is known; what isn't known shows nothing. */
export function programOutput(
  { program, words, input }: ProgramStart,
  secrets: Secrets,
): TokenExposure {
  const rest = words.slice(1);
  const options = rest.filter(({ value }) => value.startsWith("-"));
  const operands = rest.filter(({ value }) => !value.startsWith("-"));
  switch (program) {
    case "echo":
      return secrets.words(rest);
    case "printf":
      return options[0]?.value === "-v" ? "nothing" : secrets.words(rest);
    case "printenv":
      return operands.length === 0
        ? secrets.environment
        : together(operands.map((word) => secrets.named(word)));
    case "env":
      return envPrints(rest) ? secrets.environment : "nothing";
    case "set":
      return rest.length === 0 ? secrets.environment : "nothing";
    case "export":
    case "declare":
    case "typeset":
      return operands.length === 0 && options.every(({ value }) => /^-[px]+$/u.test(value))
        ? secrets.environment
        : "nothing";
    case "grep":
    case "egrep":
    case "fgrep":
      return foundBy(program, rest, input, fileIn(secrets));
    case "sed":
      return editedBy(rest, input, fileIn(secrets));
    case "cut":
      return cutBy(rest, input, fileIn(secrets));
    case "awk":
    case "gawk":
    case "mawk": {
      const printed = printedByCode(program, rest, secrets) ?? "nothing";
      return together([printed, pickedBy(rest, input)]);
    }
    case "dd":
      return copiedBy(rest, input, secrets);
    case "jq":
      return queriedBy(rest, secrets);
    case "xargs":
      // Without a program it prints its words.
      return input;
    default:
      if (passing.has(program)) return together([input, ...operands.map(fileIn(secrets))]);
      return printedByCode(program, rest, secrets) ?? accessToken(words);
  }
}

/** Programs that write what they read, in another order or form. */
const passing = new Set(
  "base64 cat column expand fold head less more nl od rev sort strings tac tail tee tr uniq xxd".split(
    " ",
  ),
);

function fileIn(secrets: Secrets) {
  return (word: Word): TokenExposure =>
    together([secrets.file(word.value), secrets.words(isSubstitution(word) ? [word] : [])]);
}

function isSubstitution({ parts = [] }: Word): boolean {
  return parts[0]?.type === "ProcessSubstitution";
}

/** `env` without a program prints all variables, unless it has none (`-i`) or goes without the token (`-u`). */
function envPrints(rest: readonly Word[]): boolean {
  return rest.every(
    ({ text, value }, index) =>
      (/^(?:-0|--null)$/u.test(value) ||
        /^[A-Za-z_]\w*=/u.test(text) ||
        /^(?:-u|--unset)$/u.test(value) ||
        /^(?:-u|--unset)$/u.test(rest[index - 1]?.value ?? "")) &&
      !namesToken(value),
  );
}

/** What `dd` prints, where it has no file to write to. */
function copiedBy(rest: readonly Word[], input: TokenExposure, secrets: Secrets): TokenExposure {
  const texts = rest.map(({ text }) => text);
  if (texts.some((text) => text.startsWith("of="))) return "nothing";
  const from = texts.find((text) => text.startsWith("if="))?.slice(3);
  return from === undefined ? input : secrets.file(from);
}

/** What `jq` prints of the variables: `env` and `$ENV` are all of them. */
function queriedBy(rest: readonly Word[], secrets: Secrets): TokenExposure {
  const code = rest.find(({ value }) => !value.startsWith("-"))?.value ?? "";
  // `--arg NAME VALUE` is what the filter puts in.
  if (namesToken(code) || secrets.words(rest) !== "nothing") return "token";
  return /(?<![.\w])(?:env|\$ENV)\b(?![.[])/u.test(code) ? secrets.environment : "nothing";
}

const interpreters = /^(?:php[\d.]*|node|python[\d.]*|perl|ruby|[gm]?awk)$/u;
const prints = /\b(?:echo|print\w*|puts|say|var_dump|var_export|console\.\w+|write|phpinfo)\b/u;
const environments =
  /\bgetenv\(\)|\$_(?:ENV|SERVER)\b(?!\[)|\bprocess\.env\b(?![.[])|\bos\.environ\b(?!\[|\.(?!items|values|copy))|\bENVIRON\b(?!\[\s*")|%ENV\b|\bENV\.(?:each|to_h|inspect)|\bphpinfo\b/u;

/** What code that stands on the command line prints; undefined for a program that is no interpreter. */
function printedByCode(
  program: string,
  rest: readonly Word[],
  secrets: Secrets,
): TokenExposure | undefined {
  if (!interpreters.test(program)) return undefined;
  if (program.startsWith("php") && rest[0]?.value === "-i") return secrets.environment;
  const option = rest.findIndex(({ value }) => /^-(?:[repcE]|-eval|-print)$/u.test(value));
  const code = (program.endsWith("awk") ? rest[0] : rest[option + 1])?.value ?? "";
  const isPrinted = rest[option]?.value.startsWith("-p") === true && program === "node";
  if (!isPrinted && rest[option]?.value !== "--print" && !prints.test(code)) return "nothing";
  if (namesToken(code)) return "token";
  return environments.test(code) ? secrets.environment : "nothing";
}

/** The CLI's own access token is as good as the API token, for a quarter of an hour. */
function accessToken(words: readonly Word[]): TokenExposure {
  return cliCall(words)?.name === "auth:token" ? "token" : "nothing";
}

/** What a program writes to its standard error of what it was given. */
export function tracedBy({ program, words }: ProgramStart, secrets: Secrets): TokenExposure {
  const isTracing = words.some(({ value }) =>
    /^(?:-[a-zA-Z]*v[a-zA-Z]*|--verbose|--trace(?:-ascii)?)$/u.test(value),
  );
  return program === "curl" && isTracing ? secrets.words(words) : "nothing";
}

/**
 * What a program does with all that it is given, which others read then: its words, and what comes in.
 *
 * @param values the program's words, with the values of variables that are known
 */
export function sentBy(program: string, values: readonly string[]): string | undefined {
  const isAway =
    program === "ssh" && !values.some((value) => sshHost.test(value) || /\s--pipe\b/u.test(value));
  if (isAway || /^(?:nc|ncat|netcat|socat)$/u.test(program))
    return "sends the token to another host";
  if (/^(?:mailx?|mutt|s-nail|sendmail|msmtp)$/u.test(program)) return "sends the token by mail";
  return program === "logger" ? "writes the token into the system's log" : undefined;
}

/**
 * The host that a program sends to, where it is known and isn't one of a vendor of the platform.
 *
 * @param values the program's words, with the values of variables that are known
 */
export function foreignHost(program: string, values: readonly string[]): string | undefined {
  if (!/^(?:curl|wget|https?)$/u.test(program)) return undefined;
  const hosts = values.flatMap(
    (value) => /^["']?https?:\/\/(?:[^/@\s]*@)?([\w.-]+)/u.exec(value)?.[1] ?? [],
  );
  return hosts.find((host) => !ofPlatform(host));
}

function ofPlatform(host: string): boolean {
  return (
    /^(?:localhost|127(?:\.\d+){3})$|\.internal$/u.test(host) ||
    platformDomains.some((domain) => host === domain || host.endsWith(`.${domain}`))
  );
}

const platformDomains = allVendors.flatMap(({ domains, hosts }) => [
  ...domains,
  ...Object.values(hosts ?? {}).map((url) => new URL(url).hostname),
]);
