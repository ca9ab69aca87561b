import { addAbortSignal, type Readable } from "node:stream";
import { Failure, type FailureParts } from "../../failure.ts";

/** Standard input, or what stands for it. */
export type StandardInput = Readable & { readonly isTTY?: boolean };

/**
 * Reads standard input to its end.
 * Throws a `Failure` ("usage") when a terminal is there, where nobody would know what to type, and for more than
 * `most` bytes; an abort is thrown as it is.
 *
 * @param o.flag the flag that has it read
 * @param o.atTerminal what is told when it is a terminal
 */
export async function standardInput(
  stdin: StandardInput,
  {
    flag,
    most,
    atTerminal,
    signal,
  }: {
    readonly flag: string;
    readonly most: number;
    readonly atTerminal: Pick<FailureParts, "what" | "next">;
    readonly signal: AbortSignal;
  },
): Promise<string> {
  if (stdin.isTTY) throw new Failure("usage", { ...atTerminal, where: flag });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of addAbortSignal(signal, stdin)) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > most)
      throw new Failure("usage", {
        what: "Standard input holds more than is read",
        where: flag,
        why: `no more than ${most} bytes are`,
      });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
