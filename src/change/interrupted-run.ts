import { isHeld } from "../disk/lock.ts";
import { printable } from "../printable.ts";
import { largestChanged, readRegularFile } from "../regular-file.ts";
import { hashOf } from "./kinds/deed.ts";
import { type Deed, readRun, runPaths, runPlace } from "./run-file.ts";

/**
 * What the last run on a directory was doing when it was cut off, by a kill or a power failure: one sentence for each
 * change that it had begun and not finished, with how things are now. Empty when it came to its end, while it still
 * runs, and when its journal can't be read. Nothing is changed.
 *
 * @param directory the directory the run was for
 * @param env says where the state is kept
 */
export async function cutOff(
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const place = await runPlace(directory, env);
  const [last] = await runPaths(place);
  if (last === undefined || (await isHeld(place.lock))) return [];
  const run = await readRun(last).catch(() => undefined);
  const begun = run?.entries.filter(({ state }) => state === "pending") ?? [];
  return Promise.all(begun.map(async ({ deed }) => printable(await sentence(deed))));
}

async function sentence(deed: Deed): Promise<string> {
  if (deed.kind === "commit")
    return "The last run was cut off while it committed; look at git log before you go on";
  if (deed.kind !== "file" && deed.kind !== "file-creation")
    return "The last run was cut off during a request to the platform; what is there now is looked at anew";
  const bytes = await readRegularFile(deed.path, largestChanged).catch((error: Error) => error);
  if (bytes instanceof Error && !("code" in bytes && bytes.code === "ENOENT"))
    return `The last run was cut off while it wrote ${deed.shown}, which can't be read now: ${bytes.message}`;
  const hash = bytes instanceof Error ? undefined : hashOf(bytes);
  if (hash === (deed.kind === "file" ? deed.before : undefined))
    return `The last run was cut off before it wrote ${deed.shown}; the file is as it was`;
  if (hash === deed.after)
    return `The last run was cut off after it wrote ${deed.shown} (${deed.purpose}); the change is in the file, and undo takes it back`;
  return `The last run was cut off while it wrote ${deed.shown}, which was edited since; look at it before you go on`;
}
