import type { GuidedAudit } from "../../audit/guided/guided-audit.ts";
import { whatIsLeft, whatWasDone } from "../../audit/guided/summary.ts";
import { Failure } from "../../failure.ts";
import type { Face } from "../faces/choose.ts";
import type { Io } from "../terminal/io.ts";

/**
 * Lets a person work through the audit until they leave, and says what is left then. Screens and lines are loaded
 * apart, so that lines do without Ink.
 * Throws a `Failure` ("interrupted") when the terminal ends it.
 */
export async function guide(
  audit: GuidedAudit,
  face: Exclude<Face, "flags">,
  io: Io,
): Promise<void> {
  await (face === "screens" ? onScreens(audit, io) : inLines(audit, io));
  for (const line of [...whatWasDone(audit.actions()), ...whatIsLeft(audit.verdict())])
    io.out(line);
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
