import { addAbortSignal, type Readable } from "node:stream";
import { Failure } from "../../failure.ts";
import { Secret } from "../../secret.ts";

/**
 * Reads the machine user's token from standard input, to its end; blanks and line ends around it are dropped.
 * Throws a Failure when there is none, or when a person sits there: it would be shown as it is typed; and when aborted.
 */
export async function readMachineToken(
  stdin: Readable & { readonly isTTY?: boolean },
  signal: AbortSignal,
): Promise<Secret> {
  if (stdin.isTTY) {
    throw new Failure("usage", {
      what: "The token would be shown as you type it",
      where: "--machine-token-stdin",
      next: "pipe it in from a file or a secret store, or leave the flag out and paste it when asked",
    });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, stdin)) chunks.push(Buffer.from(chunk));
  const token = Buffer.concat(chunks).toString("utf8").trim();
  if (token === "" || /\s/u.test(token)) {
    throw new Failure("usage", {
      what:
        token === "" ? "Standard input holds no token" : "Standard input holds more than one word",
      where: "--machine-token-stdin",
      next: "pipe exactly the token in",
    });
  }
  return new Secret(token);
}
