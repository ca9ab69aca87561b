import type { WriteStream } from "node:tty";

/** One line of a terminal that is drawn over, with other lines going above it. */
export interface StatusLine {
  /** Shows a text, cut to the terminal's width; an empty one takes the line away. */
  show(text: string): void;
  /** Writes something else, at the place of the line, which comes back below it. */
  around(write: () => void): void;
}

const erase = "\r\u001b[K";

/** The status line of a terminal. It is gone when the process ends, however it does. */
export function statusLine(
  stream: Pick<WriteStream, "write" | "columns">,
  atExit: (clear: () => void) => void = (clear) => void process.once("exit", clear),
): StatusLine {
  let shown = "";
  let isWatched = false;
  const draw = () => {
    // A line that fills the row would go on in the next one, and stay there.
    if (shown !== "") stream.write(erase + shown.slice(0, Math.max(0, stream.columns - 1)));
  };
  const clear = () => {
    if (shown !== "") stream.write(erase);
  };
  return {
    show(text) {
      if (text === "") clear();
      shown = text;
      draw();
      if (isWatched) return;
      isWatched = true;
      atExit(clear);
    },
    around(write) {
      clear();
      write();
      draw();
    },
  };
}
