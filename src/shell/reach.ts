import { TooLong, walk } from "./walk.ts";

/** At build, the variables that guards test aren't set (platform manual, "Use variables"). */
const atBuild = { branch: undefined, type: undefined };

/**
 * Whether a build hook never gets to a place, because it ends before, or only goes there where a variable is set that
 * isn't at build. False when it can't be told. Never throws.
 *
 * @param place a command of the script
 */
export function isNeverReached(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  // The walk notes calls of the CLI, so one is put there.
  const probe = script.slice(0, start) + "platform".padEnd(end - start) + script.slice(end);
  try {
    const found = walk(probe, atBuild).sightings.filter(({ call }) => call.start === start);
    return found.length > 0 && found.every(({ likelihood }) => likelihood === 0);
  } catch (error) {
    if (error instanceof TooLong || error instanceof RangeError) return false;
    throw error;
  }
}
