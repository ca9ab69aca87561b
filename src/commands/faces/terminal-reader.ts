import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { Failure } from "../../failure.ts";
import { ownTerminal, stopProgram } from "../../tui/terminal.ts";

/** There is nobody left to answer. */
export class InputEnded extends Failure {
  constructor() {
    super("usage", {
      what: "The input ended before the last answer",
      next: "answer with flags instead",
    });
  }
}

/**
 * Reads one line a person typed, with or without showing it. Rejects with `InputEnded` at the end of the input, and
 * when aborted.
 */
export interface LineReader {
  read(prompt: string, shown: boolean): Promise<string>;
}

/** A reader of the terminal this process runs in. Close it when the setup ends. */
export function terminalReader(signal: AbortSignal): LineReader & { close(): void } {
  let hidden = false;
  let asked: string | undefined;
  let isClosed = false;
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!hidden) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  // In a terminal of its own readline gets Ctrl-C as a key; it means what the signal means.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  // So does Ctrl-Z. Left to itself readline reads nothing more once the program goes on.
  lines.on("SIGTSTP", async () => {
    process.stdin.setRawMode(false);
    await stopProgram(ownTerminal());
    if (isClosed) return;
    process.stdin.setRawMode(true);
    if (asked === undefined) return;
    if (hidden) process.stdout.write(asked);
    else lines.prompt(true);
  });
  const ended = new Promise<never>((_resolve, reject) => {
    lines.once("close", () => {
      isClosed = true;
      reject(new InputEnded());
    });
  });
  ended.catch(() => undefined);
  return {
    read: async (prompt, shown) => {
      // The editor writes its prompt anew with every key; unseen, it writes nothing and the prompt stands by itself.
      if (!shown) process.stdout.write(prompt);
      hidden = !shown;
      asked = prompt;
      try {
        const line = await Promise.race([lines.question(shown ? prompt : "", { signal }), ended]);
        // Not where it was broken off: the rest of a secret may still be typed.
        hidden = false;
        return line;
      } finally {
        asked = undefined;
        if (!shown) process.stdout.write("\n");
      }
    },
    close: () => lines.close(),
  };
}
