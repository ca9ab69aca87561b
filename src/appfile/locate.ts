import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { Failure } from "../failure.ts";
import {
  describesApps,
  filesRead,
  isInWholeFolder,
  listFiles,
  ownAppFiles,
} from "../vendors/files.ts";
import { nodeAt, type Path, valueAt } from "../yaml/nodes.ts";
import { refusal } from "../yaml/refusal.ts";
import { parseSource, type Source } from "../yaml/source.ts";
import { readText } from "./files/bytes.ts";
import {
  type ClosedFolder,
  type FoundFile,
  findFiles,
  notLookedThrough,
} from "./files/find-files.ts";
import { followInclusion } from "./files/read-includes.ts";
import { disk, type Files } from "./files.ts";
import { inclusionOf } from "./include.ts";

/** Where one application is described. */
export interface AppLocation {
  /** Absolute, links resolved. */
  readonly file: string;
  /** The path as people know it: relative to the directory, with `/`. */
  readonly shown: string;
  /** The whole file; an item of a list; a key at the top; a key below `applications:`; a task below `tasks:`. */
  readonly form: "single" | "list" | "map" | "applications" | "task";
  /** Where in the file. */
  readonly path: Path;
  readonly name: string;
  /** Why the file could not be read, so that its name is a guess. */
  readonly unread?: Failure;
}

type InFile = Omit<AppLocation, "file" | "shown" | "unread">;

/**
 * Finds the applications of a checkout. A file that can't be read is listed as one application, so that
 * `readApp` can say what is wrong with it.
 *
 * @param directory where the checkout, or the part of it that counts, starts
 * @param appFile a file to look into instead of searching; relative to `directory`, or to where the
 *   program was started. Its form is told from its content.
 * @param files where files are read from: this computer unless given
 *
 * Throws a `Failure` ("usage") when there is none, when the only ones have a name that the platform
 * doesn't read, and when a folder can't be looked through: there may be others in it.
 */
export async function locateApps(
  directory: string,
  appFile?: string,
  files: Files = disk,
): Promise<readonly AppLocation[]> {
  const { apps, closed } = await locateAll(directory, appFile, files);
  for (const { shown, why } of closed) throw notLookedThrough(shown, why);
  return apps;
}

/** Of a folder that was looked through, and from which the platform reads no application. */
export class NoApplication extends Failure {}

/** The same of one in which no file has the name of one that describes an application, right or nearly right. */
export class NoAppFile extends NoApplication {}

/**
 * As `locateApps`, with the tasks of Upsun, which are containers of their own (developer.upsun.com, "Tasks"), and the
 * files that the platform doesn't read for their name, as people know them, and the folders that can't be looked through.
 */
export async function locateAll(
  directory: string,
  appFile?: string,
  files: Files = disk,
): Promise<{
  readonly apps: readonly AppLocation[];
  readonly tasks: readonly AppLocation[];
  readonly misnamed: readonly string[];
  readonly closed: readonly ClosedFolder[];
}> {
  const { found, closed } =
    appFile === undefined
      ? await findFiles(directory, files)
      : { found: [await givenFile(files, directory, appFile)], closed: [] };
  const readable = found.filter(({ shown }) => !hasWrongEnding(shown));
  const misnamed = found.map(({ shown }) => shown).filter(hasWrongEnding);
  const all = (await Promise.all(readable.map((file) => appsInFile(files, file)))).flat();
  const apps = all.filter(({ form }) => form !== "task");
  const tasks = all.filter(({ form }) => form === "task");
  if (apps.length > 0) return { apps, tasks, misnamed, closed };
  for (const { shown, why } of closed) throw notLookedThrough(shown, why);
  const [first] = misnamed;
  const Missing = found.length === 0 ? NoAppFile : NoApplication;
  throw first === undefined
    ? new Missing("usage", {
        what: "No application is configured here",
        where: appFile ?? directory,
        why: `the platform reads ${filesRead}`,
        next: "start in the project's directory, or name the file with --app-file",
      })
    : new NoApplication("usage", {
        what: "The platform doesn't read this file, because its name ends in .yml",
        where: first,
        next: `rename it to ${basename(first).replace(/yml$/u, "yaml")}`,
      });
}

async function givenFile(files: Files, directory: string, appFile: string): Promise<FoundFile> {
  const top = (await files.real(directory)) ?? resolve(directory);
  for (const path of [resolve(top, appFile), resolve(appFile)]) {
    const file = await files.real(path);
    if (file === undefined) continue;
    const inside = relative(top, path).split(sep).join("/");
    return { file, shown: inside.startsWith("../") || isAbsolute(inside) ? appFile : inside };
  }
  throw new Failure("usage", { what: `There is no file ${appFile}`, next: "check --app-file" });
}

