import type { TextQuestion } from "../../dialogue/question.ts";
import { edit, type Field, fieldOf, typeInto } from "../components/field.ts";
import { FieldLine } from "../components/field-line.tsx";
import { Lines, MarkedLines, rowsOf } from "../components/lines.tsx";
import { previewRows, startAtChange } from "../components/previews.ts";
import { ScrollArea, windowRows } from "../components/scroll-area.tsx";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Size } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { signs } from "../theme.ts";
import type { QuestionOutcome } from "./asked.ts";
import { headingOf, headingRows, helpOf, QuestionHeading } from "./question.tsx";
import { scrollStart } from "./scroll.ts";

/** A line of text, with what is wrong with it or what it means and changes, as it is typed. */
export function textScreen(
  question: TextQuestion,
  problem: string | undefined,
  draft: string | undefined,
  done: (asked: QuestionOutcome) => void,
): Screen {
  let state = stateOf(question, fieldOf(draft ?? question.preset?.value ?? ""));
  const change = (field: Field) => {
    state = field.text === state.field.text ? { ...state, field } : stateOf(question, field);
  };
  return {
    keys: keyTable.text.filter(
      ({ action }) => (action !== "up" && action !== "down") || question.preview !== undefined,
    ),
    help: helpOf(question),
    typeAhead: true,
    press(key, area) {
      const action = actionOf(keyTable.text, key, state.field.text !== "");
      switch (action) {
        case undefined:
          change(typeInto(state.field, key));
          return key.kind === "named" ? "unknown" : undefined;
        case "answer":
          if (state.problem === undefined) {
            done({ kind: "reply", reply: { kind: "text", value: state.field.text } });
          } else {
            state = { ...state, refused: true };
          }
          return undefined;
        case "suggest":
          change(fieldOf(nextSuggestion(question, state.field.text)));
          return undefined;
        case "back":
          done({ kind: "back" });
          return undefined;
        case "help":
          return "help";
        case "up":
        case "down": {
          const { content, rows } = partsOf(question, problem, state, area);
          const page = action === "up" ? "page-up" : "page-down";
          const start = scrollStart(
            state.start ?? startAtChange(content, rows),
            page,
            windowRows(content.length, rows),
            content.length,
          );
          state = { ...state, start };
          return undefined;
        }
        default:
          change(edit(state.field, action));
          return undefined;
      }
    },
    view: (area) => <TextView question={question} problem={problem} state={state} area={area} />,
  };
}

/** The suggestion after the one that is in the field, round and round; the text itself where there is none. */
function nextSuggestion({ suggestions = [] }: TextQuestion, text: string): string {
  const at = suggestions.findIndex(({ value }) => value === text);
  return suggestions[(at + 1) % suggestions.length]?.value ?? text;
}

/** What stands below the field: where the offer comes from, and what Tab does. */
function noteOf({ preset, suggestions = [] }: TextQuestion, text: string): string {
  const picked = suggestions.find(({ value }) => value === text);
  const because =
    preset !== undefined && text === preset.value ? preset.because : (picked?.label ?? "");
  const tab = suggestions.length > 1 ? `Tab: another of ${suggestions.length} suggestions` : "";
  return [because, tab].filter((part) => part !== "").join("; ");
}

interface TextState {
  readonly field: Field;
  /** What is wrong with the text, by the question's own check. */
  readonly problem: string | undefined;
  /** Whether Enter was pressed on it, which makes the problem stand out. */
  readonly refused: boolean;
  readonly explanation: readonly string[];
  readonly previews: ReturnType<NonNullable<TextQuestion["preview"]>>;
  /** The first row of the preview that is shown; the first change is, as long as nobody has scrolled. */
  readonly start: number | undefined;
}

function stateOf(question: TextQuestion, field: Field): TextState {
  const problem = question.check(field.text);
  const taken = problem === undefined;
  return {
    field,
    problem,
    refused: false,
    explanation: (taken && question.explain?.(field.text)) || [],
    previews: (taken && question.preview?.(field.text)) || [],
    start: undefined,
  };
}

/** The parts of the screen and the rows they get. */
function partsOf(
  question: TextQuestion,
  problem: string | undefined,
  state: TextState,
  area: Size,
) {
  const { columns } = area;
  const least = state.previews.length > 0 ? 6 : 4;
  const heading = headingOf(question, problem, area, { least, wanted: least + 4 });
  const says = rowsOf(
    state.problem === undefined ? state.explanation : [state.problem],
    state.problem === undefined ? columns : columns - 2,
    Math.max(1, Math.floor((area.rows - headingRows(heading)) / 2)),
  );
  const content = previewRows(state.previews, columns);
  const note = rowsOf([noteOf(question, state.field.text)], columns, 2);
  const rows = area.rows - headingRows(heading) - 1 - note.length - says.length;
  return { heading, note, says, content, rows };
}

interface TextViewProps {
  readonly question: TextQuestion;
  readonly problem: string | undefined;
  readonly state: TextState;
  readonly area: Size;
}

function TextView({ question, problem, state, area }: TextViewProps) {
  const { heading, note, says, content, rows } = partsOf(question, problem, state, area);
  // An empty field is not a mistake yet.
  const quiet = state.field.text === "" && !state.refused;
  const mark =
    state.problem === undefined
      ? undefined
      : ({ sign: signs.problem, look: state.refused ? "bad" : "warn" } as const);
  return (
    <>
      <QuestionHeading {...heading} />
      <FieldLine field={state.field} columns={area.columns} />
      <Lines lines={note} look="dim" />
      {quiet ? null : mark === undefined ? (
        <Lines lines={says} />
      ) : (
        <MarkedLines lines={says} mark={mark} />
      )}
      {content.length === 0 ? null : (
        <ScrollArea
          content={content}
          start={state.start ?? startAtChange(content, rows)}
          rows={rows}
          columns={area.columns}
        />
      )}
    </>
  );
}
