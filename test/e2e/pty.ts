import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

/** No program in a test runs longer, also on a busy machine; the limit is below that of the test. */
const longestRunMs = 200_000;

const launcher = join(import.meta.dirname, "../../bin/machinist.js");

/** The built program in a real pseudo-terminal, read through a terminal emulator. */
export interface PtyRun {
  /** Every byte the program wrote so far. */
  output(): string;
  /** What a person sees now, one string a row, without trailing blanks. */
  screen(): readonly string[];
  /** What has scrolled out of sight, and the screen below it. */
  scrollback(): readonly string[];
  /** Every screen that was to be seen so far, each as one text. */
  frames(): readonly string[];
  /**
   * Resolves when the screen holds the text, or is as asked; rejects, showing the screen, when the program ends without
   * it.
   */
  sees(text: string | RegExp | ((shown: string) => boolean)): Promise<void>;
  /** Types keys, as one chunk. */
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  /** The exit code, once the program has ended; rejects, showing the screen, when it does not. */
  readonly ended: Promise<number>;
  readonly emulator: InstanceType<typeof xterm.Terminal>;
}

export const keys = {
  enter: "\r",
  tab: "\t",
  escape: "\u001b",
  down: "\u001b[B",
  up: "\u001b[A",
  ctrlC: "\u0003",
  ctrlZ: "\u001a",
  paste: (text: string) => `\u001b[200~${text}\u001b[201~`,
} as const;

interface Size {
  readonly columns: number;
  readonly rows: number;
}

interface Place {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Starts `machinist` with these arguments. @param env stands in for the whole environment, but for PATH and TERM */
export function runInPty(args: readonly string[], size: Size, options: Place): PtyRun {
  return inPty(process.execPath, [launcher, ...args], size, options);
}

/** Starts an interactive Bash that knows `machinist`, for what only a shell with jobs can do. */
export function runInShell(size: Size, options: Place): PtyRun {
  const known = `machinist() { ${process.execPath} ${launcher} "$@"; }; export -f machinist; exec bash --norc -i`;
  return inPty("bash", ["-c", known], size, options);
}

/** Starts a program. @param options as of `runInPty` */
export function inPty(
  program: string,
  args: readonly string[],
  size: Size,
  options: Place,
): PtyRun {
  const emulator = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: 2000,
    allowProposedApi: true,
  });
  const started = spawn(program, [...args], {
    cols: size.columns,
    rows: size.rows,
    cwd: options.cwd,
    // It is the child's TERM, whatever the environment says.
    name: options.env["TERM"] ?? "xterm-256color",
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: options.cwd,
      ...options.env,
    },
  });
  let output = "";
  let over: number | undefined;
  const waiting = new Set<() => void>();
  const frames = new Set<string>();
  const look = () => {
    frames.add(screen().join("\n"));
    for (const check of waiting) check();
  };
  started.onData((data) => {
    output += data;
    emulator.write(data, look);
  });
  const ended = new Promise<number>((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`did not end, and shows:\n${screen().join("\n")}`)),
      longestRunMs,
    );
    started.onExit(({ exitCode }) => {
      over = exitCode;
      clearTimeout(limit);
      // What was written last is still on its way through the emulator.
      emulator.write("", () => {
        look();
        resolve(exitCode);
      });
    });
  });

  // Not every test waits for the end.
  ended.catch(() => undefined);

  const rows = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) =>
      (emulator.buffer.active.getLine(from + row)?.translateToString(true) ?? "").trimEnd(),
    );
  const screen = () => rows(emulator.buffer.active.baseY, emulator.rows);

  return {
    output: () => output,
    screen,
    frames: () => [...frames],
    scrollback: () => rows(0, emulator.buffer.active.length),
    type: (text) => started.write(text),
    resize: (columns, height) => {
      emulator.resize(columns, height);
      started.resize(columns, height);
    },
    kill: (signal) => started.kill(signal),
    ended,
    emulator,
    sees: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const shown = screen().join("\n");
          const found =
            typeof text === "function"
              ? text(shown)
              : typeof text === "string"
                ? shown.includes(text)
                : text.test(shown);
          if (!found && over === undefined) return;
          waiting.delete(check);
          clearTimeout(limit);
          if (found) resolve();
          else
            reject(
              new Error(
                `ended with ${over} without showing ${text}:\n${rows(0, emulator.buffer.active.length).join("\n")}`,
              ),
            );
        };
        const limit = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`never showed ${text}:\n${screen().join("\n")}`));
        }, 60_000);
        waiting.add(check);
        check();
      }),
  };
}
