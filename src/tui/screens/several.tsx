import { Box } from "ink";
import type { Choice, SeveralQuestion } from "../../dialogue/question.ts";
import { aboutChoice, ChoiceEntry } from "../components/choice-entry.tsx";
import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { actionOf, keyTable } from "../keys/table.ts";
import { type Size, windowStart } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import type { Asked } from "./asked.ts";
import { headingOf, headingRows, helpOf, QuestionHeading } from "./question.tsx";

/** A short list of which any number is marked; Enter with nothing marked takes the entry pointed at. */
export function severalScreen(
  question: SeveralQuestion,
  problem: string | undefined,
  done: (asked: Asked) => void,
): Screen {
  const { choices, preset } = question;
  const offered = preset?.value.split(",") ?? [];
  const marked = new Set(offered.length > 1 ? offered : []);
  const found = choices.findIndex(({ value }) => value === offered[0]);
  let at = found === -1 ? choices.findIndex(isOpen) : found;
  return {
    keys: keyTable.several,
    help: helpOf(question),
    typeAhead: false,
    press(key) {
      const entry = choices[at];
      const pointed = entry !== undefined && isOpen(entry) ? entry.value : undefined;
      switch (actionOf(keyTable.several, key)) {
        case "mark":
          if (pointed !== undefined && !marked.delete(pointed)) marked.add(pointed);
          return undefined;
        case "answer": {
          const chosen = choices.map(({ value }) => value).filter((value) => marked.has(value));
          if (chosen.length === 0 && pointed !== undefined) chosen.push(pointed);
          if (chosen.length > 0)
            done({ kind: "reply", reply: { kind: "text", value: chosen.join(",") } });
          return undefined;
        }
        case "up":
          at = Math.max(0, at - 1);
          return undefined;
        case "down":
          at = Math.min(choices.length - 1, at + 1);
          return undefined;
        case "back":
          done({ kind: "back" });
          return undefined;
        case "help":
          return "help";
        case undefined:
          return "unknown";
      }
    },
    view: (area) => (
      <SeveralView question={question} problem={problem} at={at} marked={marked} area={area} />
    ),
  };
}

interface SeveralViewProps {
  readonly question: SeveralQuestion;
  readonly problem: string | undefined;
  readonly at: number;
  readonly marked: ReadonlySet<string>;
  readonly area: Size;
}

/** Rows below the list, for how many are marked and for what there is to say about the entry pointed at. */
const aboutRows = 2;
const ownRows = 1 + aboutRows;

function isOpen({ disabled }: Choice): boolean {
  return disabled === undefined;
}

function SeveralView({ question, problem, at, marked, area }: SeveralViewProps) {
  const { choices } = question;
  const { columns } = area;
  const heading = headingOf(question, problem, area, ownRows + 3);
  const rows = Math.max(1, Math.min(area.rows - ownRows - headingRows(heading), choices.length));
  const start = windowStart(Math.max(0, at), rows, choices.length);
  const pointed = choices[at];
  const about = pointed === undefined ? "" : aboutChoice(pointed, columns);
  const count =
    marked.size === 0
      ? "nothing marked: Enter takes the one pointed at"
      : `${marked.size} of ${choices.length} marked`;
  return (
    <>
      <QuestionHeading {...heading} />
      <Box flexDirection="column" height={rows} flexShrink={0}>
        {choices.slice(start, start + rows).map((choice, index) => (
          <ChoiceEntry
            key={choice.value}
            choice={choice}
            pointed={start + index === at}
            mark={marked.has(choice.value) ? "[x] " : "[ ] "}
            columns={columns}
          />
        ))}
      </Box>
      <Line text={clip(count, columns)} look="dim" />
      <Lines lines={rowsOf(about === "" ? [] : [about], columns, aboutRows)} look="dim" />
    </>
  );
}
