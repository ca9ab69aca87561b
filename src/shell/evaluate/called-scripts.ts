import type { Command, CommandNode, SyntaxNode, Word } from "unbash";
import { parseScript } from "../parse/parse.ts";
import { programName, withoutWrappers } from "../parse/simple-command.ts";
import { eachNode } from "../parse/tree.ts";
import { pathInApp } from "./app-path.ts";
import { type Copying, copyingOf, originsOf } from "./copying.ts";
import { programFile } from "./other-language.ts";
import { shellNamed } from "./shell-input.ts";
import type { Shell } from "./sighting.ts";
import { TaskFiles } from "./task-file.ts";
import { taskCall } from "./tasks.ts";
import { sameText } from "./value.ts";
import { Variables } from "./variables.ts";
import { assignedValue, expandWords } from "./word.ts";

/** A call of a script that may be the project's own. */
export interface ScriptCall {
  /** Relative to the app's directory, with `/`. */
  readonly path: string;
  /** The shell that is named; "itself" when the script's first line says; "here" when no new shell is started. */
  readonly by: Shell | "itself" | "here";
}

/** Reads `./build.sh`, `bash bin/build.sh` and `. "$PLATFORM_APP_DIR/build.sh"`: the word of the script, and what runs it. */
export function scriptNamed(
  words: readonly Word[],
): { readonly word: Word; readonly by: ScriptCall["by"] } | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const by = /^(?:\.|source)$/u.test(first.value) ? "here" : shellNamed(first);
  if (by === undefined)
    return first.value.includes("/") ? { word: first, by: "itself" } : undefined;
  const word = rest.find(({ value }) => !/^[-+]./u.test(value));
  const takesText = rest.some(({ value }) => /^-\w*[cs]/u.test(value));
  return word === undefined || takesText || word.value === "-" ? undefined : { word, by };
}

/** Where the shell is after `cd`; undefined when that can't be known. */
export function folderAfter(
  words: readonly Word[],
  folder: string | undefined,
): string | undefined {
  const [target, second] = words.slice(1).filter(({ value }) => !/^-[LPe]$/u.test(value));
  // Without a directory it goes home, which is the app's.
  if (target === undefined) return "";
  return second === undefined && target.value !== "-" ? pathInApp(target, folder) : undefined;
}

/** Where the project's own scripts may be that a script runs. */
export interface CalledPaths {
  /** Relative to the app's directory, with `/`; each of them once. */
  readonly paths: readonly string[];
  /** The same of programs in other languages, whose texts are looked at and not followed. */
  readonly programs: readonly string[];
  /** Whether that is all; else there are more places than any script of a person names. */
  readonly isWhole: boolean;
}

/** Each path is looked up on the disk: 10 files in 10 folders that 20 copies may have put there are 2,000. */
const mostPaths = 2000;
/** How often a file is looked for in a folder and among what is copied, until the rest is left out. */
const mostLooks = 20_000;
/** Nobody goes further down, one folder after the other. */
const deepestFolder = 10;
/** Nobody copies a copy of a copy more often. */
const deepestCopy = 3;

/**
 * The paths of the project's own scripts that a script may run, each relative to every directory that it goes to, and
 * where else they come from that are copied.
 *
 * @param texts where tasks are followed too, what is known of the files that declare them; those that aren't known are
 * among the paths
 * @param path that of the script itself, from the app's directory; empty for one of the configuration
 */
export function calledScripts(
  script: string,
  texts?: ReadonlyMap<string, string>,
  path = "",
): CalledPaths {
  const tree = parseScript(script);
  const folders = new Set([""]);
  /** By what is written there, with the folder that the script is in then. */
  const files = new Map<string, { readonly word: Word; readonly folder: string }>();
  const tasks = new Map<string, readonly Word[]>();
  const copies: Copying[] = [];
  const programs = new Set<string>();
  const variables = constantsIn(tree, path);
  let current = "";
  const note = (node: Command, before: CommandNode | undefined) => {
    const words = expandWords(withoutWrappers(node).words, { variables });
    const [first, ...rest] = words;
    if (first?.value === "cd") {
      const [from, below] = [folderAfter(words, ""), folderAfter(words, current)];
      const isDeep = below !== undefined && below.split("/").length > deepestFolder;
      current = (isDeep ? from : below) ?? from ?? current;
      if (from !== undefined) folders.add(from).add(current);
    }
    const named = scriptNamed(words)?.word;
    const inputs =
      node.name?.value === "exec" || (first !== undefined && mayRead(first))
        ? inputFiles(node, before)
        : [];
    for (const word of named === undefined ? inputs : [named, ...inputs])
      files.set(`${current} ${word.value}`, { word, folder: current });
    const program = programFile(words);
    if (program !== undefined)
      for (const start of ["", current]) programs.add(pathInApp(program, start) ?? "");
    if (texts !== undefined) tasks.set(words.map(({ value }) => value).join(" "), words);
    const copying = first === undefined ? undefined : copyingOf(programName(first), rest);
    if (copying !== undefined) copies.push(copying);
  };
  const piped = new Set<SyntaxNode>();
  eachNode(tree, (node) => {
    if (node.type === "Pipeline")
      for (const [index, command] of node.commands.entries())
        if (command.type === "Command") {
          piped.add(command);
          note(command, node.commands[index - 1]);
        }
    if (node.type === "Command" && !piped.has(node)) note(node, undefined);
  });
  const places = new Places();
  // Most scripts call what is in the folder that they went to last: that comes before all that may be.
  for (const { word, folder } of files.values())
    for (const start of ["", folder]) places.addPath(pathInApp(word, start));
  places.noteCopies(copies, folders);
  const words = new Map([...files.values()].map(({ word }) => [word.value, word]));
  for (const folder of folders) for (const word of words.values()) places.add(word, folder);
  if (texts !== undefined) addTasks(places, [...tasks.values()], folders, texts);
  return {
    paths: [...places.paths].filter((each) => each !== ""),
    programs: [...programs].filter((each) => each !== ""),
    isWhole: places.isWhole,
  };
}

