import { basename, dirname, join, relative, sep } from "node:path";
import { Failure } from "../failure.ts";
import { calledScripts } from "../shell/script.ts";
import { valueAt } from "../yaml/nodes.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { AppFile, Script } from "./app-file.ts";
import { readText } from "./files/bytes.ts";
import type { Files } from "./files.ts";

/** More scripts than this, or larger ones, are no scripts that a person keeps. */
const most = 200;
const largest = 256 * 1024;

/**
 * The application with the scripts of its repository that its hooks, crons and commands call, also through others.
 * What lies outside of the directory, isn't there or isn't UTF-8 is left out.
 *
 * @param top the directory of the checkout, links resolved; nothing outside of it is read
 */
export async function withCalledFiles(app: AppFile, top: string, files: Files): Promise<AppFile> {
  const root = folderOf(app, top);
  const called = new Map<string, TextFile>();
  const tried = new Set<string>();
  let texts = scriptsIn(app).map(({ text }) => text);
  while (texts.length > 0 && called.size < most) {
    const paths = texts.flatMap(calledScripts).filter((path) => !tried.has(path));
    const found = await Promise.all(
      [...new Set(paths)].map(async (path) => {
        tried.add(path);
        return [path, await readWithin(top, join(root, path), files)] as const;
      }),
    );
    texts = [];
    for (const [path, file] of found) {
      if (file === undefined) continue;
      called.set(path, file);
      texts.push(file.text);
    }
  }
  return { ...app, called };
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
  return /^\.(?:platform|upsun)$/u.test(basename(folder)) ? dirname(folder) : folder;
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

/** A text file, links followed; undefined when it isn't there, leads out of `top`, or isn't UTF-8. */
export async function readWithin(
  top: string,
  path: string,
  files: Files,
): Promise<TextFile | undefined> {
  const file = await files.real(path);
  if (file === undefined) return undefined;
  const inside = relative(top, file);
  if (inside === ".." || inside.startsWith(`..${sep}`) || !(await files.isFile(file)))
    return undefined;
  const shown = inside.split(sep).join("/");
  try {
    const text = await readText(files, { file, shown });
    return text.length > largest ? undefined : { file, shown, text };
  } catch (error) {
    if (error instanceof Failure && error.reason !== "uneditable") throw error;
    return undefined;
  }
}
