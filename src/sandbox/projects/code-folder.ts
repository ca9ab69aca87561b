import { isUtf8 } from "node:buffer";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import type { CodeFiles } from "../git-objects.ts";
import { appsOfBranch } from "./app-reading.ts";

/** What a repository doesn't hold: its own database, and what the build installs. */
const skipped = new Set([".git", "node_modules", "vendor"]);
const mostFiles = 20_000;

/**
 * The files of a folder, to be served as the code of a project. Links and files that aren't UTF-8 are left out.
 * Throws a Failure ("usage") for a folder that can't be read, has too many files, or holds no application that can be
 * deployed.
 */
export async function readCode(folder: string): Promise<CodeFiles> {
  const files: Record<string, string> = {};
  for (const path of await pathsBelow(folder)) {
    const bytes = await readFile(join(folder, path)).catch((error) => unreadable(folder, error));
    if (isUtf8(bytes)) files[path] = bytes.toString();
  }
  const apps = appsOfBranch(files);
  if ("file" in apps) {
    throw new Failure("usage", {
      what: "The code can't be deployed",
      where: join(folder, apps.file),
      why: apps.why,
      next: "Correct the file, and start the sandbox again.",
    });
  }
  if (apps.length > 0) return files;
  throw new Failure("usage", {
    what: "No file there describes an application",
    where: `--code ${folder}`,
    next: "Name the top folder of a project.",
  });
}

async function pathsBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [""];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const entries = await readdir(at === "" ? folder : join(folder, at), {
      withFileTypes: true,
    }).catch((error) => unreadable(folder, error));
    for (const entry of entries) {
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isFile()) found.push(path);
      if (entry.isDirectory() && !skipped.has(entry.name)) waiting.push(path);
    }
    if (found.length > mostFiles) {
      throw new Failure("usage", {
        what: `There are more than ${mostFiles} files`,
        where: `--code ${folder}`,
        next: "Name the top folder of a project.",
      });
    }
  }
  return found.sort();
}

function unreadable(folder: string, error: NodeJS.ErrnoException): never {
  throw new Failure(
    "usage",
    {
      what: "The code can't be read",
      where: error.path ?? `--code ${folder}`,
      why: `the system answered ${error.code ?? "with an error"}`,
      next: "Name the top folder of a project, all of it readable.",
    },
    { cause: error },
  );
}
