import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { keyTable } from "../key-table.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import { spinner } from "../theme.ts";

const frameMs = 100;

/** Says what is waited for, for how long so far, and what was reported last. `report` adds a line. */
export function waitingScreen(title: string): { screen: Screen; report: (line: string) => void } {
  const began = performance.now();
  let lines: readonly string[] = [];
  return {
    report: (line) => {
      lines = [...lines.slice(-4), line];
    },
    screen: {
      keys: keyTable.waiting,
      every: frameMs,
      typeAhead: true,
      press: () => undefined,
      view: ({ columns, rows }) => {
        const ms = performance.now() - began;
        const sign = spinner[Math.floor(ms / frameMs) % spinner.length] ?? "";
        return (
          <>
            <Line
              text={clip(`${sign} ${lines.at(-1) ?? title}${elapsed(ms)}`, columns)}
              look="accent"
            />
            <Lines lines={rowsOf(lines.slice(0, -1), columns, rows - 1)} look="dim" />
          </>
        );
      },
    },
  };
}

/** The whole seconds, once there is one: " 3 s". */
export function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds === 0 ? "" : ` ${seconds} s`;
}
