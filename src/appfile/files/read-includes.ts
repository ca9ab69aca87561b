import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isMap, isNode, visit } from "yaml";
import { Failure } from "../../failure.ts";
import { parseSource } from "../../yaml/source.ts";
import type { Files } from "../files.ts";
import {
  type Includes,
  type Inclusion,
  type InclusionTarget,
  includeKey,
  inclusionOf,
} from "../include.ts";
import { readText } from "./bytes.ts";
import { findFiles } from "./find-files.ts";

/** The file that includes. */
interface IncludingFile {
  readonly file: string;
  readonly shown: string;
}

/** The same with the application in it, and how a text is got when it was changed but not written yet. */
export interface Including extends IncludingFile {
  /** `source.root` as it is written, from the top of the checkout. */
  readonly root?: string;
  textOf(file: string): string | undefined;
}

/**
 * Reads what an application includes. A file that can't be read, or that lies outside of the checkout, is there with
 * the reason; one that other places include as well is there to be read, but locked.
 */
export async function readIncludes(
  files: Files,
  including: Including,
  inclusions: readonly Inclusion[],
): Promise<Includes> {
  if (inclusions.length === 0) return new Map();
  const top = topOf(including);
  const uses = await usesBelow(files, top);
  const found = await Promise.all(
    inclusions.map(
      async (inclusion) =>
        [
          includeKey(inclusion),
          await readIncluded(files, including, top, inclusion, uses),
        ] as const,
    ),
  );
  return new Map(found);
}

/**
 * The file that an inclusion leads to; why there is none that can be used, as a sentence without its full stop.
 *
 * @param path as it is written
 */
export async function followInclusion(
  files: Files,
  including: IncludingFile,
  path: string,
): Promise<IncludingFile | string> {
  const top = topOf(including);
  const found = await targetOf(files, including, top, path);
  if (typeof found === "string") return found;
  return { file: found.file, shown: relative(top, found.file).split(sep).join("/") };
}

/** The directory that `shown` is relative to; that of the file when `shown` isn't below it. */
function topOf({ file, shown }: IncludingFile): string {
  const tail = sep + shown.split("/").join(sep);
  return file.endsWith(tail) ? file.slice(0, -tail.length) : dirname(file);
}

async function readIncluded(
  files: Files,
  including: Including,
  top: string,
  inclusion: Inclusion,
  uses: readonly Use[],
): Promise<InclusionTarget> {
  const { type, path } = inclusion;
  if (type !== "string" && type !== "yaml") return closed(`It is included as ${type}`);
  const found = await targetOf(files, including, top, path);
  if (typeof found === "string") return closed(found, found.endsWith(notThere));
  const shown = relative(top, found.file).split(sep).join("/");
  const others = uses.filter(({ file }) => file === found.file);
  const locked =
    others.length > 1
      ? { locked: `${shown} is included by ${others.map(({ by }) => by).join(" and ")}` }
      : {};
  try {
    const text =
      including.textOf(found.file) ?? (await readText(files, { file: found.file, shown }));
    const file = { file: found.file, shown };
    return type === "string"
      ? { kind: "script", in: { ...file, text }, ...locked }
      : { kind: "yaml", in: parseSource(file, text), ...locked };
  } catch (error) {
    if (error instanceof Failure && error.reason === "uneditable")
      return closed(`${error.parts.where}: ${error.parts.why}`);
    throw error;
  }
}

function closed(why: string, isMissing = false): InclusionTarget {
  return { kind: "closed", why, isMissing };
}

const notThere = "is included, but isn't there";

/**
 * The file an inclusion names, links resolved, or why it can't be used. The manual has the path count from the app's own
 * folder, and shows it from the file that includes and from the top of the checkout as well, so that all are tried.
 */
async function targetOf(
  files: Files,
  { file: including, root = "" }: Pick<Including, "file" | "root">,
  top: string,
  path: string,
): Promise<{ readonly file: string } | string> {
  const folder = dirname(including);
  const places = [...new Set([folder, dirname(folder), resolve(join(top, root)), top])].filter(
    (place) => place === top || place.startsWith(top + sep),
  );
  const found = new Set<string>();
  const tried = places.map((place) => resolve(place, path));
  for (const each of tried) {
    const file = await files.real(each);
    if (file !== undefined && (await files.isFile(file))) found.add(file);
  }
  const [file, second] = found;
  if (file === undefined) {
    const submodule = await submoduleOf(files, top, tried);
    return submodule === undefined
      ? `${path} ${notThere}`
      : `${path} may be in the submodule ${submodule}, which isn't fetched`;
  }
  if (second !== undefined) return `${path} may be either of two files`;
  if (!file.startsWith(top + sep)) return `${path} leads out of the checkout`;
  return (await isInOtherRepository(files, top, file))
    ? `${path} is in another repository`
    : { file };
}

/** The submodule that one of these files would be in, as `.gitmodules` names its folder. */
async function submoduleOf(
  files: Files,
  top: string,
  tried: readonly string[],
): Promise<string | undefined> {
  const text = await files.read(join(top, ".gitmodules")).then(
    (bytes) => Buffer.from(bytes).toString(),
    () => "",
  );
  const folders = [...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*"?([^"\s][^"\r\n]*)/gmu)];
  return folders
    .map(([, folder = ""]) => folder.trimEnd())
    .find((folder) => tried.some((file) => file.startsWith(join(top, folder) + sep)));
}

/** Whether a folder between the top and the file has a `.git` of its own, as a submodule has. */
async function isInOtherRepository(files: Files, top: string, file: string): Promise<boolean> {
  for (let folder = dirname(file); folder !== top; folder = dirname(folder)) {
    if ((await files.real(join(folder, ".git"))) !== undefined) return true;
  }
  return false;
}

/** One place that includes a file. */
interface Use {
  readonly file: string;
  /** `file:line` of the place. */
  readonly by: string;
}

/** Every inclusion in the configuration files of the checkout; files that can't be read have none. */
async function usesBelow(files: Files, top: string): Promise<readonly Use[]> {
  const { found } = await findFiles(top, files).catch(() => ({ found: [] }));
  const uses = await Promise.all(found.map((each) => usesIn(files, each, top)));
  return uses.flat();
}

async function usesIn(
  files: Files,
  { file, shown }: { readonly file: string; readonly shown: string },
  top: string,
): Promise<readonly Use[]> {
  const text = await files.read(file).then(
    (bytes) => Buffer.from(bytes).toString(),
    () => "",
  );
  if (!text.includes("!include")) return [];
  const inclusions: (Inclusion & Pick<Including, "root">)[] = [];
  try {
    visit(parseSource({ file, shown }, text).document, (_key, node, above) => {
      const inclusion = isNode(node) ? inclusionOf(node) : undefined;
      if (inclusion !== undefined) inclusions.push({ ...inclusion, ...rootAmong(above) });
    });
  } catch {
    return [];
  }
  const found = await Promise.all(
    inclusions.map(async ({ path, start, ...app }): Promise<readonly Use[]> => {
      const target = await targetOf(files, { file, ...app }, top, path);
      const line = text.slice(0, start).split("\n").length;
      return typeof target === "string"
        ? []
        : [{ file: target.file, by: `${shown || basename(file)}:${line}` }];
    }),
  );
  return found.flat();
}

/** The `source.root` of the application that something stands in, by the nodes around it. */
function rootAmong(above: readonly unknown[]): Pick<Including, "root"> {
  for (const node of above) {
    const root = isMap(node) ? node.getIn(["source", "root"]) : undefined;
    if (typeof root === "string") return { root };
  }
  return {};
}
