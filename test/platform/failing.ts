import { inspect } from "node:util";
import { expect } from "vitest";
import { Failure, failureLines } from "../../src/failure.ts";

/** The failure that a call ends with; every way to print it is checked for the text that must stay secret. */
export async function failureOf(call: Promise<unknown>, secret: string): Promise<Failure> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Failure)) throw new Error(`not a failure: ${inspect(error)}`);
  const printed = [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify({ ...error, message: error.message, stack: error.stack }),
    ...failureLines(error.parts),
  ].join("\n");
  expect(printed).not.toContain(secret);
  return error;
}
