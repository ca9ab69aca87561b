import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { terminalReader } from "../../src/commands/faces/terminal-reader.ts";

/** A person at the terminal of this process: what is typed, and what is to be seen. */
function person() {
  const keyboard = new PassThrough();
  const own = Object.getOwnPropertyDescriptor(process, "stdin") ?? {};
  Object.defineProperty(process, "stdin", { ...own, get: () => keyboard });
  const screen: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((part) => {
    screen.push(String(part));
    return true;
  });
  onTestFinished(() => {
    write.mockRestore();
    Object.defineProperty(process, "stdin", own);
  });
  const type = async (text: string) => {
    keyboard.write(text);
    await setImmediate();
  };
  return { type, seen: () => screen.join("") };
}

test("of a token nothing is shown, and what is asked next is shown again", async () => {
  const { type, seen } = person();
  const reader = terminalReader(new AbortController().signal);
  const token = reader.read("Token:", false);
  await type("made-up-token\r");
  expect(await token).toBe("made-up-token");
  const answer = reader.read("Answer:", true);
  await type("apply\r");
  expect(await answer).toBe("apply");
  reader.close();
  expect(seen()).not.toContain("made-up-token");
  expect(seen()).toContain("apply");
});

test("of a token that is typed while the question is broken off nothing is shown", async () => {
  const { type, seen } = person();
  const run = new AbortController();
  const reader = terminalReader(run.signal);
  const token = reader.read("Token:", false);
  run.abort();
  await expect(token).rejects.toThrow();
  await type("made-up-token");
  reader.close();
  expect(seen()).not.toContain("made-up-token");
});
