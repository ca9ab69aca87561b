import { type Failure, failureLines } from "../../failure.ts";
import { Line } from "../components/lines.tsx";
import { ScrollArea, windowRows } from "../components/scroll-area.tsx";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import { signs } from "../theme.ts";
import { linesAsRows } from "./page.tsx";
import { scrollStart } from "./scroll.ts";

/** What a person wants after a failure. */
export type AfterFailure = "again" | "back" | "close";

/**
 * What went wrong, where, why and what to do, and the way on: trying again loses no answer.
 * @param times how often it was tried, so that a person sees that something was done
 */
export function failureScreen(
  failure: Failure,
  times: number,
  done: (what: AfterFailure) => void,
): Screen {
  let start = 0;
  const title = `This did not work${times === 1 ? "" : `, ${times} times`}`;
  const content = (columns: number) => linesAsRows(failureLines(failure.parts), columns);
  return {
    keys: keyTable.failure,
    help: {
      title: "This did not work",
      paragraphs: [
        "What was answered and done so far is kept. Trying again looks first at what is there now, so that nothing is done twice.",
      ],
    },
    // A key that was meant for the screen before must not start anything.
    typeAhead: false,
    press(key, { columns, rows }) {
      const action = actionOf(keyTable.failure, key);
      if (action === undefined) return "unknown";
      if (action === "help") return "help";
      if (action === "again" || action === "back" || action === "close") {
        done(action);
        return undefined;
      }
      const { length } = content(columns);
      start = scrollStart(start, action, windowRows(length, rows - 1), length);
      return undefined;
    },
    view: ({ columns, rows }) => (
      <>
        <Line
          text={clip(title, columns - 2)}
          look="strong"
          mark={{ sign: signs.problem, look: "bad" }}
        />
        <ScrollArea content={content(columns)} start={start} rows={rows - 1} columns={columns} />
      </>
    ),
  };
}
