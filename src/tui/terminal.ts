import { writeSync } from "node:fs";
import { isAsciiLocale, withAsciiMarks } from "../printable.ts";
import { beforeLargeFile } from "../regular-file.ts";
import { interruptByKey } from "./interrupt-key.ts";
import type { Key } from "./keys/key.ts";
import { type KeyInput, readKeys } from "./keys/reader.ts";
import type { Size } from "./layout.ts";

/** The part of a terminal's output stream that is used; `process.stdout` has it. */
export interface Screenful {
  readonly columns?: number;
  readonly rows?: number;
  /** Present on a stream of the process: what is written there leaves at once, also while the process ends. */
  readonly fd?: number;
  write(text: string): unknown;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

type SignalName = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Where signals and the end of the process are heard; `process` is it. */
interface ProcessEvents {
  on(event: SignalName | "SIGCONT", listener: () => void): unknown;
  on(event: "exit", listener: () => void): unknown;
  on(event: "uncaughtException", listener: (error: Error) => void): unknown;
  off(event: SignalName | "SIGCONT", listener: () => void): unknown;
  off(event: "exit", listener: () => void): unknown;
  off(event: "uncaughtException", listener: (error: Error) => void): unknown;
}

/** Both ends of a terminal. */
export interface TerminalStreams {
  readonly input: KeyInput;
  readonly output: Screenful;
  readonly events: ProcessEvents;
  /** Stops the program until the shell has it go on; missing where programs can't be stopped. */
  stop?(): void;
}

/** The terminal this process runs in, which gets ASCII marks where its locale has no others. */
export function ownTerminal(): TerminalStreams {
  const output = isAsciiLocale(process.env) ? asciiOutput(process.stdout) : process.stdout;
  const streams = { input: process.stdin, output, events: process };
  // As the terminal itself does it: whoever waits for this program (npx, a script) stops too.
  return process.platform === "win32"
    ? streams
    : { ...streams, stop: () => process.kill(0, "SIGTSTP") };
}

/** An output that writes ASCII in the place of marks. */
function asciiOutput(output: NodeJS.WriteStream & { readonly fd: number }): Screenful {
  return {
    get columns() {
      return output.columns;
    },
    get rows() {
      return output.rows;
    },
    fd: output.fd,
    write: (text) => output.write(withAsciiMarks(text)),
    on: (event, listener) => output.on(event, listener),
    off: (event, listener) => output.off(event, listener),
  };
}

/** Why a terminal program ends before its end. A terminal that is gone counts as SIGHUP. */
export interface Interruption {
  readonly kind: "interrupted";
  readonly signal: SignalName;
}

/** What an open terminal tells. */
export interface TerminalListener {
  key(key: Key): void;
  resized(): void;
  interrupted(interruption: Interruption): void;
  /** The person wants the shell back for a while. */
  suspended(): void;
  /** Something failed that nobody waited for. */
  crashed(error: Error): void;
}

const pasteOn = "\u001B[?2004h";
const pasteOffCursorOn = "\u001B[?2004l\u001B[?25h";

/**
 * Takes the terminal: raw mode, bracketed paste, signals. The returned function gives it back as it was, and
 * may be called twice; it also runs when the process ends in any way that can be noticed, a crash included.
 */
export function openTerminal(streams: TerminalStreams, listener: TerminalListener): () => void {
  const { input, output, events } = streams;
  const interrupted = (signal: SignalName) => () =>
    listener.interrupted({ kind: "interrupted", signal });
  const signals = [
    ["SIGINT", interrupted("SIGINT")],
    ["SIGTERM", interrupted("SIGTERM")],
    ["SIGHUP", interrupted("SIGHUP")],
  ] as const;
  let open = true;
  let stayTyped: () => void = () => undefined;

  const giveBack = () => {
    if (!open) return;
    open = false;
    stayTyped();
    stopReading();
    input.setRawMode?.(false);
    writeNow(output, pasteOffCursorOn);
    output.off("resize", listener.resized);
    events.off("exit", giveBack);
    events.off("uncaughtException", listener.crashed);
    for (const [signal, heard] of signals) events.off(signal, heard);
  };

  // First the way back, then the changes.
  events.on("exit", giveBack);
  events.on("uncaughtException", listener.crashed);
  for (const [signal, heard] of signals) events.on(signal, heard);
  const stopReading = readKeys(
    input,
    (key) => {
      if (key.kind === "named" && key.name === "ctrl-c") interrupted("SIGINT")();
      else if (key.kind === "named" && key.name === "ctrl-z" && streams.stop !== undefined)
        listener.suspended();
      else listener.key(key);
    },
    interrupted("SIGHUP"),
  );
  const { fd } = input;
  // What is done with a large file keeps the program from reading keys.
  stayTyped = beforeLargeFile(() => {
    if (fd !== undefined && input.setRawMode !== undefined) interruptByKey(fd);
  });
  output.on("resize", listener.resized);
  output.write(pasteOn);
  return giveBack;
}

/** Milliseconds after which a program that goes on was not stopped, because nobody is there to have it go on. */
const notStopped = 100;

/** Stops the program, and settles when it goes on. The terminal has to be given back before. */
export function stopProgram({ events, stop }: TerminalStreams): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      events.off("SIGCONT", goOn);
      resolve();
    };
    const timer = setTimeout(goOn, notStopped);
    events.on("SIGCONT", goOn);
    stop?.();
  });
}

/** The size of the terminal in columns and rows; 80 x 24 when it does not say. */
export function sizeOf(output: Screenful): Size {
  return { columns: output.columns || 80, rows: output.rows || 24 };
}

/** A stream's write may be late while the process ends, on Windows; a file descriptor's is not. */
function writeNow(output: Screenful, text: string): void {
  if (output.fd !== undefined) {
    try {
      writeSync(output.fd, text);
      return;
    } catch {
      // A descriptor that is busy (EAGAIN) or gone (EIO) leaves the stream as the only way.
    }
  }
  output.write(text);
}
