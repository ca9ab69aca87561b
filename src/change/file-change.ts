import type { Patch } from "../appfile/operations.ts";
import type { FileChange } from "./change.ts";

/**
 * Makes a patch of an app configuration file, or of a script that it includes, a change.
 *
 * @param purpose what it does, in a few words, in the imperative: "add the cron backup"
 */
export function fileChange(patch: Patch, purpose: string): FileChange {
  const { file, shown, before, after, edits } = patch;
  return { kind: "file", path: file, shown, before, after, edits, purpose };
}
