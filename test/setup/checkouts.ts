import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { layDownWorstProject } from "../../src/sandbox/projects/worst-project.ts";
import { layDownSampleProject } from "../../src/sandbox/sample-project.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";

interface Kept {
  readonly path: string;
  readonly bytes: Buffer;
  readonly mode: number;
}

/**
 * Gives a function that lays a project down as its maker does. Git takes its time, so it is run once: what came of it is
 * kept in memory, and written anew for each test.
 */
export function kept(
  make: (directory: string) => Promise<void>,
): (directory: string) => Promise<void> {
  let files: Promise<readonly Kept[]> | undefined;
  return async (directory) => {
    files ??= filesOf(make);
    for (const { path, bytes, mode } of await files) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), bytes);
      await chmod(join(directory, path), mode);
    }
    // Git takes a repository only for one that has these, empty as they are.
    for (const empty of ["refs/heads", "refs/tags", "objects/info", "objects/pack"])
      await mkdir(join(directory, ".git", empty), { recursive: true });
  };
}

async function filesOf(make: (directory: string) => Promise<void>): Promise<readonly Kept[]> {
  const directory = await mkdtemp(join(tmpdir(), "machinist-test-"));
  try {
    await make(directory);
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".sample"))
      .map(({ parentPath, name }) => join(parentPath, name));
    return await Promise.all(
      paths.map(async (path) => ({
        path: relative(directory, path),
        bytes: await readFile(path),
        mode: (await stat(path)).mode,
      })),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Lays down the sample project, as the sandbox knows it, in an empty folder. */
export const layDownShop = kept((directory) => layDownSampleProject(directory, demoProjectId));

/** Lays down the project of many mistakes in an empty folder. */
export const layDownMagazine = kept(layDownWorstProject);
