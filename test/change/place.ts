import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty directory that is gone after the test. */
export async function emptyDirectory(): Promise<string> {
  const made = await realpath(await mkdtemp(join(tmpdir(), "machinist-test-")));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}
