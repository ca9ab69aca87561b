import { previewOf } from "../../../change/preview.ts";
import { Failure } from "../../../failure.ts";
import type { Face } from "../../faces/choose.ts";
import { tellPreview } from "../../faces/preview.ts";
import type { Io } from "../../terminal/io.ts";
import type { ProjectFixes } from "./fix.ts";

/** How a person agrees to fixes: asked in a terminal, or beforehand. */
export interface Manner {
  readonly face: Face;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/**
 * Makes sure before a long audit that its fixes can be agreed to. Throws a `Failure` ("usage") where there is nobody to
 * ask, and no answer was given.
 */
export function assertAnswerable({ face, yes, dryRun }: Manner): void {
  if (yes || dryRun || face !== "flags") return;
  throw new Failure("usage", {
    what: "Not answered: may the projects be changed?",
    why: "there is no terminal to ask in",
    next: "look with --dry-run first, then agree beforehand with --yes",
  });
}

/** Shows all that would be changed, and asks whether it may be. */
export async function agreed(
  planned: readonly ProjectFixes[],
  { yes, dryRun }: Manner,
  say: (line: string) => void,
  { signal }: Io,
): Promise<boolean> {
  const changes = planned.flatMap((fixes) => fixes.changes);
  say("");
  if (changes.length === 0) {
    say("Nothing can be put right through the API; what is in files takes a checkout.");
    return false;
  }
  const words = `${count(changes.length, "change")} in ${count(planned.length, "project")}`;
  say(`Through the API, --fix makes ${words}:`);
  for (const change of changes) tellPreview(previewOf(change), say);
  if (dryRun) {
    say("Dry run: nothing was changed.");
    return false;
  }
  if (yes) return true;
  const { terminalReader } = await import("../../faces/terminal-reader.ts");
  const reader = terminalReader(signal);
  try {
    const answer = await reader.read(`Make ${words}? yes or no: `, true);
    const isYes = ["y", "yes"].includes(answer.trim().toLowerCase());
    if (!isYes) say("Nothing was changed.");
    return isYes;
  } finally {
    reader.close();
  }
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
