import type { Word } from "unbash";
import { copyOf, programName } from "../parse/simple-command.ts";
import { fits, namePattern, type Pattern } from "./pattern.ts";

/** A command that puts files, or folders with all that is in them, elsewhere. */
export interface Copying {
  readonly sources: readonly CopySource[];
  /** As it is written; whether it is a folder that is there already isn't told by that. */
  readonly target: Word;
  /** Whether it can only be a folder, in which the sources land under their own names. */
  readonly isFolder: boolean;
  /** Whether a file that is at its place already is replaced for sure. */
  readonly replaces: boolean;
  /** Whether folders go along. */
  readonly isDeep: boolean;
  readonly moves: boolean;
}

/** What a command copies or moves. */
export interface CopySource {
  /** As it is written. */
  readonly word: Word;
  /** The source itself; of one whose contents are copied, their folder, empty for where the shell is. */
  readonly path: Word;
  /** Where what is in the folder is copied, and not the folder: which names in it. */
  readonly contents?: Pattern;
}

/** Reads `cp`, `mv`, `ln`, `install` and `rsync`; undefined for anything else. */
export function copyingOf(name: string, rest: readonly Word[]): Copying | undefined {
  const plain = plainOptions.get(name);
  if (plain === undefined) return undefined;
  const hasFolderOption = name !== "rsync";
  let named: Word | undefined;
  const operands: Word[] = [];
  const options: string[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at];
    if (word === undefined) break;
    const { value } = word;
    const [, glued] = hasFolderOption
      ? (/^(?:-t|--target-directory=)(.+)$/su.exec(value) ?? [])
      : [];
    if (glued !== undefined) named = worded(word, glued);
    else if (hasFolderOption && /^(?:-[a-zA-Z]*t|--target-directory)$/u.test(value)) {
      at += 1;
      named = rest[at];
    } else if (name === "install" && /^-[mogS]$/u.test(value)) at += 1;
    else if (value.startsWith("-") && value !== "-") options.push(value);
    else operands.push(word);
  }
  const target = named ?? operands.pop();
  if (target === undefined || operands.length === 0) return undefined;
  const isForced = name !== "ln" || options.some((option) => /^-\w*f|^--force$/u.test(option));
  return {
    sources: operands.map((word) => sourceOf(name, word)),
    target,
    isFolder: named !== undefined || operands.length > 1 || /(?:^|\/)\.{0,2}$/u.test(target.value),
    replaces: isForced && options.every((option) => plain.test(option)),
    isDeep: /^(?:mv|ln)$/u.test(name) || options.some((option) => deep.test(option)),
    moves: name === "mv",
  };
}

/** Options with which each file is replaced that is at its place already; by program. */
const plainOptions: ReadonlyMap<string, RegExp> = new Map([
  ["cp", /^(?:-[rRafpPvLHdxlsb]+|--(?:recursive|archive|force|verbose|preserve(?:=.*)?)?)$/u],
  ["mv", /^(?:-[fvb]+|--(?:force|verbose)?)$/u],
  ["ln", /^(?:-[sfnvr]+|--(?:symbolic|force|relative)?)$/u],
  ["install", /^(?:-[CDpv]+|-[mog].+|--(?:mode|owner|group)=.*|--)$/u],
  ["rsync", /^(?:-[avzrlptgoDhHqPW]+|--(?:archive|recursive|verbose|quiet|compress)?)$/u],
]);

const deep = /^-[a-zA-Z]*[rRa]|^--(?:recursive|archive)$/u;

function worded(word: Word, value: string): Word {
  const { parts: _read, ...plain } = copyOf(word);
  return { ...plain, value };
}

/** Only `/.`, a pattern, and a `/` at the end for rsync stand for what is in a folder. */
function sourceOf(name: string, word: Word): CopySource {
  const { value } = word;
  if (value === "." || value === "./" || /\/\.\/?$/u.test(value))
    return { word, path: worded(word, value.replace(/\/?\.\/?$/u, "")), contents: everything };
  if (name === "rsync" && value.endsWith("/"))
    return { word, path: worded(word, value.replace(/\/+$/u, "")), contents: everything };
  const [, folder = "", last = ""] = /^(.*\/)?([^/]*)\/*$/su.exec(value) ?? [];
  if (!/[*?[]/u.test(last) || folder === "/") return { word, path: word };
  return { word, path: worded(word, folder.replace(/\/+$/u, "")), contents: namePattern(last) };
}

const everything: Pattern = [{ kind: "any" }];

/** Whether a pattern stands for a name: those with a dot in front it has to name itself (POSIX, 2.13.3). */
export function standsFor(pattern: Pattern, name: string): boolean {
  const [first] = pattern;
  const isHidden = name.startsWith(".");
  if (pattern === everything || !isHidden) return fits(pattern, name);
  return first?.kind === "one" && first.fits(".") && !first.fits("a") && fits(pattern, name);
}

/** Where a file may come from that is at a place which a command copies to. */
export interface Origin {
  readonly path: string;
  /** Whether the source is named as this very file, and isn't a folder that it would have to be in. */
  readonly isNamed: boolean;
  /** Whether that is so only where the target wasn't there before. */
  readonly isRenamed: boolean;
}

/**
 * Where what is at a place may come from.
 *
 * @param at the one name of a file that a word names
 */
export function originsOf(
  copying: Copying,
  place: string,
  at: (word: Word) => string | undefined,
): readonly Origin[] {
  const { isDeep } = copying;
  const into = at(copying.target)?.replace(/\/+$/u, "");
  if (into === undefined) return [];
  const beneath = into === "" ? "" : `${into}/`;
  return copying.sources.flatMap(({ path, contents }): readonly Origin[] => {
    const from = at(path)?.replace(/\/+$/u, "");
    if (from === undefined) return [];
    if (contents !== undefined) {
      const below = isBelow(place, beneath) ? place.slice(beneath.length) : undefined;
      const [first = ""] = below?.split("/") ?? [];
      if (below === undefined || !standsFor(contents, first)) return [];
      if (!isDeep && below !== first) return [];
      return [{ path: from === "" ? below : `${from}/${below}`, isNamed: false, isRenamed: false }];
    }
    const entered = originAt(place, beneath + programName(worded(path, from)), from, false);
    const renamed = copying.isFolder || into === "" ? [] : originAt(place, into, from, true);
    return [...entered, ...renamed].filter(({ isNamed }) => isNamed || isDeep);
  });
}

function originAt(place: string, to: string, from: string, isRenamed: boolean): readonly Origin[] {
  if (place === to) return [{ path: from, isNamed: true, isRenamed: false }];
  if (!place.startsWith(`${to}/`)) return [];
  return [{ path: from + place.slice(to.length), isNamed: false, isRenamed }];
}

/** Whether a file is below a folder, whose name ends with `/`; that of the app is empty, and what is elsewhere has its whole path. */
export function isBelow(place: string, beneath: string): boolean {
  return beneath === "" ? !/^[/$`?~]/u.test(place) : place.startsWith(beneath);
}
