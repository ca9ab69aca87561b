import type { Command, Pipeline, Word } from "unbash";
import type { VendorDistribution } from "../vendors/distribution.ts";
import { allVendors, distributions, patternOfAny } from "../vendors/registry.ts";
import { fits, namePattern } from "./evaluate/pattern.ts";
import { fixedText } from "./evaluate/word.ts";
import { failsOnError } from "./install/download.ts";
import { uncalledFunctions } from "./install/uncalled.ts";
import type { Binary } from "./installer.ts";
import { parseScript } from "./parse/parse.ts";
import { programName, withoutWrappers } from "./parse/simple-command.ts";
import { eachCommand, eachNode } from "./parse/tree.ts";
import type { Replacement } from "./replacement.ts";

export { type Download, uncheckedDownloads } from "./install/download.ts";
export { overwritesOf } from "./install/overwrite.ts";
export { isVerified } from "./install/verification.ts";

/** One place where a script installs the CLI; offsets are those of the script. */
export interface Installation {
  /**
   * The old PHP installer of Platform.sh, the current one, the one that another vendor has at a host of its own,
   * Homebrew, or anything else: a release, a phar, a package.
   */
  readonly way: "php" | "bash" | "vendor" | "brew" | "other";
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

function isInstaller(way: Installation["way"]): boolean {
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
 * What a script puts where programs are looked for, or under the name of the CLI, as a clause: "puts a file there that is
 * called platform". Whether it is the CLI isn't looked into.
 */
export function placedPrograms(script: string): readonly string[] {
  const texts = new Map<string, string>();
  const found: string[] = [];
  eachCommand(parseScript(script), (command) => {
    for (const each of command.name === undefined ? command.prefix : [])
      if (each.type === "Assignment" && each.value.type === "Word")
        texts.set(each.name, fixedText(each.value) ?? each.value.text);
    const [program, ...rest] = withoutWrappers(command).words;
    const known = ({ value }: Word) =>
      value.replace(/\$\{?(\w+)\}?/gu, (written, name: string) => texts.get(name) ?? written);
    const says = placedBy(program?.value ?? "", rest.map(known));
    if (says !== undefined) found.push(says);
  });
  return found;
}

function placedBy(program: string, words: readonly string[]): string | undefined {
  const operands = words.filter((word) => !word.startsWith("-"));
  if (program === "curl" || program === "wget") {
    const option = words.findIndex((word) => /^-\w*[oO]$|^--output(?:-document)?$/u.test(word));
    return option === -1 ? undefined : calledLikeCli(words[option + 1] ?? "");
  }
  if (program === "tar") {
    const folder = words[words.indexOf("-C") + 1] ?? "";
    const isInBin = words.includes("-C") && binFolder.test(folder);
    return operands.map(calledLikeCli).find(Boolean) ?? (isInBin ? unpacked(folder) : undefined);
  }
  if (!placing.has(program)) return undefined;
  const [target, source] = operands.toReversed();
  if (target === undefined) return undefined;
  // A link without a name of its own has that of what it leads to.
  if (source === undefined) return program === "ln" ? calledLikeCli(target) : undefined;
  const isInBin = binFolder.test(target);
  // What is in a folder, and what only the run tells, may be the CLI.
  const isOpen = /[$`]/u.test(source) || words.some((word) => /^-[a-zA-Z]*[aRr]/u.test(word));
  if (isInBin && isOpen) return `puts ${source} into ${target}`;
  return calledLikeCli(target) ?? (isInBin ? calledLikeCli(source) : undefined);
}

function calledLikeCli(path: string): string | undefined {
  const name = path.split("/").at(-1);
  const binary = allVendors.map((vendor) => vendor.binary).find((each) => each === name);
  return binary === undefined ? undefined : `puts a file there that is called ${binary}`;
}

function unpacked(folder: string): string {
  return `unpacks an archive into ${folder}`;
}

const binFolder = /(?:^|\/)bin\/?$/u;
const placing = new Set(["cp", "mv", "ln", "install"]);

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

/** The vendors' own hosts of installers, with the slash behind them, and the CLI that comes from there. */
const ownHosts: ReadonlyMap<string, Binary> = new Map(
  allVendors.flatMap(({ installerHosts, binary }) =>
    installerHosts.map((host) => [`${host}/`, binary] as const),
  ),
);

const installerRepositories = patternOfAny(
  distributions.map(({ repositories }) => repositories[0]),
);
const ofReleases = patternOfAny(
  distributions.flatMap(({ repositories, oldRepositories }) => [
    ...repositories,
    ...oldRepositories,
  ]),
);
const phars = patternOfAny(distributions.flatMap(({ phar }) => phar ?? []));
const packagesOf = (manager: PackageManager) =>
  patternOfAny(distributions.flatMap(({ packages }) => packages[manager] ?? []));

type PackageManager = keyof VendorDistribution["packages"];

/** The installers of older manuals, by their addresses without the scheme, and what they bring. */
const olderInstallers: ReadonlyMap<string, Binary> = new Map(
  allVendors.flatMap(({ installation, binary }) =>
    installation.kind === "script" && installation.older !== undefined
      ? [[installation.older.url.replace("https://", ""), binary] as const]
      : [],
  ),
);

const ways: readonly (readonly [Installation["way"], string])[] = [
  ["php", `\\b${patternOfAny(olderInstallers.keys())}\\b`],
  ["bash", `\\b${installerRepositories}/[^\\s"']*installer\\.sh\\b`],
  ["brew", `\\bbrew\\s+install\\b[^\\n]*${packagesOf("brew")}\\b`],
  ["brew", `\\binstall_brew_packages\\.sh\\b[^\\n]*${packagesOf("brew")}\\b`],
  ["other", `\\bgithub\\.com/${ofReleases}/releases\\b`],
  ["other", `\\b(?:curl|wget)\\b[^\\n]*\\b${phars}\\b`],
  ["other", `\\bnpm\\s+(?:i|install|add)\\b[^\\n]*\\s${packagesOf("npm")}\\b`],
  ["other", `\\bcomposer\\b[^\\n]*\\brequire\\b[^\\n]*\\b${packagesOf("composer")}\\b`],
  ["other", `\\bnix(?:-env)?\\b[^\\n]*\\b${packagesOf("nix")}\\b`],
  ["vendor", `\\b(?:curl|wget)\\b[^\\n]*\\b${patternOfAny(ownHosts.keys())}`],
];

const traces = ways.map(([way, trace]) => [way, new RegExp(trace, "u")] as const);

/** Whether a program of any language names an installer of the CLI, or one of its releases. */
export function namesInstaller(program: string): boolean {
  return wayOf(program) !== undefined;
}

/** How a command, as written, installs the CLI; undefined when it doesn't. */
function wayOf(command: string): Installation["way"] | undefined {
  return traces.find(([, trace]) => trace.test(command))?.[0];
}

interface Parts {
  readonly way: Installation["way"];
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

function binaryOf(
  way: Installation["way"],
  download: string,
  vendor: string | undefined,
): Binary | undefined {
  if (way === "php") return valueIn(olderInstallers, download);
  if (way === "brew") return packaged("brew", download);
  if (way === "bash") {
    const from = installerIn(download);
    const { bringsByVendor: others = {}, binary } = from ?? {};
    return vendor !== undefined && Object.hasOwn(others, vendor) ? others[vendor] : binary;
  }
  const byHost = valueIn(ownHosts, download);
  if (byHost !== undefined) return byHost;
  const archive = archived.exec(download)?.[1];
  if (archive !== undefined) return archive;
  if (/\bnpm\b/u.test(download)) return packaged("npm", download);
  return /\bcomposer\b/u.test(download) ? packaged("composer", download) : undefined;
}

/** The names of the archives of releases (source of the official CLI, .goreleaser.yaml). */
const archived = new RegExp(
  `/(${patternOfAny(distributions.map(({ binary }) => binary))})_\\d[\\w.-]*\\.(?:tar\\.gz|zip)`,
  "u",
);

function valueIn(addresses: ReadonlyMap<string, Binary>, download: string): Binary | undefined {
  for (const [address, binary] of addresses) if (download.includes(address)) return binary;
  return undefined;
}

/** The CLI that a package manager is told to install. */
function packaged(manager: PackageManager, download: string): Binary | undefined {
  return distributions.find(({ packages }) => download.includes(packages[manager] ?? "\n"))?.binary;
}

/** Whose installer a download is of. */
function installerIn(download: string) {
  return distributions.find(({ repositories }) => download.includes(`${repositories[0]}/`));
}

function vendorBefore(
  { prefix }: Command,
  way: Installation["way"],
  download: string,
): Replacement | undefined {
  if (way !== "bash" || installerIn(download)?.bringsByVendor === undefined) return undefined;
  const setting = prefix.find((each) => each.type === "Assignment" && each.name === "VENDOR");
  return setting === undefined || setting.type !== "Assignment"
    ? undefined
    : { start: setting.pos, end: setting.end, text: setting.text };
}
