import type { Word } from "unbash";
import { anyOf, containerPrefixes } from "../../vendors/registry.ts";
import { parseScript } from "../parse/parse.ts";
import { programName, started } from "../parse/simple-command.ts";
import { eachCommand } from "../parse/tree.ts";
import type { Shell } from "./sighting.ts";
import { fixedText } from "./word.ts";

/** A call of a script that may be the project's own. */
export interface ScriptCall {
  /** Relative to the app's directory, with `/`. */
  readonly path: string;
  /** The shell that is named; "itself" when the script's first line says; "here" when no new shell is started. */
  readonly by: Shell | "itself" | "here";
}

const interpreters: ReadonlyMap<string, ScriptCall["by"]> = new Map([
  ["sh", "dash"],
  ["dash", "dash"],
  ["bash", "bash"],
  [".", "here"],
  ["source", "here"],
] as const);

/**
 * Reads `./build.sh`, `bash bin/build.sh` and `. "$PLATFORM_APP_DIR/build.sh"`. Undefined for anything else, for what
 * lies outside of the app, and for a path that can't be told from the text.
 *
 * @param folder where the shell is, relative to the app's directory; undefined when it isn't known
 */
export function scriptCall(
  words: readonly Word[],
  folder: string | undefined,
): ScriptCall | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const by = interpreters.get(first.value.includes("/") ? programName(first) : first.value);
  if (by === undefined) {
    const path = first.value.includes("/") ? pathInApp(first, folder) : undefined;
    return path === undefined ? undefined : { path, by: "itself" };
  }
  const file = rest.find(({ value }) => !value.startsWith("-"));
  if (file === undefined || rest.some(({ value }) => /^-\w*[cs]/u.test(value))) return undefined;
  const path = pathInApp(file, folder);
  return path === undefined ? undefined : { path, by };
}

/** A path as it is written, from the app's directory, which is `/app` (platform manual, "Use variables"). */
function pathInApp(word: Word, folder: string | undefined): string | undefined {
  const fromTop = word.value.replace(appFolder, "");
  const inTop = fromTop !== word.value;
  if (/[$`*?\\\s~]/u.test(fromTop) || (!inTop && fromTop.startsWith("/"))) return undefined;
  return inTop ? within("", fromTop) : folder === undefined ? undefined : within(folder, fromTop);
}

const ownFolder = `${anyOf(containerPrefixes)}APP_DIR`;
const appFolder = new RegExp(`^(?:\\$${ownFolder}|\\$\\{${ownFolder}\\}|/app)(?=/|$)`, "u");

function within(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
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
 */
export function calledScripts(script: string): readonly string[] {
  const folders = new Set([""]);
  const calls: (readonly Word[])[] = [];
  eachCommand(parseScript(script), (command) => {
    const { words } = started(command);
    const folder = words[0]?.value === "cd" ? folderAfter(words, "") : undefined;
    if (folder !== undefined) folders.add(folder);
    calls.push(words);
  });
  const paths = [...folders].flatMap((folder) =>
    calls.flatMap((words) => scriptCall(words, folder)?.path ?? []),
  );
  return [...new Set(paths)].filter((path) => path !== "");
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

/** Whether words start a shell that reads its script from the standard input. */
export function readsInput(words: readonly Word[]): Shell | undefined {
  const [first, ...rest] = words;
  const by = first === undefined ? undefined : interpreters.get(programName(first));
  const plain = rest.every((word) => /^-[a-bd-z]+$/u.test(fixedText(word) ?? ""));
  return plain && (by === "dash" || by === "bash") ? by : undefined;
}
