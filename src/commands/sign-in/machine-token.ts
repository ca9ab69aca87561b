import { Failure } from "../../failure.ts";
import { kibibyte } from "../../regular-file.ts";
import { Secret } from "../../secret.ts";
import { type StandardInput, standardInput } from "../terminal/standard-input.ts";

/**
 * Reads the machine user's token from standard input, to its end; blanks and line ends around it are dropped.
 * Throws a Failure when there is none, or when a person sits there: it would be shown as it is typed; and when aborted.
 */
export async function readMachineToken(stdin: StandardInput, signal: AbortSignal): Promise<Secret> {
  const flag = "--machine-token-stdin";
  const text = await standardInput(stdin, {
    flag,
    most: 64 * kibibyte,
    atTerminal: {
      what: "The token would be shown as you type it",
      next: "pipe it in from a file or a secret store, or leave the flag out and paste it when asked",
    },
    signal,
  });
  const token = text.trim();
  if (token === "" || /\s/u.test(token)) {
    throw new Failure("usage", {
      what:
        token === "" ? "Standard input holds no token" : "Standard input holds more than one word",
      where: flag,
      next: "pipe exactly the token in",
    });
  }
  return new Secret(token);
}
