import { Box } from "ink";
import type { Finding, Severity } from "../../audit/finding.ts";
import { printable } from "../../printable.ts";
import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { actionOf, keyTable } from "../key-table.ts";
import { type Size, windowStart } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import { type Look, signs } from "../theme.ts";

/** A line of a file, with its number from 1. */
export interface Excerpt {
  readonly number: number;
  readonly text: string;
  /** Whether the finding is about this line. */
  readonly marked: boolean;
}

/** What a person wants with the findings; `at` is where the pointer stood. */
export type BoardAction =
  | { readonly kind: "fix" | "explain"; readonly finding: Finding; readonly at: number }
  | { readonly kind: "close" };

interface Findings {
  findings(): readonly Finding[];
  excerpt(finding: Finding): readonly Excerpt[];
}

/** The findings as a list, and below it what is known of the one pointed at. */
export function boardScreen(
  board: Findings,
  at: number,
  done: (action: BoardAction) => void,
): Screen {
  const findings = board.findings();
  let pointed = Math.max(0, Math.min(at, findings.length - 1));
  return {
    keys: keyTable.board,
    help: {
      title: "The findings of the audit",
      paragraphs: ["A fix is shown before it is made; nothing changes without your agreement."],
    },
    typeAhead: true,
    press(key, area) {
      const action = actionOf(keyTable.board, key);
      const finding = findings[pointed];
      switch (action) {
        case undefined:
          return undefined;
        case "help":
          return "help";
        case "close":
          done({ kind: "close" });
          return undefined;
        case "fix":
        case "explain":
          if (finding !== undefined) done({ kind: action, finding, at: pointed });
          return undefined;
        default:
          pointed = moved(pointed, action, listRows(findings, area), findings.length);
          return undefined;
      }
    },
    view: (area) => <BoardView board={board} findings={findings} pointed={pointed} area={area} />,
  };
}

type Move = "up" | "down" | "page-up" | "page-down" | "first" | "last";

function moved(from: number, move: Move, page: number, count: number): number {
  const by = { up: -1, down: 1, "page-up": -page, "page-down": page, first: -count, last: count }[
    move
  ];
  return Math.max(0, Math.min(from + by, count - 1));
}

/** The list gets half of the rows, the rest tells about one finding. */
function listRows(findings: readonly Finding[], { rows }: Size): number {
  return Math.max(1, Math.min(findings.length, Math.floor(rows / 2)));
}

interface BoardViewProps {
  readonly board: Findings;
  readonly findings: readonly Finding[];
  readonly pointed: number;
  readonly area: Size;
}

function BoardView({ board, findings, pointed, area }: BoardViewProps) {
  const { columns } = area;
  const finding = findings[pointed];
  if (finding === undefined)
    return <Line text={`${signs.done} Nothing is left to put right.`} look="good" />;
  const rows = listRows(findings, area);
  const start = windowStart(pointed, rows, findings.length);
  return (
    <>
      <Box flexDirection="column" height={rows} flexShrink={0}>
        {findings.slice(start, start + rows).map((entry, index) => (
          <Line
            key={String(start + index)}
            text={clip(
              `${start + index === pointed ? signs.current : " "} ${entryText(entry)}`,
              columns,
            )}
            look={start + index === pointed ? "chosen" : lookOf[entry.severity]}
          />
        ))}
      </Box>
      <Line text={`${pointed + 1}/${findings.length}`} look="dim" />
      <Details
        finding={finding}
        excerpt={board.excerpt(finding)}
        area={{ columns, rows: area.rows - rows - 1 }}
      />
    </>
  );
}

const signOf = {
  error: signs.problem,
  warning: signs.warning,
  info: signs.info,
} as const satisfies Record<Severity, string>;
const lookOf = { error: "bad", warning: "warn", info: "plain" } as const satisfies Record<
  Severity,
  Look
>;

function entryText({ severity, rule, location }: Finding): string {
  return printable(`${signOf[severity]} ${severity} ${rule}  ${placeOf(location)}`);
}

function placeOf(location: Finding["location"]): string {
  return location.kind === "resource" ? location.resource : `${location.file}:${location.line}`;
}

interface DetailsProps {
  readonly finding: Finding;
  readonly excerpt: readonly Excerpt[];
  readonly area: Size;
}

/** What is wrong, the lines it is about, why it matters and what would put it right, as far as there are rows. */
function Details({ finding, excerpt, area: { columns, rows } }: DetailsProps) {
  const message = rowsOf([finding.message], columns, Math.max(1, Math.min(3, rows - 1)));
  const fix = finding.fix === undefined ? [] : rowsOf([`fix: ${finding.fix.title}`], columns, 1);
  const room = Math.max(0, rows - message.length - fix.length);
  const marked = excerpt.findIndex((line) => line.marked);
  const first = windowStart(Math.max(0, marked), room, excerpt.length);
  const code = excerpt.slice(first, first + room);
  const why = rowsOf(
    [finding.why],
    columns,
    Math.max(0, rows - message.length - fix.length - code.length),
  );
  return (
    <>
      <Lines lines={message} look="strong" />
      {code.map(({ number, text, marked }) => (
        <Line
          key={number}
          text={clip(
            `${marked ? signs.current : " "}${String(number).padStart(4)} ${printable(text)}`,
            columns,
          )}
          look={marked ? "accent" : "dim"}
        />
      ))}
      <Lines lines={why} />
      <Lines lines={fix} look="good" />
    </>
  );
}
