import { basename, dirname, join, relative, sep } from "node:path";
import { type Fact, known } from "../fact.ts";
import { Failure } from "../failure.ts";
import { kibibyte, UnfitFile } from "../regular-file.ts";
import { calledScripts, isTaskFile } from "../shell/script.ts";
import { vendorFolders } from "../vendors/files.ts";
import { valueAt } from "../yaml/nodes.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { AppFile, Script } from "./app-file.ts";
import { flavorCommand } from "./build-flavor.ts";
import { decode } from "./files/bytes.ts";
import type { Files } from "./files.ts";

/** More scripts than this, or larger ones, are no scripts that a person keeps. */
const most = 200;
const largest = 256 * kibibyte;
/** More places than this, in which scripts may be, no project has. */
const mostLookups = 5000;

/** A file that is there and was not read. */
export interface UnreadFile {
  /** The path as people know it. */
  readonly shown: string;
  /** A sentence without its full stop, or what the system says. */
  readonly why: string;
}

/**
 * The application with the scripts of its repository that its hooks, crons and commands call, also through others, and
 * those of them that can't be read. What lies outside of the directory, isn't there or isn't UTF-8 is left out.
 *
 * @param top the directory of the checkout, links resolved; nothing outside of it is read
 */
export async function withCalledFiles(
  app: AppFile,
  top: string,
  files: Files,
): Promise<{ readonly app: AppFile; readonly unread: readonly UnreadFile[] }> {
  const root = folderOf(app, top);
  const unread: UnreadFile[] = [];
  const called = new Map<string, TextFile>();
  const tried = new Set<string>();
  let texts = [flavorCommand(app) ?? "", ...scriptsIn(app).map(({ text }) => text)].map((text) => ({
    text,
    path: "",
  }));
  let isWhole = true;
  while (texts.length > 0 && called.size < most) {
    const known = new Map([...called].map(([path, { text }]) => [path, text]));
    const paths = new Set<string>();
    const programs = new Set<string>();
    for (const { text, path } of texts) {
      const places = calledScripts(text, known, path);
      if (!places.isWhole) isWhole = false;
      for (const place of places.paths) if (!tried.has(place)) paths.add(place);
      for (const place of places.programs) if (!tried.has(place)) programs.add(place);
    }
    const all = new Set([...paths, ...programs]);
    const next = [...all].slice(0, Math.max(0, mostLookups - tried.size));
    if (next.length < all.size) isWhole = false;
    const found = await Promise.all(
      next.map(async (path) => {
        tried.add(path);
        return [path, await readWithin(top, join(root, path), files)] as const;
      }),
    );
    // What declares tasks is no script: who calls them is looked at once more.
    const declares = found.some(([path, { kind }]) => kind === "known" && isTaskFile(path));
    texts = declares ? texts : [];
    for (const [path, file] of found) {
      const isProgram = !paths.has(path);
      // A program that is larger than any script is as little followed as one that is read.
      if (file.kind === "unread" && !isProgram) unread.push({ shown: path, why: file.why });
      if (file.kind !== "known") continue;
      called.set(path, file.value);
      if (!isTaskFile(path) && !isProgram) texts.push({ text: file.value.text, path });
    }
  }
  if (!isWhole || texts.length > 0)
    unread.push({
      shown: "one more script",
      why: "there are more places to look at than any project has",
    });
  return { app: { ...app, called }, unread };
}

/**
 * The app's own folder, which is `/app` in the container: `source.root`, else that of its file, which for shared files is
 * the top (platform manual, "Project structure").
 */
export function folderOf({ source, location }: AppFile, top: string): string {
  const root = valueAt(source.value, [...location.path, "source", "root"]);
  if (typeof root === "string") return join(top, root);
  const folder = dirname(location.file);
  if (location.form !== "single") return top;
  return vendorFolders.has(basename(folder)) ? dirname(folder) : folder;
}

function scriptsIn({ hooks, crons, commands }: AppFile): readonly Script[] {
  return [
    hooks.build,
    hooks.deploy,
    hooks.postDeploy,
    ...crons.flatMap(({ script, stop }) => [script, stop]),
    ...commands.map(({ script }) => script),
  ].flatMap((script) => script ?? []);
}

/**
 * A text file, links followed. Absent when it isn't there, leads out of `top`, is a folder, or isn't UTF-8; unread when it
 * is something else, larger than any script, or on a disk that fails.
 */
export async function readWithin(top: string, path: string, files: Files): Promise<Fact<TextFile>> {
  try {
    const file = await files.real(path);
    const inside = file === undefined ? ".." : relative(top, file);
    if (file === undefined || inside === ".." || inside.startsWith(`..${sep}`)) return absent;
    if (!(await files.isFile(file))) return absent;
    const shown = inside.split(sep).join("/");
    const bytes = await files.read(file);
    if (bytes.length > largest)
      return { kind: "unread", why: `It is larger than ${largest / kibibyte} KiB` };
    return known({ file, shown, text: decode(shown, bytes) });
  } catch (error) {
    if (error instanceof UnfitFile || (error instanceof Error && "syscall" in error))
      return { kind: "unread", why: error.message };
    if (error instanceof Failure && error.reason === "uneditable") return absent;
    throw error;
  }
}

const absent = { kind: "absent" } as const;
