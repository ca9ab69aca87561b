import { expect, test, vi } from "vitest";
import { FleetProgress } from "../../src/commands/audit/fleet/progress.ts";
import { statusLine } from "../../src/commands/terminal/io.ts";

/** A progress whose clock stands until it is moved. */
function progress(total: number, redrawn: boolean) {
  const [said, drawn]: [string[], string[]] = [[], []];
  let time = 0;
  const told = new FleetProgress(total, {
    say: (line) => said.push(line),
    draw: redrawn ? (text) => drawn.push(text) : undefined,
    now: () => time,
  });
  const step = (ms: number) => {
    time += ms;
    told.step();
  };
  return { told, said, drawn, step };
}

test("on a terminal rate and remaining time are drawn over, ten times a second at most, and one line stays", () => {
  const { told, said, drawn, step } = progress(4000, true);
  expect(drawn).toEqual(["0 of 4000 projects, 0 s so far"]);
  for (let count = 0; count < 40; count += 1) step(50);
  expect(drawn).toHaveLength(21);
  expect(drawn.at(-1)).toBe("40 of 4000 projects, 20.0 a second, 3 min 18 s left");
  expect(said).toEqual([]);
  for (let count = 0; count < 3960; count += 1) step(50);
  told.end();
  told.end();
  expect(drawn.at(-1)).toBe("");
  expect(said).toEqual(["4000 projects in 3 min 20 s, 20.0 a second"]);
});

test("elsewhere a line is said every five seconds, and at the end", () => {
  const { told, said, step } = progress(3, false);
  step(4_000);
  step(4_000);
  step(4_000);
  told.end();
  expect(said).toEqual([
    "2 of 3 projects, 0.3 a second, 4 s left",
    "3 projects in 12 s, 0.3 a second",
  ]);
});

test("what is interrupted leaves no line, and nothing is said of no projects", () => {
  const cut = progress(3, true);
  cut.step(200);
  cut.told.end();
  expect(cut.drawn.at(-1)).toBe("");
  expect(cut.said).toEqual([]);
  const none = progress(0, true);
  none.told.end();
  expect(none.said).toEqual([]);
});

test("the line goes on with the time while nothing comes", () => {
  vi.useFakeTimers();
  try {
    const drawn: string[] = [];
    const told = new FleetProgress(2, { say: () => undefined, draw: (text) => drawn.push(text) });
    vi.advanceTimersByTime(3_000);
    told.end();
    vi.advanceTimersByTime(3_000);
    expect(drawn).toEqual([
      "0 of 2 projects, 0 s so far",
      "0 of 2 projects, 1 s so far",
      "0 of 2 projects, 2 s so far",
      "0 of 2 projects, 3 s so far",
      "",
    ]);
  } finally {
    vi.useRealTimers();
  }
});

test("a status line is cut to the terminal, gives way to other lines, and is gone at the end", () => {
  let written = "";
  let atEnd: () => void = () => undefined;
  const stream = {
    columns: 10,
    write: (text: string | Uint8Array) => {
      written += text;
      return true;
    },
  };
  const line = statusLine(stream, (clear) => {
    atEnd = clear;
  });
  line.around(() => stream.write("before\n"));
  line.show("0123456789");
  line.around(() => stream.write("other\n"));
  atEnd();
  line.show("");
  atEnd();
  const erase = "\r\u001b[K";
  expect(written).toBe(`before\n${erase}012345678${erase}other\n${erase}012345678${erase}${erase}`);
});
