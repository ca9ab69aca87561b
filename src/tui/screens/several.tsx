import { Box } from "ink";
import type { Choice, SeveralQuestion } from "../../dialogue/question.ts";
import { aboutChoice, ChoiceEntry, labelColumns } from "../components/choice-entry.tsx";
import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { actionOf, keyTable } from "../keys/table.ts";
import { type Size, windowStart } from "../layout.ts";
import type { Screen } from "../screen.ts";
import type { QuestionOutcome } from "./asked.ts";
import { headingOf, headingRows, helpOf, QuestionHeading } from "./question.tsx";

/** A short list of which any number is marked; Enter with nothing marked takes the entry pointed at. */
export function severalScreen(
  question: SeveralQuestion,
  problem: string | undefined,
  done: (asked: QuestionOutcome) => void,
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

/** Rows below the list that stay for what there is to say about the entry pointed at. */
const leastAbout = 2;

/** The columns of a mark. */
const marks = 4;

function isOpen({ disabled }: Choice): boolean {
  return disabled === undefined;
}

function SeveralView({ question, problem, at, marked, area }: SeveralViewProps) {
  const { choices } = question;
  const { columns } = area;
  const pointed = choices[at];
  const labels = labelColumns(choices, columns - marks);
  const aboutOf = (choice: Choice) => {
    const cut = aboutChoice(choice, labels, columns - marks);
    return [...(cut === "" ? [] : [cut]), ...(choice.notes ?? [])];
  };
  const wanted = choices.length + 1 + leastAbout;
  const heading = headingOf(question, problem, area, {
    least: leastAbout + Math.min(choices.length, Math.max(3, area.rows - leastAbout - 1)),
    wanted,
  });
  const left = area.rows - headingRows(heading);
  const rows = Math.max(1, Math.min(left - leastAbout, choices.length));
  const start = windowStart(Math.max(0, at), rows, choices.length);
  const place = rows < choices.length ? `${at + 1} of ${choices.length}` : "";
  const told = [
    ...(marked.size > 1 && question.severalNote !== undefined ? [question.severalNote] : []),
    ...(pointed === undefined ? [] : aboutOf(pointed)),
  ];
  const [first = "", ...more] = told;
  const said = place === "" ? told : [`${place}   ${first}`.trimEnd(), ...more];
  const airy = left - rows > leastAbout;
  const room = left - rows - (airy ? 1 : 0);
  const about = rowsOf(said, columns, room);
  // The frame stands still while the pointer moves.
  const tallest = Math.max(...choices.map((choice) => rowsOf(aboutOf(choice), columns).length));
  const padding = Math.max(0, Math.min(room, tallest) - about.length);
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
            labels={labels}
            columns={columns}
          />
        ))}
      </Box>
      {airy && tallest > 0 ? <Line text="" /> : null}
      <Lines lines={about} look="dim" />
      <Lines lines={Array.from({ length: padding }, () => "")} />
    </>
  );
}
