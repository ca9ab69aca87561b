import { fstatSync, writeSync } from "node:fs";
import type { ExitReason } from "../../exit-code.ts";

/** Standard output, watched: what it did not take is known at the end. */
export interface StandardOutput {
  /** Writes a text. Once the output is lost nothing more is written, and the work goes on without. */
  write(text: string): void;
  /**
   * Waits until all is written, and gives how a command ends that ended like this: what nobody could read was not done.
   *
   * @param tell takes a line for standard error
   */
  ended(reason: ExitReason, tell: (line: string) => void): Promise<ExitReason>;
}

/** Watches the standard output of the process. */
export function standardOutput(stream: typeof process.stdout): StandardOutput {
  let lost: NodeJS.ErrnoException | undefined;
  const lose = (error: NodeJS.ErrnoException) => {
    lost ??= error;
  };
  stream.on("error", lose);
  const isFile = !stream.isTTY && isRegularFile(stream.fd);
  let isUsed = false;
  return {
    write: (text) => {
      isUsed ||= text !== "";
      if (lost !== undefined) return;
      if (!isFile) {
        stream.write(text);
        return;
      }
      try {
        writeWhole(stream.fd, Buffer.from(text));
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        lose(error);
      }
    },
    ended: async (reason, tell) => {
      // A full disk refuses even nothing at all; of what was never written nothing is missing.
      if (!isUsed) return reason;
      // The stream hands on what it holds in order, and tells of an error before it is idle.
      await new Promise<void>((resolve) => stream.write("", () => setImmediate(resolve)));
      if (lost === undefined) return reason;
      const isClosed = lost.code === "EPIPE";
      tell(
        isClosed
          ? "machinist: standard output was closed before its end; the work went on without it"
          : `machinist: standard output can't be written, so part of it is missing: ${lost.message}`,
      );
      if (reason !== "done") return reason;
      return isClosed ? "unread" : "unexpected";
    },
  };
}

function isRegularFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** A disk that is nearly full takes a part and says so by a number alone, which Node's stream for files doesn't read. */
function writeWhole(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
