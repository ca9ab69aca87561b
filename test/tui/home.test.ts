import { expect, test } from "vitest";
import { runHome } from "../../src/tui/home.tsx";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";

const entries = [
  { value: "setup", label: "Set up a machine user", detail: "account and token" },
  { value: "audit", label: "Audit this checkout", detail: "and fix it" },
  { value: "undo", label: "Undo", detail: "take it back" },
];

test.each([
  ["Down Down Enter in one chunk", [`${keys.down}${keys.down}${keys.enter}`], "undo"],
  ["the keys one by one", [keys.down, keys.enter], "audit"],
  ["Up from the top to the end", [keys.up + keys.enter], "undo"],
  ["a number", ["2"], "audit"],
  ["q", ["q"], undefined],
  ["Ctrl-C", [keys.interrupt], undefined],
])("the menu is answered by %s", async (_, chunks, expected) => {
  const terminal = fakeTerminal(40, 12);
  const chosen = runHome(entries, "not signed in", ["in /shop"], terminal.streams);
  await terminal.shows("❯ Set up a machine user");
  for (const chunk of chunks) terminal.type(chunk);
  expect(await chosen).toBe(expected);
  expect(terminal.state).toEqual({ raw: false, cursor: true, paste: false, listeners: 0 });
});

test("the detail of the entry pointed at is shown", async () => {
  const terminal = fakeTerminal(80, 24);
  const chosen = runHome(entries, "not signed in", ["in /shop"], terminal.streams);
  await terminal.shows("account and token");
  terminal.type(keys.down);
  await terminal.shows("and fix it");
  terminal.type("?");
  await terminal.shows("Undo: take it back");
  terminal.type(keys.escape);
  await terminal.shows("❯ Audit this checkout");
  terminal.type("q");
  await chosen;
});
