import { type UndoManner, undoCommand } from "../../src/commands/undo/run.ts";
import { vendors } from "../../src/vendors/registry.ts";
import type { Shop } from "./shop.ts";

/**
 * Runs `undo` as the command line would with nobody to ask, and gives what it printed.
 * @param lines gets them too, also when it fails
 */
export async function runUndo(
  { directory, env }: Pick<Shop, "directory" | "env">,
  manner: Partial<UndoManner> = {},
  lines: string[] = [],
): Promise<string> {
  await undoCommand(
    directory,
    {
      vendor: vendors.platformsh,
      face: "flags",
      yes: true,
      dryRun: false,
      waits: true,
      verbose: false,
      flags: [],
      pollMs: 10,
      ...manner,
    },
    {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      document: () => undefined,
      env,
      signal: new AbortController().signal,
    },
  );
  return lines.join("\n");
}
