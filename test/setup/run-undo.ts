import { type UndoManner, undoCommand } from "../../src/commands/undo/run.ts";
import { vendors } from "../../src/vendors/registry.ts";
import type { Shop } from "./shop.ts";

/**
 * Runs `undo` as the command line would with nobody to ask, and gives what it printed.
 * @param lines gets them too, also when it fails
 * @param documents gets what is printed for programs
 */
export async function runUndo(
  { directory, env }: Pick<Shop, "directory" | "env">,
  manner: Partial<UndoManner> = {},
  lines: string[] = [],
  documents: string[] = [],
): Promise<string> {
  await undoCommand(
    directory,
    {
      vendor: vendors.platformsh,
      face: "flags",
      yes: true,
      dryRun: false,
      json: false,
      waits: true,
      verbose: false,
      flags: [],
      pollMs: 10,
      ...manner,
    },
    {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      document: (text) => documents.push(text),
      env,
      signal: new AbortController().signal,
    },
  );
  return lines.join("\n");
}
