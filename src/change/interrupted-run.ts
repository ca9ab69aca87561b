import { isHeld } from "../disk/lock.ts";
import { printable } from "../printable.ts";
import { kindOf } from "./kinds/kind-of.ts";
import { readRun, runPaths, runPlace } from "./run-file.ts";

/**
 * What the last run on a directory was doing when it was cut off, by a kill or a power failure: one sentence for each
 * change that it had begun and not finished, with how things are now. Empty when it came to its end, while it still
 * runs, and when its journal can't be read. Nothing is changed.
 *
 * @param directory the directory the run was for
 * @param env says where the state is kept
 */
export async function interruptedChanges(
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const place = await runPlace(directory, env);
  const [last] = await runPaths(place);
  if (last === undefined || (await isHeld(place.lock))) return [];
  const run = await readRun(last).catch(() => undefined);
  const begun = run?.entries.filter(({ state }) => state === "pending") ?? [];
  return Promise.all(
    begun.map(async ({ deed: record }) => printable(await kindOf(record).interrupted(record))),
  );
}
