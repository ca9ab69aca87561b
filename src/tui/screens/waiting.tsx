import { Lines, MarkedLines, rowsOf } from "../components/lines.tsx";
import { keyTable } from "../keys/table.ts";
import type { Size } from "../layout.ts";
import type { Screen, ScreenPart } from "../screen.ts";
import { spinner } from "../theme.ts";

const frameMs = 100;

/** How many of the lines before the last one stay in sight. */
const kept = 4;

const nothingAbove: ScreenPart = { view: null, rows: 0 };

/** Says what is waited for, for how long so far, and what was reported, the newest first. `report` adds a line. */
export function waitingScreen(
  title: string,
  above: (area: Size) => ScreenPart = () => nothingAbove,
): { screen: Screen; report: (line: string) => void } {
  const began = performance.now();
  let lines: readonly string[] = [];
  return {
    report: (line) => {
      const before = lines.at(-1);
      const others = before !== undefined && isNewsOf(before, line) ? lines.slice(0, -1) : lines;
      lines = [...others.slice(-kept), line];
    },
    screen: {
      keys: keyTable.waiting,
      every: frameMs,
      typeAhead: true,
      press: () => undefined,
      view: (area) => {
        const { columns } = area;
        const over = above(area);
        const rows = area.rows - over.rows;
        const ms = performance.now() - began;
        const sign = spinner[Math.floor(ms / frameMs) % spinner.length] ?? "";
        const now = rowsOf([`${lines.at(-1) ?? title}${elapsedTime(ms)}`], columns - 2, rows);
        const before = lines.slice(0, -1).toReversed();
        return (
          <>
            {over.view}
            <MarkedLines lines={now} mark={{ sign, look: "accent" }} />
            <Lines lines={rowsOf(before, columns, rows - now.length)} look="dim" />
          </>
        );
      },
    },
  };
}

/** Whether a line says the same as another, with other numbers, or is about the next thing that is looked at. */
function isNewsOf(before: string, line: string): boolean {
  const topic = (text: string) => text.replace(/\d[\d,.]*/gu, "#").split(": ")[0];
  return topic(before) === topic(line);
}

/** The whole seconds, once there is one: " 3 s". */
export function elapsedTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds === 0 ? "" : ` · ${seconds} s`;
}
