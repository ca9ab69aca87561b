import { Box } from "ink";
import type { Choice, ChoiceQuestion } from "../../dialogue/question.ts";
import { printable } from "../../printable.ts";
import { aboutChoice, ChoiceEntry, labelColumns } from "../components/choice-entry.tsx";
import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { previewRows, startAtChange } from "../components/previews.ts";
import type { Row } from "../components/scroll-area.tsx";
import { keyTable, unofferedKeys } from "../keys/table.ts";
import { type Size, windowStart } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import { signs } from "../theme.ts";
import type { QuestionOutcome } from "./asked.ts";
import { type ChoiceState, listedChoices, narrow, pressChoice } from "./choice-state.ts";
import { headingOf, headingRows, helpOf, QuestionHeading } from "./question.tsx";

/** A list to choose from; typing filters it. */
export function choiceScreen(
  question: ChoiceQuestion,
  problem: string | undefined,
  done: (asked: QuestionOutcome) => void,
): Screen {
  const list = listedChoices(question);
  const preset = question.preset?.value;
  let state = narrow(list, "", [preset]);
  return {
    keys: keysOf(question),
    help: helpOf(question),
    typeAhead: true,
    press(key, area) {
      const pressed = pressChoice(list, preset, state, key, partsOf(question, problem, area).rows);
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
        case "unknown":
          return pressed.kind;
      }
    },
    view: (area) => <ChoiceView question={question} problem={problem} state={state} area={area} />,
  };
}

/** A list that one takes in at a glance can be filtered too, and need not say so. */
const atAGlance = 9;

function keysOf({ choices }: ChoiceQuestion) {
  return choices.length > atAGlance
    ? keyTable.choice
    : keyTable.choice.map((entry) => (entry.action === "type" ? unofferedKeys(entry) : entry));
}

/** Rows for what there is to say about the entry pointed at. */
const aboutRows = 2;
const filterRows = 1;
/** A preview of fewer rows shows nothing of the change. */
const leastPreview = 4;

function partsOf(question: ChoiceQuestion, problem: string | undefined, area: Size) {
  const own = filterRows + aboutRows;
  const wanted = own + question.choices.length;
  const heading = headingOf(question, problem, area, {
    least: own + Math.min(question.choices.length, 6),
    wanted,
  });
  const room = area.rows - own - headingRows(heading);
  const rows = Math.max(1, Math.min(room, question.choices.length));
  return { heading, rows, left: Math.max(0, room - rows) };
}

/** As much of what the entry pointed at would change as the rows below the list hold. */
function previewOf(
  { preview }: ChoiceQuestion,
  { shown, at }: ChoiceState,
  columns: number,
  rows: number,
): readonly Row[] {
  const pointed = shown[at]?.choice.value;
  if (preview === undefined || pointed === undefined || rows < leastPreview) return [];
  const content = previewRows(preview(pointed), columns);
  const start = startAtChange(content, rows);
  return content.slice(start, start + rows);
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
  const { heading, rows, left } = partsOf(question, problem, area);
  const start = windowStart(Math.max(0, at), rows, shown.length);
  const filtering = filter !== "" || question.choices.length > rows;
  const count = `${at + 1} of ${shown.length}   filter: ${printable(filter)}${signs.caret}`;
  const labels = columnOf(question, columns);
  return (
    <>
      <QuestionHeading {...heading} />
      <Box flexDirection="column" height={rows} flexShrink={0}>
        {shown.length === 0 ? <Line text={clip(emptyText(question), columns)} /> : null}
        {shown.slice(start, start + rows).map(({ choice }, index) => (
          <ChoiceEntry
            key={choice.value}
            choice={choice}
            pointed={start + index === at}
            labels={labels}
            columns={columns}
          />
        ))}
      </Box>
      <Line text={filtering ? clip(`  ${count}`, columns) : ""} look="dim" />
      <Lines lines={rowsOf([aboutText(question, state, columns)], columns, aboutRows)} look="dim" />
      {previewOf(question, state, columns, left).map(({ text, look }, index) => (
        // Rows have no identity but their place.
        <Line key={String(index)} text={text} look={look} />
      ))}
    </>
  );
}

function emptyText({ choices }: ChoiceQuestion): string {
  return choices.length === 0
    ? "There is nothing to choose from; Esc goes back."
    : "Nothing matches; Esc empties the filter.";
}

/** A list is shown as often as its pointer moves, and may have thousands of entries. */
const columnsOf = new WeakMap<readonly Choice[], Map<number, number>>();

function columnOf({ choices }: Pick<ChoiceQuestion, "choices">, columns: number): number {
  const known = columnsOf.get(choices) ?? new Map<number, number>();
  columnsOf.set(choices, known);
  const column = known.get(columns) ?? labelColumns(choices, columns);
  known.set(columns, column);
  return column;
}

/** What its row doesn't tell about the entry pointed at, else the entry that is offered and where it comes from. */
function aboutText(
  { choices, preset }: ChoiceQuestion,
  { shown, at }: ChoiceState,
  columns: number,
): string {
  const pointed = shown[at]?.choice;
  const about =
    pointed === undefined
      ? []
      : [aboutChoice(pointed, columnOf({ choices }, columns), columns), ...(pointed.notes ?? [])];
  if (about.some((sentence) => sentence !== "")) return about.join(" ").trim();
  const offered = choices.find(({ value }) => value === preset?.value);
  return preset === undefined || offered === undefined ? "" : `${offered.label}: ${preset.because}`;
}
