import type { Command, Pipeline, Word } from "unbash";
import { fits, namePattern } from "./evaluate/pattern.ts";
import { fixedText } from "./evaluate/word.ts";
import { failsOnError } from "./install/download.ts";
import { uncalledFunctions } from "./install/uncalled.ts";
import { binaryOf, type InstallationWay, installerIn, wayOf } from "./install/ways.ts";
import type { Binary } from "./installer.ts";
import { parseScript } from "./parse/parse.ts";
import { programName, withoutWrappers } from "./parse/simple-command.ts";
import { eachNode } from "./parse/tree.ts";
import type { Replacement } from "./replacement.ts";

export { type Download, uncheckedDownloads } from "./install/download.ts";
export { overwritesOf } from "./install/overwrite.ts";
export { placedPrograms } from "./install/placed.ts";
export { isVerified } from "./install/verification.ts";

/** One place where a script installs the CLI; offsets are those of the script. */
export interface Installation {
  readonly way: InstallationWay;
  /** The download alone, or with what it is piped into. */
  readonly start: number;
  readonly end: number;
  /** The words of the download, as written. */
  readonly download: string;
  /** Whether the download is piped into what runs it or unpacks it, so that dash takes no notice of its failure. */
  readonly piped: boolean;
  /** Where what was downloaded is run; undefined when that can't be seen. */
  readonly run?: {
    readonly start: number;
    readonly end: number;
    readonly words: readonly string[];
  };
  /** The command it brings; undefined when that can't be told. */
  readonly binary?: Binary;
  /** What the installer is told to install. */
  readonly version?: string;
  /** The variables that the installer sees: those that are exported before, and those in front of it. */
  readonly settings: ReadonlyMap<string, string>;
  /** Those in front of it alone. */
  readonly runSettings: ReadonlyMap<string, string>;
  /** Whether the download fails when the server answers with an error. */
  readonly fails: boolean;
  /** `VENDOR=…` in front of the download, where the installer doesn't see it. */
  readonly misplacedVendor?: Replacement;
}

/**
 * Every place where a script installs the CLI, in order. What is commented out or only printed isn't one, nor what stands
 * in a function that nothing calls, where all that may call it is given.
 *
 * @param others scripts that run in the same shell, or call this one, and may call its functions
 */
export function installations(script: string, others?: readonly string[]): readonly Installation[] {
  const tree = parseScript(script);
  const commands: Command[] = [];
  const pipes = new Map<Command, Pipeline>();
  const uncalled = others === undefined ? [] : uncalledFunctions(script, others);
  eachNode(tree, (node) => {
    if (uncalled.some(({ pos, end }) => pos <= node.pos && node.end <= end)) return;
    if (node.type === "Command") commands.push(node);
    if (node.type === "Pipeline" && node.commands.length > 1)
      for (const command of node.commands) if (command.type === "Command") pipes.set(command, node);
  });
  return commands.flatMap((command) => {
    const text = script.slice(command.pos, command.end);
    const name = withoutWrappers(command).words[0]?.value;
    const way = name === "echo" || name === "printf" ? undefined : wayOf(text);
    if (way === undefined) return [];
    const pipe = pipes.get(command);
    const next = pipe?.commands[pipe.commands.indexOf(command) + 1];
    const runs = next?.type === "Command" ? next : runOf(command, commands);
    if (runs === undefined && isInstaller(way) && isLeftLying(script, command, others)) return [];
    return [installation(script, { way, command, pipe, runs, commands })];
  });
}

/** The name of the function in which a script installs the CLI, when nothing calls that; parameters as `installations`. */
export function uncalledInstaller(script: string, others: readonly string[]): string | undefined {
  return uncalledFunctions(script, others).find(
    ({ body }) => installations(script.slice(body.pos, body.end)).length > 0,
  )?.name.text;
}

function isInstaller(way: InstallationWay): boolean {
  return way === "php" || way === "bash" || way === "vendor";
}

/** Whether what a command downloads into a file is named nowhere after it, nor in the other scripts, so that nothing runs it. */
function isLeftLying(script: string, download: Command, others: readonly string[] = []): boolean {
  const file = fileOf(download);
  const name = file?.split("/").at(-1) ?? "";
  const rest = [script.slice(download.end), ...others].join("\n");
  return /^[\w.-]{3,}$/u.test(name) && !rest.includes(name) && !isMatchedIn(rest, name);
}

