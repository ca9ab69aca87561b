import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { ChoiceQuestion } from "../../src/dialogue/question.ts";
import { choiceScreen } from "../../src/tui/screens/choice.tsx";
import { onStage } from "../../src/tui/stage.tsx";

/** CPU time from a key press to the last byte of the frame that it paints, in milliseconds, over many keys. */
export interface KeyCost {
  readonly keys: number;
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  /** Bytes that a moved pointer writes, at the median. */
  readonly bytes: number;
}

/** Ink draws at most 30 frames a second; a key that comes sooner would share the frame of the key before. */
const frameMs = 45;
const rounds = 12;
const typed = ["s", "h", "o", "p", " ", "e", "u", "-", "5", " ", "4", "2"];
const moves = [
  "\u001B[B",
  "\u001B[B",
  "\u001B[6~",
  "\u001B[F",
  "\u001B[A",
  "\u001B[5~",
  "\u001B[H",
];

/** The moves that change the row pointed at and nothing else. */
const steps: readonly string[] = ["\u001B[B", "\u001B[A"];

/**
 * To be bundled as the program is, for what it would cost otherwise is not what a person feels.
 *
 * Measures the project picker as it is: real key bytes in, through the key layer, the filter, React and Ink, to the
 * bytes that go to a terminal of 100 x 30. Each round types a filter, moves about, and erases the filter again.
 */
export async function measurePicker(projects: number): Promise<KeyCost> {
  const { streams, press, quiet } = terminal();
  const question = pickerOf(projects);
  const costs: number[] = [];
  const written: number[] = [];
  const header = { title: "machinist setup", account: "operator@example.org", place: [] };
  const ended = onStage(
    streams,
    () => ({ header }),
    (stage) => stage.show<unknown>((done) => choiceScreen(question, undefined, done)),
  );
  await quiet();
  for (let round = 0; round <= rounds; round += 1) {
    for (const key of [...moves, ...typed, ...typed.map(() => "\u007F")]) {
      await setTimeout(frameMs);
      const { cost, bytes } = await press(key);
      if (round === 0) continue;
      costs.push(cost);
      if (steps.includes(key)) written.push(bytes);
    }
  }
  streams.events.emit("SIGTERM");
  await ended;
  const at = (part: number, of = costs) =>
    of.toSorted((one, other) => one - other)[Math.floor((of.length - 1) * part)] ?? Number.NaN;
  return {
    keys: costs.length,
    ...{ median: at(0.5), p95: at(0.95), worst: at(1), bytes: at(0.5, written) },
  };
}

/** A terminal that takes what is written, and tells when it was. */
function terminal() {
  let painted: (bytes: number) => void = () => {};
  const input = Object.assign(new EventEmitter(), {
    setRawMode: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
  });
  const output = Object.assign(new EventEmitter(), {
    columns: 100,
    rows: 30,
    write: (text: string) => {
      // The cursor is hidden once, and moved in writes of their own; what is painted has at least the place in the list.
      if (/\d of \d/u.test(text)) painted(text.length);
      return true;
    },
  });
  const next = () => new Promise<number>((resolve) => (painted = resolve));
  return {
    streams: { input, output, events: new EventEmitter() },
    quiet: () => setTimeout(500),
    press: async (bytes: string) => {
      const frame = next();
      const began = process.cpuUsage();
      input.emit("data", Buffer.from(bytes));
      const count = await frame;
      const { user, system } = process.cpuUsage(began);
      return { cost: (user + system) / 1000, bytes: count };
    },
  };
}

/** The question as the project step asks it. */
function pickerOf(count: number): ChoiceQuestion {
  const choices = Array.from({ length: count }, (_, index) => {
    const id = `p${(index * 7919).toString(36).padStart(12, "x")}`;
    const label = `${index % 3 === 0 ? "Shop" : "Magazine"} number ${index}`;
    const detail = `${id}, Agency ${index % 40}, eu-${index % 9}.platform.sh`;
    const choice = { value: id, label, detail };
    return index % 50 === 49 ? { ...choice, disabled: "suspended" } : choice;
  });
  const title = "Which project?";
  return { kind: "choice", title, help: [], facts: [], flag: "--project", choices };
}
