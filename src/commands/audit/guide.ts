import type { GuidedAudit } from "../../audit/guided/guided-audit.ts";
import { whatIsLeft } from "../../audit/guided/summary.ts";
import { Failure } from "../../failure.ts";
import { shellWord } from "../../shell/guard.ts";
import type { Face } from "../faces/choose.ts";
import type { Io } from "../io.ts";

/**
 * Lets a person work through the audit until they leave, and says what is left then. Screens and lines are loaded
 * apart, so that lines do without Ink.
 * Throws a `Failure` ("interrupted") when the terminal ends it, after telling how to go on.
 */
export async function guide(
  audit: GuidedAudit,
  face: Exclude<Face, "flags">,
  made: () => number,
  directory: string,
  io: Io,
): Promise<void> {
  try {
    await (face === "screens" ? onScreens(audit, io) : inLines(audit, io));
  } catch (error) {
    for (const line of leftBeforeTheEnd(made(), directory)) io.err(line);
    throw error;
  }
  for (const line of whatIsLeft(audit.verdict())) io.out(line);
  if (made() > 0) io.out(goOn);
}

const goOn =
  "Look at the changes with git diff, then commit and push them; machinist undo takes them back.";

function leftBeforeTheEnd(made: number, directory: string): readonly string[] {
  const where = shellWord(directory);
  return [
    ...(made === 0
      ? ["nothing was changed"]
      : [`changes made: ${made}`, `to take them back: machinist undo ${where}`]),
    `to go on: machinist audit ${where}`,
  ];
}

async function onScreens(audit: GuidedAudit, { terminal }: Io): Promise<void> {
  const { runAuditBoard } = await import("../../tui/audit-board.tsx");
  const end = await runAuditBoard(audit, terminal);
  if (end.kind === "failed") throw end.failure;
  if (end.kind === "interrupted")
    throw new Failure("interrupted", { what: `Interrupted (${end.signal})` });
}

async function inLines(audit: GuidedAudit, { signal, out }: Io): Promise<void> {
  const [{ runAuditLines }, { terminalReader }] = await Promise.all([
    import("./lines.ts"),
    import("../faces/terminal-reader.ts"),
  ]);
  const reader = terminalReader(signal);
  try {
    await runAuditLines(audit, reader, out);
  } finally {
    reader.close();
  }
}