/** Whether a script has a pattern that fits a file's name: `sh inst*`. */
function isMatchedIn(script: string, name: string): boolean {
  return script
    .split(/[^\w.?*-]+/u)
    .some((word) => /[?*]/u.test(word) && fits(namePattern(word), name));
}

/**
 * Whether a script installs the CLI, by any of the ways that manuals and projects have used:
 * the two installers, a release download, Homebrew, a phar, npm, Composer and Nix.
 * A commented-out line doesn't count, nor does text that is only printed.
 *
 * @param script the effective shell text of a hook
 * @param others as with `installations`
 */
export function installsCli(script: string, others?: readonly string[]): boolean {
  return installations(script, others).length > 0;
}

interface Parts {
  readonly way: InstallationWay;
  readonly command: Command;
  readonly pipe: Pipeline | undefined;
  readonly runs: Command | undefined;
  readonly commands: readonly Command[];
}

function installation(script: string, parts: Parts): Installation {
  const { way, command, pipe, runs, commands } = parts;
  const piped = pipe !== undefined && runs !== undefined && pipe.commands.includes(runs);
  const download = script.slice(command.pos, command.end);
  const runSettings = new Map(runs === undefined ? [] : settingsOf(runs));
  const settings = new Map([...exportsBefore(commands, command), ...runSettings]);
  const vendor = settings.get("VENDOR");
  const binary = binaryOf(way, download, vendor);
  const version = settings.get("VERSION");
  const misplaced = vendor === undefined ? vendorBefore(command, way, download) : undefined;
  const whole = piped ? pipe : command;
  return {
    way,
    start: whole.pos,
    end: whole.end,
    download,
    piped,
    settings,
    runSettings,
    fails: failsOnError(command),
    ...(runs === undefined
      ? {}
      : {
          run: {
            start: runs.pos,
            end: runs.end,
            words: withoutWrappers(runs).words.map(({ value }) => value),
          },
        }),
    ...(binary === undefined ? {} : { binary }),
    ...(version === undefined ? {} : { version: version.replace(/^v/u, "") }),
    ...(misplaced === undefined ? {} : { misplacedVendor: misplaced }),
  };
}

/** Where a file that a command downloads is run. */
function runOf(download: Command, commands: readonly Command[]): Command | undefined {
  const file = fileOf(download);
  if (file === undefined) return undefined;
  return commands.find((command) => {
    if (command.pos < download.end) return false;
    const [program, ...rest] = withoutWrappers(command).words;
    if (program === undefined) return false;
    const isFile = ({ value }: Word) => value === file || value === `./${file}`;
    return isFile(program) || (interpreters.has(programName(program)) && rest.some(isFile));
  });
}

const interpreters = new Set(["bash", "sh", "dash", "php", "source", "."]);

function fileOf({ args, redirects }: Command): string | undefined {
  const option = args.findIndex(({ text }) => /^-[a-zA-Z]*o$|^--output$|^-O$/u.test(text));
  const named = option === -1 ? undefined : args[option + 1];
  if (named?.type === "Word") return named.value;
  const output = redirects.find((each) => each.type === "Redirect" && each.operator === ">");
  return output?.type === "Redirect" ? output.target?.value : undefined;
}

/** The variables that a command is given in front of its name, also behind `env`. */
function settingsOf({ prefix, args }: Command): readonly (readonly [string, string])[] {
  const inFront = prefix.flatMap((each): readonly (readonly [string, string])[] => {
    if (each.type !== "Assignment" || each.value.type !== "Word") return [];
    const value = fixedText(each.value);
    return value === undefined ? [] : [[each.name, value]];
  });
  const behind = args.flatMap(({ text }): readonly (readonly [string, string])[] => {
    const [, name, value] = /^(\w+)=["']?([\w./:-]*)["']?$/u.exec(text) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return [...inFront, ...behind];
}

function exportsBefore(commands: readonly Command[], before: Command) {
  return commands
    .filter(({ name, pos }) => name?.value === "export" && pos < before.pos)
    .flatMap(settingsOf);
}

function vendorBefore(
  { prefix }: Command,
  way: InstallationWay,
  download: string,
): Replacement | undefined {
  if (way !== "bash" || installerIn(download)?.bringsByVendor === undefined) return undefined;
  const setting = prefix.find((each) => each.type === "Assignment" && each.name === "VENDOR");
  return setting === undefined || setting.type !== "Assignment"
    ? undefined
    : { start: setting.pos, end: setting.end, text: setting.text };
}
