import type { Word } from "unbash";
import { allVendors, patternOfAny, vendors } from "../vendors/registry.ts";
import { symfony } from "../vendors/symfony.ts";
import { changingAtOnce, waysToSet, withDryRun } from "./cli/effects.ts";
import { cliCommand } from "./cli-commands.ts";
import type { Binary } from "./installer.ts";

export { unknownOptions } from "./cli/options.ts";

/** A word of a call, as the program gets it, and where it stands in the script. */
interface Argument {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A call of the CLI in a script; offsets are those of the script. */
export interface CliInvocation {
  readonly binary: Binary;
  /** The program as written: `platform`, `/app/.platformsh/bin/platform`, `platform.phar`. */
  readonly program: string;
  /**
   * The command's full name, `backup:create`; as written when the CLI has no such command; empty when there is none;
   * `help` where the call asks for that in place of the command.
   */
  readonly name: string;
  /** The command's name as written. */
  readonly written: string;
  /** All words after the program, the name among them. */
  readonly arguments: readonly Argument[];
  /** Those that are options, as written: `--no-wait`, `-yW`, `--app=shop`. */
  readonly flags: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Where the command's name ends, and a flag may be inserted. */
  readonly nameEnd: number;
}

/** Reads a call of the CLI from the words of a command, also `php platform.phar …` and `symfony cloud:…`. */
export function cliCall(words: readonly Word[]): CliInvocation | undefined {
  const at = programIndex(words);
  const program = words[at];
  if (program === undefined) return undefined;
  const called = programs.exec(program.value)?.[1];
  if (called === undefined) return undefined;
  const args = words.slice(at + 1).map(({ value, pos, end }) => ({ text: value, start: pos, end }));
  const name = args.find(({ text }) => !text.startsWith("-"));
  const meant = meantBy(called, name?.text ?? "");
  if (meant === undefined) return undefined;
  const optionsEnd = args.findIndex(({ text }) => text === "--");
  const options = optionsEnd === -1 ? args : args.slice(0, optionsEnd);
  const flags = options.map(({ text }) => text).filter((text) => text.startsWith("-"));
  const isHelp = name !== undefined && tellsOnly({ flags });
  return {
    binary: meant.binary,
    program: program.value,
    name: isHelp ? "help" : (cliCommand(meant.name)?.name ?? meant.name),
    written: name?.text ?? "",
    arguments: args,
    flags,
    start: words[0]?.pos ?? program.pos,
    end: args.at(-1)?.end ?? program.end,
    nameEnd: name?.end ?? program.end,
  };
}

function programIndex(words: readonly Word[]): number {
  if (words[0] === undefined || !/^(?:.*\/)?php[\d.]*$/u.test(words[0].value)) return 0;
  const script = words.findIndex((word, index) => index > 0 && !word.value.startsWith("-"));
  return script === -1 ? 0 : script;
}

/** The CLI and the command's name that a program's name and its first argument stand for. */
function meantBy(
  binary: Binary,
  name: string,
): { readonly binary: Binary; readonly name: string } | undefined {
  if (binary !== symfony.binary) return { binary, name };
  for (const [brand, vendor] of Object.entries(symfony.brands))
    if (name.startsWith(`${brand}:`))
      return { binary: vendors[vendor].binary, name: name.slice(brand.length + 1) };
  const facts = cliCommand(name);
  return facts?.name === name && facts.waiting !== "never"
    ? { binary: vendors[symfony.brand].binary, name }
    : undefined;
}

const programs = new RegExp(
  `(?:^|/)(${patternOfAny([...allVendors.map(({ binary }) => binary), symfony.binary])})(?:\\.phar)?$`,
  "u",
);

/**
 * Whether an option is given, in its long form (also with a value) or as a letter among short ones.
 *
 * @param long with its dashes: "--no-wait"
 * @param short the letter, without a dash
 */
export function hasFlag(call: Pick<CliInvocation, "flags">, long: string, short?: string): boolean {
  return call.flags.some(
    (flag) =>
      flag === long ||
      flag.startsWith(`${long}=`) ||
      (short !== undefined && lettersOf(flag).includes(short)),
  );
}

/** Whether a backup holds nothing up; `--unsafe` is the former name of `--live`, which the CLI still takes. */
export function isLiveBackup(call: Pick<CliInvocation, "flags">): boolean {
  return hasFlag(call, "--live") || hasFlag(call, "--unsafe");
}

/** Whether the CLI tells of a command, or of itself, in place of running it (seen with 5.11.1, also of `-yh`). */
function tellsOnly(call: Pick<CliInvocation, "flags">): boolean {
  return hasFlag(call, "--help", "h") || hasFlag(call, "--version", "V");
}

/**
 * Whether a call is certainly one of the official CLI, whose commands and options are known: by its name alone, in a
 * folder into which it is installed, or as an archive of PHP. The CLIs of other vendors leave some out.
 */
export function isOfficialCli({
  binary,
  program,
}: Pick<CliInvocation, "binary" | "program">): boolean {
  return officialBinaries.has(binary) && /^[^/]+$|\.phar$|\/\.[\w-]+\/bin\/[^/]+$/u.test(program);
}

const officialBinaries: ReadonlySet<string> = new Set([
  vendors.platformsh.binary,
  vendors.upsun.binary,
]);

/**
 * The words from an option in front of the command to the command itself, where the CLI takes the option's value for
 * the command's name: `-e main backup:create`. Undefined where it doesn't (seen with 5.11.1: an option in front counts
 * when it has its value in the same word).
 */
export function optionsInFront(
  call: Pick<CliInvocation, "arguments">,
): { readonly options: readonly Argument[]; readonly command: Argument } | undefined {
  const args = call.arguments;
  const taken = args.findIndex(({ text }) => !text.startsWith("-"));
  const [command] = operands(call);
  if (command === undefined || cliCommand(command.text) === undefined) return undefined;
  const meant = args.indexOf(command);
  return taken < meant ? { options: args.slice(0, meant), command } : undefined;
}

/** The arguments of a call behind its name, without options and their values. */
export function positionals(call: Pick<CliInvocation, "arguments">): readonly Argument[] {
  return operands(call).slice(1);
}

/** The words of a call that are neither options nor values of options; the command's name is the first of them. */
function operands({ arguments: words }: Pick<CliInvocation, "arguments">): readonly Argument[] {
  return words.filter(
    ({ text }, index) => !isOption.test(text) && !takesNext(words[index - 1]?.text ?? ""),
  );
}

/** Also one that is there or not: `${LIVE:+--live}`. */
const isOption = /^(?:-|\$\{\w+:?\+["']?-)/u;

/** Whether the word behind an option is its value. */
function takesNext(option: string): boolean {
  const letters = lettersOf(option);
  return valueOptions.has(option) || (/[AHPcep]$/u.test(letters) && option === `-${letters}`);
}

/** Options of several commands that have a value, which may be a word of its own (source of the CLI, 5.11). */
const valueOptions = new Set(
  "--app --columns --environment --format --host --project --property --variable --worker".split(
    " ",
  ),
);

/** The short options in a word: those of `-yW`, and `e` alone of `-estaging`, whose rest is the value. */
function lettersOf(flag: string): string {
  return /^-(?!-)([a-zA-Z]*?(?:[AHPcep]|(?![a-zA-Z])))/u.exec(flag)?.[1] ?? "";
}

/** The value of an option, given as `--name=value`, `--name value` or, where it has a letter, `-n value`; undefined without it. */
export function flagValue(
  call: Pick<CliInvocation, "arguments">,
  long: string,
  short?: string,
): string | undefined {
  for (const [index, { text }] of call.arguments.entries()) {
    if (text === long) return call.arguments[index + 1]?.text;
    if (text.startsWith(`${long}=`)) return text.slice(long.length + 1);
    const letters = lettersOf(text);
    if (short === undefined || !letters.includes(short)) continue;
    const glued = text.slice(letters.length + 1);
    return glued === "" ? call.arguments[index + 1]?.text : glued;
  }
  return undefined;
}

/** Whether the command starts an activity that it waits for unless told otherwise. */
export function waitsByDefault(call: CliInvocation): boolean {
  const waiting = cliCommand(call.name)?.waiting;
  if (waiting === "always") return !onlyShows(call);
  return waiting === "when-setting" && sets(call);
}

/** Whether the command changes something in a project. */
export function changesPlatform(call: CliInvocation): boolean {
  if (waitsByDefault(call) || sets(call)) return true;
  const isChanging =
    cliCommand(call.name)?.waiting === "on-request" || changingAtOnce.has(call.name);
  return isChanging && !onlyShows(call);
}

/** Whether the command shows what it would do, and does nothing. */
function onlyShows(call: CliInvocation): boolean {
  return withDryRun.has(call.name) && hasFlag(call, "--dry-run");
}

/**
 * Why a command that is run never does its work: nobody answers its question, whose default is no, or it is given the
 * answer no itself (`-n` means that, where other programs mean that nothing is asked). Undefined where it does.
 */
export function whyIdle(call: CliInvocation): "unanswered" | "refused" | undefined {
  const effect = effectWithoutAnswer(call);
  if (effect === undefined || hasFlag(call, "--yes", "y")) return undefined;
  if (hasFlag(call, "--no", "n")) return "refused";
  return effect === "does nothing" ? "unanswered" : undefined;
}

/**
 * What a command does where it asks and nobody answers: its work, for the question's default is yes, or none, or one of
 * the two, as a variable says. Undefined for one that asks nothing, or only at times.
 */
export function effectWithoutAnswer(
  call: CliInvocation,
): "works" | "does nothing" | "works or does nothing" | undefined {
  const asks = cliCommand(call.name)?.asks;
  if (asks === "no") return "does nothing";
  if (asks === "no unless told what") {
    const told = positionals(call);
    if (told.length === 0) return "does nothing";
    return told.every(({ text }) => /[$`]/u.test(text)) ? "works or does nothing" : "works";
  }
  return asks === "yes" ? "works" : undefined;
}

/** Whether a command that otherwise only reads is told to set something. */
function sets(call: CliInvocation): boolean {
  const setting = waysToSet.get(call.name);
  if (setting === undefined) return false;
  return "arguments" in setting
    ? positionals(call).length >= setting.arguments
    : setting.options.some((option) => hasFlag(call, option));
}
