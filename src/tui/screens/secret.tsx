import type { SecretQuestion } from "../../dialogue/question.ts";
import { Failure, failureLines } from "../../failure.ts";
import { noToken, Secret } from "../../secret.ts";
import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { type Row, ScrollArea, windowRows } from "../components/scroll-area.tsx";
import type { Key } from "../keys/key.ts";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Size } from "../layout.ts";
import type { Screen, ScreenTools } from "../screen.ts";
import { signs } from "../theme.ts";
import type { QuestionOutcome } from "./asked.ts";
import { headingOf, headingRows, helpOf, QuestionHeading } from "./question.tsx";
import { scrollStart } from "./scroll.ts";
import { elapsedTime } from "./waiting.tsx";

/**
 * A value that is typed or pasted unseen. It is kept outside React, shown by a fixed number of dots, and
 * leaves as a `Secret` only.
 */
export function secretScreen(
  question: SecretQuestion,
  problem: string | undefined,
  done: (asked: QuestionOutcome) => void,
  { redraw, fail }: ScreenTools,
): Screen {
  let value = "";
  let shown: SecretState = { entered: "nothing", note: undefined, watched: undefined };
  /** The first row of the steps that is shown, where they don't all have room. */
  let start = 0;
  const began = performance.now();
  const watching = new AbortController();

  question
    .watch?.((line) => {
      shown = { ...shown, watched: line };
      redraw();
    }, watching.signal)
    .catch(fail);

  const take = (secret: Secret) =>
    done({ kind: "reply", reply: { kind: "secret", value: secret } });
  const refuse = (failure: unknown) => {
    if (!(failure instanceof Failure)) return fail(failure);
    shown = { ...shown, note: failureLines(failure.parts).join("; ") };
    redraw();
  };
  const takeFrom = (elsewhere: NonNullable<SecretQuestion["elsewhere"]>) => {
    shown = { ...shown, note: "Reading it …" };
    elsewhere.read().then(take, refuse);
  };
  const answer = () => {
    const why = noToken(value);
    if (value !== "" && why !== undefined) {
      keep("");
      shown = { ...shown, note: why };
    } else if (value !== "") {
      take(new Secret(value));
    } else if (question.elsewhere === undefined || question.elsewhere.onlyAsked) {
      shown = { ...shown, note: "Nothing has been pasted or typed yet." };
    } else {
      takeFrom(question.elsewhere);
    }
  };
  const open = () => {
    if (question.open === undefined) return;
    question.open().then(() => {
      shown = { ...shown, note: "The page is open in your browser." };
      redraw();
    }, refuse);
  };
  const enter = (key: Key) => {
    if (key.kind === "named") return;
    const { kept, dropped } = sift(key.text);
    value += kept;
    const entered = value === "" ? "nothing" : key.kind === "paste" ? "pasted" : "typed";
    const note = dropped ? "Characters that no token has were left out." : undefined;
    shown = { ...shown, entered, note };
  };
  const keep = (rest: string) => {
    value = rest;
    shown = { ...shown, entered: value === "" ? "nothing" : shown.entered, note: undefined };
  };

  return {
    keys: keyTable.secret.filter(
      ({ action }) =>
        (action !== "open" || question.open !== undefined) &&
        (action !== "elsewhere" || question.elsewhere?.onlyAsked === true),
    ),
    help: helpOf(question),
    every: 1000,
    typeAhead: true,
    press(key, area) {
      const action = actionOf(keyTable.secret, key, value !== "" || !isHelp(key));
      switch (action) {
        case undefined:
          enter(key);
          return key.kind === "named" ? "unknown" : undefined;
        case "answer":
          answer();
          return undefined;
        case "back":
          done({ kind: "back" });
          return undefined;
        case "help":
          return "help";
        case "open":
          open();
          return undefined;
        case "elsewhere":
          if (question.elsewhere?.onlyAsked) takeFrom(question.elsewhere);
          return undefined;
        case "up":
        case "down": {
          const { steps, room } = secretParts(question, problem, shown, began, area);
          start = scrollStart(start, action, windowRows(steps.length, room), steps.length);
          return undefined;
        }
        case "erase":
          keep(value.slice(0, -1));
          return undefined;
        case "clear":
          keep("");
          return undefined;
      }
    },
    view: (area) => <SecretView {...{ question, problem, began, area, start }} state={shown} />,
    close: () => {
      value = "";
      watching.abort();
    },
  };
}

