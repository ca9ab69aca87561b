import { test } from "vitest";
import { flagsOf } from "../../src/commands/command.ts";
import { verifyCommand, verifyRequest } from "../../src/commands/verify/run.ts";
import { openAutomatedShop } from "../setup/automated-shop.ts";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";

test("what is left out of a verification has no check mark", async () => {
  const { directory, env } = await openAutomatedShop();
  const terminal = fakeTerminal(80, 24);
  const ended = verifyCommand(
    verifyRequest(directory, flagsOf("verify", {})),
    {
      ...{ vendor: undefined, face: "screens", yes: false, reasons: false, json: false },
      ...{ verbose: false, pollMs: 10, flags: [], wait: false },
    },
    {
      ...{ out: () => undefined, err: () => undefined, document: () => undefined },
      ...{ terminal: terminal.streams, env, signal: new AbortController().signal },
    },
  );
  await terminal.shows("the machine user's own token");
  terminal.type(keys.enter);
  await ended;
  await terminal.shows("? Machine user's view: not looked at — it was not handed over");
});
