import type { WriteStream } from "node:tty";
import { type Failure, failureLines } from "../../failure.ts";
import type { Keychain } from "../../keychain/keychain.ts";
import { isAsciiLocale, logLine, printable, withAsciiMarks } from "../../printable.ts";
import { redact } from "../../secret.ts";
import type { TerminalStreams } from "../../tui/terminal.ts";
import { type StandardOutput, standardOutput } from "./standard-output.ts";
import { isOn } from "./switched-on.ts";
import { wrappedLine } from "./wrapped-line.ts";

/**
 * Where a command's lines go. Every line passes the redactor and loses its control characters; on a terminal a long one
 * is broken between words, and the mark that it begins with has its colour.
 */
export interface Io {
  out(line: string): void;
  err(line: string): void;
  /** How wide the terminal is that `out` writes to, where it is one. */
  readonly columns?: number;
  /** Writes a whole document to standard output, for a program to read: only secrets are taken out. */
  document(text: string): void;
  /** Shows how far a long work is, on one line that is drawn over; an empty text takes it away. Missing where none can be. */
  readonly status?: (text: string) => void;
  /** Where screens are drawn; the process's own terminal when left out. */
  readonly terminal?: TerminalStreams;
  readonly env: NodeJS.ProcessEnv;
  /** Opens the system keychain; undefined where there is none, or none is to be used. */
  keychain?(): Promise<Keychain | undefined>;
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /** As `Signals.untilInterrupted`; missing where nothing is cut off. */
  untilInterrupted?<T>(work: () => Promise<T>): Promise<T>;
}

/** Does some work and waits for it so that what became of it can be told, also when a signal cuts it off. Throws as `Signals.untilInterrupted`. */
export function untilInterrupted<T>(
  work: () => Promise<T>,
  io: Pick<Io, "untilInterrupted">,
): Promise<T> {
  return io.untilInterrupted === undefined ? work() : io.untilInterrupted(work);
}

/** The process's own streams. @param output its standard output */
export function processIo(
  signals: Pick<Io, "signal" | "untilInterrupted">,
  output: StandardOutput = standardOutput(process.stdout),
): Io {
  const status = canDraw(process.stderr, process.env) ? statusLine(process.stderr) : undefined;
  const marked = isAsciiLocale(process.env) ? withAsciiMarks : (line: string) => line;
  const put = (write: (text: string) => void, lines: readonly string[]) => {
    const text = lines.map((line) => `${line}\n`).join("");
    if (status === undefined) write(text);
    else status.around(() => write(text));
  };
  const columns = columnsOf(process.stdout);
  const linesTo = (stream: NodeJS.WriteStream, write: (text: string) => void) => {
    // It knows NO_COLOR, FORCE_COLOR and TERM; a stream that is no terminal has none of it.
    const hasColours = stream.isTTY && stream.hasColors();
    return (line: string) => {
      const rows = wrappedLine(marked(redact(logLine(printable(line)))), columnsOf(stream));
      put(write, hasColours ? withColouredMark(line, rows) : rows);
    };
  };
  return {
    ...(status && { status: (text: string) => status.show(marked(redact(printable(text)))) }),
    out: linesTo(process.stdout, output.write),
    err: linesTo(process.stderr, (text) => void process.stderr.write(text)),
    ...(columns === undefined ? {} : { columns }),
    document: (text) => put(output.write, [redact(text)]),
    env: process.env,
    keychain: async () => {
      const { systemKeychain } = await import("../../keychain/system.ts");
      // Where nobody sits, nobody unlocks it either.
      const limitMs = process.stdin.isTTY ? 60_000 : 3_000;
      return systemKeychain({ env: process.env, limitMs, signal: signals.signal });
    },
    ...signals,
  };
}

/** The colours of the marks that a line begins with, as numbers of SGR (ECMA-48). */
const colours: Readonly<Record<string, number>> = { "✔": 32, "▲": 33, "?": 33, "✖": 31 };

/**
 * Gives the mark that a line begins with its colour: done, to watch or not known, wrong. Only the mark has one, as on the
 * screens (docs/terminal.md).
 *
 * @param line as it was meant, before its marks were written in ASCII
 * @param rows the line as it is printed: its first sign is the mark, or what stands for it in ASCII
 */
export function withColouredMark(line: string, rows: readonly string[]): readonly string[] {
  const text = line.trimStart();
  const colour = text[1] === " " ? colours[text.charAt(0)] : undefined;
  const [first = "", ...rest] = rows;
  if (colour === undefined) return rows;
  return [first.replace(/\S/u, `\u001b[${colour}m$&\u001b[39m`), ...rest];
}

/**
 * How wide a terminal is; undefined where there is none, and where it doesn't say it: one that was opened without a size
 * (script(1), a container's) says 0, and breaks lines itself.
 */
export function columnsOf({
  isTTY,
  columns,
}: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number | undefined {
  return isTTY && columns > 0 ? columns : undefined;
}

/** Nothing is drawn twice for a screen reader, nor where a log is kept. */
function canDraw({ isTTY }: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  const isPlain = ["ACCESSIBLE", "INK_SCREEN_READER", "CI"].some((name) => isOn(env[name]));
  return isTTY && !isPlain && env["TERM"] !== "dumb";
}

/** Tells a person about a failure, on standard error. */
export function tellFailure(failure: Failure, io: Pick<Io, "err">): void {
  const [first, ...rest] = failureLines(failure.parts);
  io.err(`machinist: ${first}`);
  for (const line of rest) io.err(`  ${line}`);
}

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
