import { expect, test } from "vitest";
import { flagsOf } from "../../src/commands/command.ts";
import { rotateCommand, rotateRequest } from "../../src/commands/rotate/run.ts";
import { machineUserEmail, openAutomatedShop } from "../setup/automated-shop.ts";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";

test("of several accounts the one whose address is made from the operator's is pointed at, as a guess", async () => {
  const shop = await openAutomatedShop();
  const terminal = fakeTerminal(80, 24);
  const interruption = new AbortController();
  const ended = rotateCommand(
    rotateRequest(shop.directory, flagsOf("rotate", {})),
    {
      ...{ vendor: undefined, face: "screens", yes: false, reasons: false, json: false },
      ...{ verbose: false, pollMs: 10, flags: [] },
    },
    {
      out: () => undefined,
      err: () => undefined,
      document: () => undefined,
      terminal: terminal.streams,
      env: shop.env,
      signal: interruption.signal,
    },
  ).catch(() => "left");
  await terminal.shows(`❯ ${machineUserEmail}`);
  await terminal.shows("a guess: its address is made from yours");
  terminal.type(keys.interrupt);
  interruption.abort();
  expect(await ended).toBe("left");
});
