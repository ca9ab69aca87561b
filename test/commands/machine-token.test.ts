import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readMachineToken } from "../../src/commands/sign-in/machine-token.ts";

const never = new AbortController().signal;

function input(text: string): PassThrough {
  return new PassThrough().end(text);
}

test("a token is read to the end of the input, without the blanks around it", async () => {
  expect((await readMachineToken(input(" a-token\r\n"), never)).reveal()).toBe("a-token");
});

test.each([
  ["", "Standard input holds no token"],
  ["two words", "Standard input holds more than one word"],
])("%j is no token", async (text, what) => {
  await expect(readMachineToken(input(text), never)).rejects.toMatchObject({
    reason: "usage",
    parts: { what },
  });
});

test("nobody is asked to type a token that would be shown", async () => {
  const terminal = Object.assign(input("a-token"), { isTTY: true });
  await expect(readMachineToken(terminal, never)).rejects.toMatchObject({ reason: "usage" });
});

test("an interruption ends the wait for an input that doesn't end", async () => {
  const interruption = new AbortController();
  const open = new PassThrough();
  open.write("half-a-tok");
  const reading = readMachineToken(open, interruption.signal);
  interruption.abort();
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
});
