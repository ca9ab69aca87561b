import { EventEmitter } from "node:events";
import xterm from "@xterm/headless";
import type { TerminalStreams } from "../../src/tui/terminal.ts";

/** A terminal in memory: a real emulator reads what the program writes, keys are fed as bytes. */
export interface FakeTerminal {
  readonly streams: TerminalStreams;
  /** Everything that was written, in order. */
  written(): string;
  /** The rows that are to be seen, without blanks at their ends. */
  screen(): readonly string[];
  /** The scrollback and the screen. */
  history(): readonly string[];
  /** Sends bytes as one chunk. */
  type(bytes: string): void;
  /** Settles when the screen holds the text, or passes the test; fails with the screen after a while. */
  shows(wanted: string | RegExp | ((screen: string) => boolean)): Promise<void>;
  resize(columns: number, rows: number): void;
  signal(name: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGCONT"): void;
  /** Something throws that nobody catches. */
  crash(error: Error): void;
  /** The process ends without asking anybody. */
  exit(): void;
  /** The other end of the terminal goes away. */
  hangUp(error?: Error): void;
  readonly state: {
    readonly raw: boolean;
    readonly cursor: boolean;
    readonly paste: boolean;
    readonly listeners: number;
  };
  /** How often the program was stopped. */
  stops(): number;
}

/** How long a wait lasts before it counts as failed, in milliseconds: a busy machine takes its time. */
const limit = 60_000;

export function fakeTerminal(columns: number, rows: number): FakeTerminal {
  const emulator = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 2000,
    allowProposedApi: true,
  });
  const writes: string[] = [];
  const looks = new Set<() => void>();
  const events = new EventEmitter();
  let raw = false;
  let stops = 0;
  const stop = () => {
    stops += 1;
  };

  const input = Object.assign(new EventEmitter(), {
    setRawMode: (wanted: boolean) => {
      raw = wanted;
    },
    resume: () => undefined,
    pause: () => undefined,
  });
  const output = Object.assign(new EventEmitter(), {
    columns,
    rows,
    write: (text: string, written?: () => void) => {
      writes.push(text);
      // The kernel's terminal turns LF into CR LF.
      emulator.write(text.replaceAll("\n", "\r\n"), () => {
        written?.();
        for (const look of looks) look();
      });
      return true;
    },
  });

  const lines = (from: number) => {
    const { active } = emulator.buffer;
    return Array.from(
      { length: active.length - from },
      (_, index) => active.getLine(from + index)?.translateToString(true) ?? "",
    );
  };
  const screen = () => lines(emulator.buffer.active.baseY);
  const written = () => writes.join("");
  const lastOf = (on: string, off: string) =>
    written().lastIndexOf(on) > written().lastIndexOf(off);

  return {
    streams: { input, output, events, stop },
    stops: () => stops,
    written,
    screen,
    history: () => lines(0),
    type: (bytes) => input.emit("data", Buffer.from(bytes)),
    shows: (wanted) => {
      const holds = () => {
        const text = screen().join("\n");
        if (typeof wanted === "function") return wanted(text);
        return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
      };
      return new Promise((resolve, reject) => {
        const settle = () => {
          looks.delete(look);
          clearTimeout(timer);
        };
        const look = () => {
          if (!holds()) return;
          settle();
          resolve();
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`the screen never showed ${String(wanted)}:\n${screen().join("\n")}`));
        }, limit);
        looks.add(look);
        look();
      });
    },
    resize: (columns, rows) => {
      emulator.resize(columns, rows);
      Object.assign(output, { columns, rows });
      output.emit("resize");
    },
    signal: (name) => events.emit(name),
    crash: (error) => events.emit("uncaughtException", error),
    exit: () => events.emit("exit"),
    hangUp: (error) => (error === undefined ? input.emit("end") : input.emit("error", error)),
    get state() {
      return {
        raw,
        cursor: !lastOf("\u001B[?25l", "\u001B[?25h"),
        paste: lastOf("\u001B[?2004h", "\u001B[?2004l"),
        listeners:
          events.eventNames().length + output.listenerCount("resize") + input.listenerCount("data"),
      };
    },
  };
}

/** The bytes that keys send. */
export const keys = {
  enter: "\r",
  tab: "\t",
  escape: "\u001B",
  up: "\u001B[A",
  down: "\u001B[B",
  right: "\u001B[C",
  left: "\u001B[D",
  home: "\u001B[H",
  end: "\u001B[F",
  pageUp: "\u001B[5~",
  pageDown: "\u001B[6~",
  backspace: "\u007F",
  interrupt: "\u0003",
  suspend: "\u001A",
  f1: "\u001BOP",
  paste: (text: string) => `\u001B[200~${text}\u001B[201~`,
} as const;