/** What may be drawn: never the value, nor its length. */
interface SecretState {
  readonly entered: "nothing" | "typed" | "pasted";
  readonly note: string | undefined;
  readonly watched: string | undefined;
}

function isHelp(key: Key): boolean {
  return key.kind === "character" && key.text === "?";
}

/** Blanks and line ends come with a paste and are no part of a token; anything but printable ASCII is a mistake. */
function sift(text: string): { readonly kept: string; readonly dropped: boolean } {
  const solid = text.replace(/\s/gu, "");
  const kept = solid.replace(/[^!-~]/gu, "");
  return { kept, dropped: kept !== solid };
}

interface SecretViewProps {
  readonly question: SecretQuestion;
  readonly problem: string | undefined;
  readonly state: SecretState;
  readonly began: number;
  readonly area: Size;
  readonly start: number;
}

/**
 * Who gets which rows: the steps have theirs before what is waited for, which then has one row a sentence; steps that
 * have no room even so scroll in `room` rows.
 */
function secretParts(
  { title, facts, address, elsewhere }: SecretQuestion,
  problem: string | undefined,
  state: SecretState,
  began: number,
  area: Size,
) {
  const { columns, rows } = area;
  const place = address === undefined ? [] : rowsOf([address], columns, 2);
  const said = [
    ...(elsewhere === undefined || state.entered !== "nothing"
      ? []
      : [`or ${elsewhere.onlyAsked ? "Ctrl-T" : "Enter"}: ${elsewhere.label}`]),
    ...(state.note === undefined ? [] : [state.note]),
    ...(state.watched === undefined
      ? []
      : [`${state.watched}${elapsedTime(performance.now() - began)}`]),
  ];
  const partsWith = (below: readonly string[]) => {
    const least = place.length + below.length + 1;
    const heading = headingOf({ title, facts }, problem, area, { least, wanted: least + 2 });
    const above = headingRows({ ...heading, facts: [], airy: false });
    return { below, heading, room: Math.max(0, rows - least - above) };
  };
  const steps = rowsOf(facts, columns).map((text): Row => ({ text, look: "plain" }));
  const whole = partsWith(rowsOf(said, columns, 4));
  const parts =
    whole.room >= steps.length
      ? whole
      : partsWith(said.flatMap((sentence) => rowsOf([sentence], columns, 1)));
  return { ...parts, place, steps };
}

/** In fewer rows steps don't scroll: there would be none beside the row that tells the place. */
const leastToScroll = 2;

function SecretView({ question, problem, state, began, area, start }: SecretViewProps) {
  const { columns } = area;
  const field = state.entered === "nothing" ? "paste it here" : `${signs.dots} ${state.entered}`;
  const { heading, place, below, steps, room } = secretParts(question, problem, state, began, area);
  const scrolls = steps.length > room && room >= leastToScroll;
  return (
    <>
      {scrolls ? (
        <>
          <QuestionHeading {...heading} facts={[]} title={[]} />
          <ScrollArea content={steps} start={start} rows={room} columns={columns} />
          <QuestionHeading {...heading} problem={[]} facts={[]} />
        </>
      ) : (
        <QuestionHeading {...heading} />
      )}
      <Lines lines={place} />
      {heading.airy && place.length > 0 ? <Line text="" /> : null}
      <Lines
        lines={rowsOf([`${signs.current} ${field}${signs.caret}`], columns, 1)}
        look="chosen"
      />
      {heading.airy && below.length > 0 ? <Line text="" /> : null}
      <Lines lines={below} look="dim" />
    </>
  );
}