/** A copy as it is in one of the folders that it may be made in. */
interface CopyInFolder {
  readonly copying: Copying;
  readonly at: (word: Word) => string;
}

/** Collects where scripts may be, as far as there is room. */
class Places {
  readonly paths = new Set<string>();
  isWhole = true;
  #looks = 0;
  /** By the path that they copy to. */
  readonly #copies = new Map<string, CopyInFolder[]>();

  /** Notes what is copied where, from each folder in which that may be. */
  noteCopies(copies: readonly Copying[], folders: ReadonlySet<string>): void {
    for (const folder of folders)
      for (const copying of copies) {
        if (!this.#look()) return;
        const at = (word: Word) => pathInApp(word, folder) ?? word.value;
        const target = at(copying.target).replace(/\/+$/u, "");
        const before = this.#copies.get(target);
        if (before === undefined) this.#copies.set(target, [{ copying, at }]);
        else before.push({ copying, at });
      }
  }

  /** Adds where a word leads from a folder, and what may have been copied there. */
  add(word: Word, folder: string): void {
    if (!this.#look()) return;
    const path = pathInApp(word, folder);
    this.addPath(path);
    this.#addOrigins(path ?? word.value, 0);
  }

  addPath(path: string | undefined): void {
    if (path === undefined || this.paths.has(path)) return;
    if (this.paths.size < mostPaths) this.paths.add(path);
    else this.isWhole = false;
  }

  #look(): boolean {
    if (this.#looks >= mostLooks || this.paths.size >= mostPaths) this.isWhole = false;
    this.#looks += 1;
    return this.isWhole;
  }

  #addOrigins(place: string, depth: number): void {
    if (depth === deepestCopy || this.#copies.size === 0) return;
    for (const target of foldersOf(place))
      for (const { copying, at } of this.#copies.get(target) ?? []) {
        if (!this.#look()) return;
        for (const { path } of originsOf(copying, place, at)) {
          if (!/^[/$`~]/u.test(path)) this.addPath(path);
          this.#addOrigins(path, depth + 1);
        }
      }
  }
}

/** A path and the folders that it is below, up to that of the app. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  return [...new Set(["", ...folders])];
}

/** Whether a program is a shell, or `.`, which may read a script from its input, or start another one that does. */
function mayRead(program: Word): boolean {
  return shellNamed(program) !== undefined || /^(?:\.|source)$/u.test(program.value);
}

/** What `cat FILE |` and `< FILE` give a shell to read. */
function inputFiles({ redirects }: Command, before: CommandNode | undefined): readonly Word[] {
  const own = redirects.flatMap((redirect) =>
    redirect.type === "Redirect" && /^<>?$/u.test(redirect.operator) ? (redirect.target ?? []) : [],
  );
  const words = before?.type === "Command" ? withoutWrappers(before).words : [];
  const [program, file, second] = words;
  const isCat = program?.value === "cat" && file !== undefined && second === undefined;
  return isCat ? [...own, file] : own;
}

/** Adds what tasks run, or where they may be declared. */
function addTasks(
  places: Places,
  tasks: readonly (readonly Word[])[],
  folders: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): void {
  const known = new TaskFiles();
  const seen = new Set<string>();
  for (const folder of folders)
    for (const words of tasks) {
      const call = taskCall(words, folder);
      if (call === undefined) continue;
      // Calls that run the same are looked at once.
      const key = JSON.stringify([call.files, call.runs]);
      if (seen.has(key)) continue;
      seen.add(key);
      const file = call.files.find((each) => texts.has(each));
      if (file === undefined) for (const path of call.files) places.addPath(path);
      if (file === undefined) continue;
      if (!places.isWhole) return;
      const within = file.slice(0, file.lastIndexOf("/") + 1);
      for (const { text } of known.lines(file, texts.get(file) ?? "", call.runs) ?? []) {
        const { paths, isWhole } = text === undefined ? noPaths : calledScripts(text);
        if (!isWhole) places.isWhole = false;
        for (const path of paths) places.addPath(within + path);
      }
    }
}

const noPaths: CalledPaths = { paths: [], programs: [], isWhole: true };

/** Variables that are set to a text somewhere in a script. */
function constantsIn(tree: SyntaxNode, path: string): Variables {
  const variables = new Variables({ branch: undefined, type: undefined });
  if (path !== "")
    for (const name of ["0", "BASH_SOURCE"]) variables.set(name, sameText(`/app/${path}`));
  eachNode(tree, (node) => {
    if (node.type !== "Assignment" || node.value.type !== "Word") return;
    const value = assignedValue(node.value, { variables });
    if (value.kind === "text" && value.from === undefined) variables.set(node.name, value);
  });
  return variables;
}

/** The shell that a script's first line asks for, dash without one; undefined when it is no shell that is known. */
export function shellOf(
  script: string,
): { readonly shell: Shell; readonly errexit: boolean } | undefined {
  const first = /^#!.*/u.exec(script)?.[0];
  if (first === undefined) return { shell: "dash", errexit: false };
  const asked =
    /^#!\s*(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?(?:\S*\/)?(bash|dash|ash|sh)(?:\s+-(\w+))?\s*$/u.exec(
      first,
    );
  if (asked === null) return undefined;
  return {
    shell: asked[1] === "bash" ? "bash" : "dash",
    errexit: asked[2]?.includes("e") === true,
  };
}
