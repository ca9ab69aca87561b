import { EventEmitter } from "node:events";
import { type Screenful, sizeOf } from "./terminal.ts";

/**
 * The output as Ink gets it. It has no `rows`: Ink 6.8 compares the height of its frame with them and erases
 * screen and scrollback (ESC[3J) when the frame is not smaller, as after a resize. It has no `resize` event
 * either: the stage draws anew for the new size, and Ink would first draw the old frame once more.
 */
export function inkOutput(output: Screenful): NodeJS.WriteStream {
  return standIn(process.stdout, {
    isTTY: true,
    get columns() {
      return sizeOf(output).columns;
    },
    rows: undefined,
    write: (text: string) => output.write(text),
    on: () => undefined,
    off: () => undefined,
    destroyed: false,
    writable: true,
    writableEnded: false,
    writableLength: undefined,
    _writableState: undefined,
  });
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
