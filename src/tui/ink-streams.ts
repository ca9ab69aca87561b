import { EventEmitter } from "node:events";
import type { Size } from "./layout.ts";
import { type Screenful, sizeOf } from "./terminal.ts";

/**
 * The output as Ink gets it. It has no `rows`: Ink 6.8 compares the height of its frame with them and erases
 * screen and scrollback (ESC[3J) when the frame is not smaller, as after a resize. It has no `resize` event
 * either: the stage draws anew for the new size, and Ink would first draw the old frame once more.
 */
export function inkOutput(output: Screenful): NodeJS.WriteStream {
  const frames = frameWriter(() => sizeOf(output));
  return standIn(process.stdout, {
    isTTY: true,
    get columns() {
      return sizeOf(output).columns;
    },
    rows: undefined,
    write: (text: string) => output.write(frames(text)),
    on: () => undefined,
    off: () => undefined,
    destroyed: false,
    writable: true,
    writableEnded: false,
    writableLength: undefined,
    _writableState: undefined,
  });
}

/** How Ink goes back to the first row of its frame, erasing each (ansi-escapes, eraseLines). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const erasing = /^(?:\u001B\[2K\u001B\[1A)*\u001B\[2K\u001B\[G/u;

/**
 * Turns the frames that Ink writes whole into the rows that are otherwise than before. Ink's own way to do so
 * (`incrementalRendering`) loses a row of a frame that grows, in 6.8.
 *
 * @param size of the terminal now: after it was changed nobody knows where the rows of the last frame are
 * @returns what is to be written in the place of a text
 */
function frameWriter(size: () => Size): (text: string) => string {
  /** The rows of the last frame, and the blank one below it that the cursor is in. */
  let last: readonly string[] = [];
  let { columns, rows: height } = size();
  return (text) => {
    const erased = erasing.exec(text)?.[0] ?? "";
    // The cursor is hidden and shown in writes of their own.
    if (erased === "" && !text.endsWith("\n")) return text;
    const rows = text.slice(erased.length).split("\n");
    const before = last;
    const now = size();
    const isSame =
      columns === now.columns &&
      height === now.rows &&
      erased.split("\u001B[2K").length - 1 === before.length;
    last = rows;
    ({ columns, rows: height } = now);
    if (!isSame || before.length < 2 || rows.length < 2) return text;
    const drawn = rows.map((row, at) => (row === before[at] ? "" : `\u001B[2K${row}`));
    const below = rows.length < before.length ? "\u001B[J" : "";
    return `\u001B[${before.length - 1}A\r${drawn.join("\n")}${below}`;
  };
}

/** The input as Ink gets it: keys that the key layer has read, one at a time, for the components that use `useInput`. */
export interface InkInput {
  readonly stream: NodeJS.ReadStream;
  /** Hands over the bytes of one key. */
  press(bytes: string): void;
}

/** An input on which Ink hears only what is pressed here. */
export function inkInput(): InkInput {
  const events = new EventEmitter();
  let waiting: string | null = null;
  const stream = standIn(process.stdin, {
    isTTY: true,
    setRawMode: () => undefined,
    setEncoding: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
    read: () => {
      const bytes = waiting;
      waiting = null;
      return bytes;
    },
    addListener: (event: string, listener: () => void) => events.on(event, listener),
    removeListener: (event: string, listener: () => void) => events.off(event, listener),
  });
  return {
    stream,
    press: (bytes) => {
      waiting = bytes;
      events.emit("readable");
    },
  };
}

/** The real stream's type with other members in its place; what is not replaced is not there. */
function standIn<T extends object>(stream: T, members: Readonly<Record<string, unknown>>): T {
  return new Proxy(stream, {
    get: (_, name) => Reflect.get(members, name),
    has: (_, name) => Reflect.has(members, name),
  });
}
