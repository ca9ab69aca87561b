import type { Command, CommandNode, SyntaxNode, Word } from "unbash";
import { parseScript } from "../parse/parse.ts";
import { copyOf, programName, withoutWrappers } from "../parse/simple-command.ts";
import { eachNode } from "../parse/tree.ts";
import { pathInApp, within } from "./app-path.ts";
import { readerOf, shellNamed } from "./shell-input.ts";
import type { Shell } from "./sighting.ts";
import { TaskFiles } from "./task-file.ts";
import { type TaskCall, taskCall } from "./tasks.ts";
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

/**
 * The paths of the project's own scripts that a script may run, each relative to every directory that it goes to. They
 * are relative to the app's directory, with `/`.
 *
 * @param texts where tasks are followed too, what is known of the files that declare them; those that aren't known are
 * among the paths
 * @param path that of the script itself, from the app's directory; empty for one of the configuration
 */
export function calledScripts(
  script: string,
  texts?: ReadonlyMap<string, string>,
  path = "",
): readonly string[] {
  const tree = parseScript(script);
  const folders = new Set([""]);
  const files: Word[] = [];
  const tasks: (readonly Word[])[] = [];
  const copies: (readonly Word[])[] = [];
  const variables = constantsIn(tree, path);
  const note = (node: Command, before: CommandNode | undefined) => {
    const words = expandWords(withoutWrappers(node).words, { variables });
    const folder = words[0]?.value === "cd" ? folderAfter(words, "") : undefined;
    if (folder !== undefined) folders.add(folder);
    const named = scriptNamed(words)?.word;
    if (named !== undefined) files.push(named);
    tasks.push(words);
    if (copies.length < mostCopies && words[0] !== undefined && copying.test(words[0].value))
      copies.push(words.slice(1).filter(({ value }) => !value.startsWith("-")));
    if (readerOf(words) !== undefined || node.name?.value === "exec")
      files.push(...inputFiles(node, before));
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
  const known = new TaskFiles();
  const paths = [...folders].flatMap((folder) => [
    ...files.flatMap((word) => [
      ...copies.flatMap((copy) => copiedFrom(copy, word, folder)),
      ...[pathInApp(word, folder) ?? []].flat(),
    ]),
    ...(texts === undefined
      ? []
      : unlike(tasks.flatMap((words) => taskCall(words, folder) ?? [])).flatMap((call) =>
          taskScripts(call, texts, known),
        )),
  ]);
  return [...new Set(paths)].filter((each) => each !== "");
}

/** Programs that put a file, or a folder with all that is in it, elsewhere; nobody writes more of them. */
const copying = /^(?:cp|mv|ln|install|rsync)$/u;
const mostCopies = 20;

/** Where a script may come from that a copy puts where it is called. */
function copiedFrom(copy: readonly Word[], called: Word, folder: string): readonly string[] {
  const [target] = copy.slice(-1);
  if (target === undefined) return [];
  const at = (word: Word) => (pathInApp(word, folder) ?? word.value).replace(/\/+$/u, "");
  const [path, into] = [at(called), at(target)];
  const beneath = into === "" ? "" : `${into}/`;
  return copy.slice(0, -1).flatMap((source) => {
    const from = pathInApp(
      { ...copyOf(source), value: source.value.replace(/\/\*$/u, "") },
      folder,
    );
    if (from === undefined) return [];
    const name = `${beneath}${programName(source)}`;
    if (path === into || path === name) return [from];
    const below = [`${name}/`, beneath].filter((each) => path.startsWith(each));
    return below.map((each) => within(from, path.slice(each.length)) ?? "");
  });
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

/** What a task runs, or where it may be declared. */
function taskScripts(
  call: TaskCall,
  texts: ReadonlyMap<string, string>,
  known: TaskFiles,
): readonly string[] {
  const file = call.files.find((each) => texts.has(each));
  if (file === undefined) return call.files;
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  const lines = known.lines(file, texts.get(file) ?? "", call.runs) ?? [];
  return lines.flatMap(({ text }) =>
    text === undefined ? [] : calledScripts(text).map((path) => folder + path),
  );
}

/** The calls without those that run the same. */
function unlike(calls: readonly TaskCall[]): readonly TaskCall[] {
  return [
    ...new Map(calls.map((call) => [JSON.stringify([call.files, call.runs]), call])).values(),
  ];
}

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
