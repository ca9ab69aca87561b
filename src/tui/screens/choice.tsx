import { Box } from "ink";
import { printable } from "../../printable.ts";
import type { ChoiceQuestion } from "../../setup/question.ts";
import { ChoiceEntry } from "../components/choice-entry.tsx";
import { Line } from "../components/lines.tsx";
import { keyTable } from "../key-table.ts";
import { type Size, windowStart } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import { signs } from "../theme.ts";
import type { Asked } from "./asked.ts";
import { type ChoiceState, listed, narrow, pressChoice } from "./choice-state.ts";
import { headingOf, headingRows, helpOf, QuestionHeading } from "./question.tsx";

/** A list to choose from; typing filters it. */
export function choiceScreen(
  question: ChoiceQuestion,
  problem: string | undefined,
  done: (asked: Asked) => void,
): Screen {
  const list = listed(question);
  const preset = question.preset?.value;
  let state = narrow(list, "", [preset]);
  return {
    keys: keyTable.choice,
    help: helpOf(question),
    typeAhead: true,
    press(key, area) {
      const pressed = pressChoice(list, preset, state, key, listRows(question, problem, area));
      switch (pressed.kind) {
        case "state":
          state = pressed.state;
          return undefined;
        case "chosen":
          done({ kind: "reply", reply: { kind: "text", value: pressed.value } });
          return undefined;
        case "back":
          done({ kind: "back" });
          return undefined;
        case "help":
          return "help";
      }
    },
    view: (area) => <ChoiceView question={question} problem={problem} state={state} area={area} />,
  };
}

/** Rows besides the heading and the list: the filter with the position, and where the preset comes from. */
const ownRows = 2;

function listRows(question: ChoiceQuestion, problem: string | undefined, area: Size): number {
  const room = area.rows - ownRows - headingRows(headingOf(question, problem, area, ownRows + 3));
  return Math.max(1, Math.min(room, question.choices.length));
}

interface ChoiceViewProps {
  readonly question: ChoiceQuestion;
  readonly problem: string | undefined;
  readonly state: ChoiceState;
  readonly area: Size;
}

function ChoiceView({ question, problem, state, area }: ChoiceViewProps) {
  const { filter, shown, at } = state;
  const { columns } = area;
  const rows = listRows(question, problem, area);
  const start = windowStart(Math.max(0, at), rows, shown.length);
  const typed = `${at + 1}/${shown.length}  filter: ${printable(filter)}${signs.caret}`;
  return (
    <>
      <QuestionHeading {...headingOf(question, problem, area, ownRows + 3)} />
      <Line text={clip(typed, columns)} look="accent" />
      <Box flexDirection="column" height={rows} flexShrink={0}>
        {shown.length === 0 ? <Line text="nothing matches; Esc empties the filter" /> : null}
        {shown.slice(start, start + rows).map(({ choice }, index) => (
          <ChoiceEntry
            key={choice.value}
            choice={choice}
            pointed={start + index === at}
            columns={columns}
          />
        ))}
      </Box>
      <Line text={clip(printable(becauseOf(question)), columns)} look="dim" />
    </>
  );
}

/** The entry that is offered, and where it comes from. */
function becauseOf({ choices, preset }: ChoiceQuestion): string {
  const offered = choices.find(({ value }) => value === preset?.value);
  return preset === undefined || offered === undefined ? "" : `${offered.label}: ${preset.because}`;
}
