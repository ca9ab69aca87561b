import type { Finding } from "../../audit/finding.ts";
import { previewOf } from "../../change/preview.ts";
import { Failure } from "../../failure.ts";
import { type BoardEnd, runAuditBoard } from "../../tui/audit-board.tsx";
import { explanation } from "../rules/explanation.ts";
import type { Audited } from "./audited.ts";
import { type Make, makeChanges } from "./fix.ts";

/** Shows the findings on the board until the person leaves. Throws a `Failure` when it failed or was interrupted. */
export async function showBoard(audited: Audited, title: string, make: Make): Promise<void> {
  const end = await runAuditBoard({
    title,
    findings: () => audited.findings(),
    preview: ({ fix }) => (fix?.kind === "changes" ? fix.changes.map(previewOf) : []),
    excerpt: (finding) => excerptOf(audited, finding),
    fix: async ({ fix, message }) => {
      if (fix?.kind !== "changes") throw new Failure("uneditable", { what: message });
      return (await makeChanges(audited, fix, make)).join("; ");
    },
    explain: explanation,
  });
  rethrow(end);
}

function rethrow(end: BoardEnd): void {
  if (end.kind === "failed") throw end.failure;
  if (end.kind === "interrupted")
    throw new Failure("interrupted", { what: `Interrupted (${end.signal})` });
}

/** The lines around a finding, two before and two after. */
function excerptOf(audited: Audited, { location }: Finding) {
  if (location.kind === "resource") return [];
  const { line, endLine } = location;
  const lines = (audited.text(location.file) ?? "").split(/\r\n|[\r\n]/u);
  return lines
    .map((text, index) => ({
      number: index + 1,
      text,
      marked: index + 1 >= line && index + 1 <= endLine,
    }))
    .slice(Math.max(0, line - 3), endLine + 2);
}