function hasWrongEnding(shown: string): boolean {
  return shown.endsWith(".yml") && describesApps(basename(dirname(shown)), basename(shown));
}

async function appsInFile(
  files: Files,
  { file, shown }: FoundFile,
): Promise<readonly AppLocation[]> {
  const guess = { file, shown, form: "single", path: [], name: basename(dirname(file)) } as const;
  let text: string;
  try {
    text = await readText(files, { file, shown });
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return [{ ...guess, unread: error instanceof Failure ? error : unreadable(shown, error) }];
  }
  let source: Source;
  try {
    source = parseSource({ file, shown }, text);
  } catch (error) {
    // Who needs it reads it again, and tells what to paste into it.
    if (isUnreadable(error)) return [guess];
    throw error;
  }
  const apps = appsOfSource(source).map(
    async (app) => (await elsewhere(files, source, app)) ?? app,
  );
  return [...(await Promise.all(apps)), ...tasksOf(source)];
}

/**
 * The applications that a text describes.
 * Throws a `Failure` ("uneditable") with the place when it isn't one valid YAML document.
 */
export function appsIn(file: FoundFile, text: string): readonly AppLocation[] {
  return appsOfSource(parseSource(file, text));
}

/** The tasks that a file of Upsun describes. */
function tasksOf({ file, shown, value }: Source): readonly AppLocation[] {
  const tasks = valueAt(value, ["tasks"]);
  if (!isInWholeFolder(shown) || !(tasks instanceof Map)) return [];
  return [...tasks].flatMap(([name, task]) =>
    typeof name === "string" && task instanceof Map
      ? [{ file, shown, form: "task" as const, path: ["tasks", name], name }]
      : [],
  );
}

function appsOfSource({ file, shown, value }: Source): readonly AppLocation[] {
  return appsOf(value, shown, basename(dirname(file))).map((app) => ({ file, shown, ...app }));
}

/** The application in its own file, where a list or a mapping includes it from there. */
async function elsewhere(
  files: Files,
  source: Source,
  app: InFile,
): Promise<AppLocation | undefined> {
  const inclusion = inclusionOf(nodeAt(source.document.contents, app.path, source.document));
  if (inclusion?.type !== "yaml") return undefined;
  const target = await followInclusion(files, source, inclusion.path);
  if (typeof target === "string") {
    const { file, shown } = source;
    return { file, shown, ...app, unread: refusal(source, inclusion.start, target) };
  }
  try {
    const { value } = parseSource(target, await readText(files, target));
    return { ...target, form: "single", path: [], name: nameOf(value) ?? app.name };
  } catch (error) {
    if (isUnreadable(error)) return { ...target, form: "single", path: [], name: app.name };
    throw error;
  }
}

/** The applications that a file's value describes. */
function appsOf(value: unknown, shown: string, folder: string): readonly InFile[] {
  const isAppFile = ownAppFiles.has(basename(shown));
  const applications = valueAt(value, ["applications"]);
  const type = valueAt(value, ["type"]);
  if (isGroup(applications) && type === undefined && !isAppFile)
    return members(applications, "applications", ["applications"]);
  if (isInWholeFolder(shown)) return [];
  if (Array.isArray(value)) return members(value, "list", []);
  const keyed = value instanceof Map && type === undefined && value.size > 0;
  if (keyed && (listFiles.has(shown) || [...value.values()].every(isApp)))
    return members(value, "map", []);
  return [{ form: "single", path: [], name: nameOf(value) ?? folder }];
}

function members(
  group: Map<unknown, unknown> | readonly unknown[],
  form: AppLocation["form"],
  above: Path,
): readonly InFile[] {
  return [...group.entries()].flatMap(([key, app]) => {
    if (typeof key !== "string" && typeof key !== "number") return [];
    const name = Array.isArray(group) ? (nameOf(app) ?? `app-${Number(key) + 1}`) : String(key);
    return [{ form, path: [...above, key], name }];
  });
}

function isGroup(value: unknown): value is Map<unknown, unknown> | readonly unknown[] {
  return value instanceof Map || Array.isArray(value);
}

/** A mapping with what only an application has: its runtime. */
function isApp(value: unknown): boolean {
  return value instanceof Map && (value.has("type") || value.has("stack"));
}

function nameOf(app: unknown): string | undefined {
  const name = valueAt(app, ["name"]);
  return typeof name === "string" ? name : undefined;
}

function unreadable(where: string, cause: unknown): Failure {
  return new Failure(
    "uneditable",
    {
      what: "The file can't be read",
      where,
      why: cause instanceof Error ? cause.message : String(cause),
      next: "make it readable, then start again",
    },
    { cause },
  );
}

/** Whether it is the file that is at fault, and not what reads it. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof Failure) return error.reason === "uneditable";
  return error instanceof Error && "syscall" in error;
}
