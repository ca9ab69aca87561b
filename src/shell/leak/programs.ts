import type { Word } from "unbash";
import { allVendors } from "../../vendors/registry.ts";
import { sshHost } from "../../vendors/traces.ts";
import { cliCall } from "../cli-call.ts";
import { printedByCode } from "./code.ts";
import { cutBy, editedBy, foundBy, pickedBy } from "./filters.ts";
import { namesToken, type Secrets, type TokenExposure, together } from "./secrets.ts";
import { streamNamed } from "./streams.ts";

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
      if (!options.every(({ value }) => /^-[px]+$/u.test(value))) return "nothing";
      if (operands.length === 0) return secrets.environment;
      return program !== "export" && options.some(({ value }) => value.includes("p"))
        ? together(operands.map((word) => secrets.named(word)))
        : "nothing";
    case "grep":
    case "egrep":
    case "fgrep":
      return foundBy(program, rest, input, fileIn(secrets));
    case "sed":
      return together([
        editedBy(rest, input, fileIn(secrets)),
        // What it puts into a text that it prints.
        options.some(({ value }) => /^-(?:[a-zA-Z]*[in]|-in-place)/u.test(value))
          ? "nothing"
          : secrets.words(rest),
      ]);
    case "ps":
      // Only without a dash is `e` the environment of each process.
      return /^[a-zA-Z]*e[a-zA-Z]*$/u.test(rest[0]?.value ?? "") ? secrets.environment : "nothing";
    case "cut":
      return cutBy(rest, input, fileIn(secrets));
    case "awk":
    case "gawk":
    case "mawk": {
      const printed = printedByCode(words, secrets) ?? "nothing";
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
      return printedByCode(words, secrets) ?? accessToken(words);
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

/** The CLI's own access token is as good as the API token, for a quarter of an hour. */
function accessToken(words: readonly Word[]): TokenExposure {
  return cliCall(words)?.name === "auth:token" ? "token" : "nothing";
}

/** The files that a program is told to write, and what they show then: `cp a b`, `tee a`. */
export function writtenFiles(
  { program, words, input }: ProgramStart,
  secrets: Secrets,
): readonly (readonly [path: string, shown: TokenExposure])[] {
  const values = words.slice(1).map(({ value }) => value);
  const [source, target] = values.filter((value) => !value.startsWith("-"));
  if (/^(?:cp|mv|ln)$/u.test(program) && source !== undefined && target !== undefined)
    return [[target, secrets.file(source)]];
  if (program !== "tee" || input === "nothing") return [];
  return values.filter((value) => streamNamed(value) === undefined).map((file) => [file, input]);
}

/** What a program writes to its standard error of what it was given. */
export function tracedBy({ program, words }: ProgramStart, secrets: Secrets): TokenExposure {
  const form = tracing.get(program);
  return form !== undefined && words.slice(1).some(({ value }) => form.test(value))
    ? secrets.words(words)
    : "nothing";
}

/** The options with which a program prints what it sends. */
const tracing: ReadonlyMap<string, RegExp> = new Map([
  ["curl", /^(?:-[a-zA-Z]*v[a-zA-Z]*|--verbose|--trace(?:-ascii)?)$/u],
  ["wget", /^(?:-[a-zA-Z]*d[a-zA-Z]*|--debug)$/u],
  ["http", /^(?:-[a-z]*v[a-z]*|--verbose)$/u],
  ["https", /^(?:-[a-z]*v[a-z]*|--verbose)$/u],
]);

/**
 * What a program does with all that it is given, which others read then: its words, and what comes in.
 *
 * @param values the program's words, with the values of variables that are known
 */
export function sentBy(program: string, values: readonly string[]): string | undefined {
  const isAway =
    program === "ssh" && !values.some((value) => sshHost.test(value) || /\s--pipe\b/u.test(value));
  if (isAway || isCopiedAway(program, values) || /^(?:nc|ncat|netcat|socat)$/u.test(program))
    return "sends the token to another host";
  if (/^(?:mailx?|mutt|s-nail|sendmail|msmtp)$/u.test(program)) return "sends the token by mail";
  return /^(?:logger|systemd-cat)$/u.test(program)
    ? "writes the token into the system's log"
    : undefined;
}

/** Whether files are copied to a host that isn't the platform's: `scp file me@example.org:`. */
function isCopiedAway(program: string, values: readonly string[]): boolean {
  const target = values.at(-1) ?? "";
  return (
    /^(?:scp|rsync)$/u.test(program) && /^[\w.@-]+:(?!\/\/)/u.test(target) && !sshHost.test(target)
  );
}

/** The files that a program sends along, as it is told them: `-F file=@a`, `-T a`, `mail -a a`. */
export function sentFiles(program: string, values: readonly string[]): readonly string[] {
  const option = fileOptions.get(program);
  const named = values.filter((_, index) => option?.test(values[index - 1] ?? "") === true);
  const copied = /^(?:scp|rsync)$/u.test(program) ? values.slice(1, -1) : [];
  const marked = values.flatMap(
    (value) => /^(?:[\w.-]*=)?@([^-;\s][^;\s]*)/u.exec(value)?.[1] ?? [],
  );
  return [...named, ...copied, ...(program === "curl" ? marked : [])];
}

const fileOptions: ReadonlyMap<string, RegExp> = new Map([
  ["curl", /^(?:-[a-zA-Z]*T|--upload-file)$/u],
  ["wget", /^--(?:post|body)-file$/u],
  ["mail", /^-[aA]$/u],
  ["mutt", /^-a$/u],
  ["logger", /^(?:-[a-z]*f|--file)$/u],
]);

/**
 * The host that a program sends to, where it is known and isn't one of a vendor of the platform.
 *
 * @param values the program's words, with the values of variables that are known
 */
export function foreignHost(program: string, values: readonly string[]): string | undefined {
  if (!/^(?:curl|wget|https?|git)$/u.test(program)) return undefined;
  const hosts = values.flatMap((value, index) => {
    const isOperand = index > 0 && flagsAlone.test(values[index - 1] ?? "");
    const form = isOperand && program !== "git" ? anyAddress : wholeAddress;
    return form.exec(value)?.[1] ?? [];
  });
  return hosts.find((host) => !ofPlatform(host));
}

const wholeAddress = /^["']?https?:\/\/(?:[^/@\s]*@)?([\w.-]+)/u;

/** An address may go without its scheme. */
const anyAddress =
  /^["']?(?:https?:\/\/)?(?:[^/@\s]*@)?((?:[\w-]+\.)+[a-z]{2,})(?::\d+)?(?:[/?#]|$)/u;

/** A word behind which an address may stand: the program's name, an address, or options without a value. */
const flagsAlone =
  /^(?:[^-].*|-[sSfLvkigNqO#]+|--(?:silent|show-error|fail|location|verbose|insecure|get|compressed|quiet))$/u;

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
