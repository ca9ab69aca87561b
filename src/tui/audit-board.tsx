import type { Finding } from "../audit/finding.ts";
import type { Preview } from "../change/preview.ts";
import { Failure, failureLines } from "../failure.ts";
import { printable } from "../printable.ts";
import { agreementScreen } from "./screens/agreement.tsx";
import type { Asked } from "./screens/asked.ts";
import { type BoardAction, boardScreen, type Excerpt } from "./screens/board.tsx";
import { pageRows, pageScreen } from "./screens/page.tsx";
import { onStage, type Stage } from "./stage.tsx";
import { type Interruption, ownTerminal, type TerminalStreams } from "./terminal.ts";
import { signs } from "./theme.ts";

/** What the board shows and does; it knows neither files nor rules. */
export interface AuditBoard {
  readonly title: string;
  /** What is wrong now; read again after each fix. */
  findings(): readonly Finding[];
  /** What the fix of a finding would change. */
  preview(finding: Finding): readonly Preview[];
  /** The lines of the file around a finding; none when it is not in a file. */
  excerpt(finding: Finding): readonly Excerpt[];
  /** Puts a finding right, and gives what was done in one line. Throws a Failure when that is refused. */
  fix(finding: Finding): Promise<string>;
  /** What the rule is about, one paragraph an entry. */
  explain(rule: string): readonly string[];
}

/** How a board ended. The terminal is as it was before. */
export type BoardEnd =
  | { readonly kind: "closed"; readonly remaining: number }
  | { readonly kind: "failed"; readonly failure: unknown }
  | Interruption;

/** Shows the findings of an audit until the person leaves, and fixes what they agree to. Never rejects. */
export async function runAuditBoard(
  board: AuditBoard,
  streams: TerminalStreams = ownTerminal(),
): Promise<BoardEnd> {
  const surroundings = () => ({
    header: { title: board.title, facts: counts(board.findings()) },
    steps: [],
  });
  const end = await onStage(streams, surroundings, (stage) => browse(board, stage));
  return end.kind === "played" ? { kind: "closed", remaining: board.findings().length } : end;
}

async function browse(board: AuditBoard, stage: Stage): Promise<void> {
  let at = 0;
  for (;;) {
    const action = await stage.show<BoardAction>((done) => boardScreen(board, at, done));
    if (action.kind === "close") return;
    at = action.at;
    const { finding } = action;
    if (action.kind === "explain") await read(stage, finding.rule, board.explain(finding.rule));
    else await fix(board, stage, finding);
  }
}

/** Shows what the fix changes, and makes the change when the person agrees. */
async function fix(board: AuditBoard, stage: Stage, finding: Finding): Promise<void> {
  if (finding.fix === undefined) {
    await read(stage, finding.message, ["Only you can put this right.", finding.why]);
    return;
  }
  if (finding.fix.kind === "by-hand") {
    await read(stage, finding.fix.title, failureLines(finding.fix.refusal));
    return;
  }
  const { title, disposition } = finding.fix;
  const asked = await stage.show<Asked>((done) =>
    agreementScreen(
      {
        kind: "agreement",
        title: `${title}?`,
        help: [finding.why],
        facts:
          disposition === "unsafe"
            ? ["This changes more than the finding says: look closely."]
            : [],
        flag: "--fix",
        previews: board.preview(finding),
        agree: "Make this change",
        decline: "Leave it",
      },
      undefined,
      done,
    ),
  );
  if (asked.kind !== "reply" || asked.reply.kind !== "agreement" || !asked.reply.agreed) return;
  try {
    const done = await stage.wait(title, () => board.fix(finding));
    stage.print([{ text: printable(`${signs.done} ${done}`), look: "good" }]);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    await read(stage, "This could not be fixed", failureLines(failure.parts));
  }
}

async function read(stage: Stage, title: string, paragraphs: readonly string[]): Promise<void> {
  await stage.show<undefined>((done) =>
    pageScreen(
      (columns) => pageRows(title, paragraphs, columns),
      () => done(undefined),
    ),
  );
}

function counts(findings: readonly Finding[]) {
  return (["error", "warning", "info"] as const).map((severity) => ({
    label: severity,
    value: String(findings.filter((finding) => finding.severity === severity).length),
  }));
}
