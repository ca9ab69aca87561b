import { type Failure, failureLines } from "../failure.ts";
import type { Keychain } from "../keychain/keychain.ts";
import { printable } from "../printable.ts";
import { redact } from "../secret.ts";
import { wrappedLine } from "./wrapped-line.ts";

/**
 * Where a command's lines go. Every line passes the redactor and loses its control characters; on a terminal a long one
 * is broken between words.
 */
export interface Io {
  out(line: string): void;
  err(line: string): void;
  /** Writes a whole document to standard output, for a program to read: only secrets are taken out. */
  document(text: string): void;
  readonly env: NodeJS.ProcessEnv;
  /** Opens the system keychain; undefined where there is none, or none is to be used. */
  keychain?(): Promise<Keychain | undefined>;
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
}

/** The process's own streams. */
export function processIo(signal: AbortSignal): Io {
  const write = (stream: NodeJS.WriteStream) => (line: string) => {
    const columns = stream.isTTY ? stream.columns : undefined;
    for (const part of wrappedLine(redact(printable(line)), columns)) stream.write(`${part}\n`);
  };
  return {
    out: write(process.stdout),
    err: write(process.stderr),
    document: (text) => void process.stdout.write(`${redact(text)}\n`),
    env: process.env,
    keychain: async () => {
      const { systemKeychain } = await import("../keychain/system.ts");
      // Where nobody sits, nobody unlocks it either.
      const limitMs = process.stdin.isTTY ? 60_000 : 3_000;
      return systemKeychain({ env: process.env, limitMs, signal });
    },
    signal,
  };
}

/** Tells a person about a failure, on standard error. */
export function tellFailure(failure: Failure, io: Pick<Io, "err">): void {
  const [first, ...rest] = failureLines(failure.parts);
  io.err(`machinist: ${first}`);
  for (const line of rest) io.err(`  ${line}`);
}
