import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { isNode, visit } from "yaml";
import { inclusionOf } from "../../src/appfile/include.ts";
import { Failure } from "../../src/failure.ts";
import { parseSource } from "../../src/yaml/source.ts";

/** What an included file that is not in the folder may have held, by the key that includes it. */
const standIns = {
  string: "#!/bin/sh\nset -e\n\n# What this script was is not known.\nmake all\n",
  crons: "mail:\n    spec: '*/5 * * * *'\n    cmd: mail\n",
  app: "name: included\ntype: 'python:3.12'\n",
} as const;

/**
 * Lays a file down in a folder of its own, with stand-ins for what it includes, and gives its path there, or undefined
 * when it includes nothing. The files of the corpus stand alone: what they include is elsewhere.
 */
export async function withStandIns<T>(
  path: string,
  use: (copy: string) => Promise<T>,
): Promise<T | undefined> {
  const included = await inclusionsIn(path);
  if (included.length === 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "machinist-corpus-"));
  try {
    const copy = join(folder, basename(path));
    await copyFile(path, copy);
    for (const { path: name, text } of included) {
      const file = join(folder, name);
      if (relative(folder, file).startsWith("..")) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return await use(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inclusionsIn(path: string) {
  const text = await readFile(path, "utf8").catch(() => "");
  if (!text.includes("!include")) return [];
  const found: { readonly path: string; readonly text: string }[] = [];
  try {
    visit(parseSource({ file: path, shown: path }, text).document, (key, node) => {
      const inclusion = isNode(node) ? inclusionOf(node) : undefined;
      if (inclusion === undefined) return;
      const kind = inclusion.type === "string" ? "string" : key === "value" ? "crons" : "app";
      found.push({ path: inclusion.path, text: standIns[kind] });
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return found;
}
