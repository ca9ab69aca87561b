import type { FileChange } from "../../src/change/change.ts";

/** A change that puts `added` in at `offset`. */
export function insertion(
  path: string,
  before: string,
  offset: number,
  added: string,
  purpose: string = "add a line",
): FileChange {
  return {
    kind: "file",
    path,
    shown: ".platform.app.yaml",
    before,
    after: before.slice(0, offset) + added + before.slice(offset),
    edits: [{ offset, length: 0, text: added }],
    purpose,
  };
}
