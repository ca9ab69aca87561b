import { expect, test } from "vitest";
import { homePlace } from "../../src/commands/home.ts";
import { runHome } from "../../src/tui/home.tsx";
import { vendors } from "../../src/vendors/registry.ts";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";

const entries = [
  { value: "setup", label: "Set up a machine user", detail: "account and token" },
  { value: "audit", label: "Audit this checkout", detail: "and fix it" },
  { value: "undo", label: "Undo", detail: "take it back" },
];

const header = { title: "machinist", account: "", place: ["/shop"] };
const known = { ...header, place: ["Shop"] };
const look = async () => ({
  facts: [
    ["Set up", ["no: nothing here calls the platform's CLI", "the audit finds 4 warnings"]],
    ["Last run", ["2026-01-05 04:00 UTC, 4 changes; machinist undo takes back what can be"]],
  ] as const,
  header: known,
});

test("the header of the menu names no project and no vendor that isn't known", () => {
  const because = "from .platform.app.yaml";
  const assumed = { vendor: vendors.platformsh, because, rivals: [], assumed: true } as const;
  expect(homePlace(undefined, assumed)).toEqual({ place: ["no project known"] });
  const { assumed: _not, ...known } = assumed;
  const vendor = { name: "Platform.sh", because };
  expect(homePlace({ id: "shop4h" }, known)).toEqual({ place: ["shop4h"], vendor });
  expect(homePlace({ id: "shop4h", title: "Shop" }, known)).toEqual({ place: ["Shop"], vendor });
});

test.each([
  ["Down Down Enter in one chunk", [`${keys.down}${keys.down}${keys.enter}`], "undo"],
  ["the keys one by one", [keys.down, keys.enter], "audit"],
  ["Up from the top to the end", [keys.up + keys.enter], "undo"],
  ["a number", ["2"], "audit"],
  ["q", ["q"], undefined],
  ["Ctrl-C", [keys.interrupt], undefined],
])("the menu is answered by %s", async (_, chunks, expected) => {
  const terminal = fakeTerminal(40, 12);
  const chosen = runHome(entries, header, look, terminal.streams);
  await terminal.shows("❯ 1  Set up a machine user");
  for (const chunk of chunks) terminal.type(chunk);
  expect(await chosen).toBe(expected);
  expect(terminal.state).toEqual({ raw: false, cursor: true, paste: false, listeners: 0 });
});

test("in the smallest terminal what has no room above the menu is marked as cut, and on the page of ?", async () => {
  const terminal = fakeTerminal(40, 12);
  const eight = Array.from({ length: 8 }, (_, at) => ({
    ...{ value: `${at}`, label: `Entry ${at}`, detail: "" },
  }));
  const chosen = runHome(eight, header, look, terminal.streams);
  await terminal.shows(/^Set up {5}no: .*…$/mu);
  await terminal.shows("❯ 1  Entry 0");
  terminal.type("?");
  await terminal.shows("Set up: no: nothing here calls the");
  terminal.type(`${keys.escape}`);
  await terminal.shows("❯ 1  Entry 0");
  terminal.type("q");
  await chosen;
});

test("the menu says how it stands with the project and what each entry does, and Esc doesn't leave", async () => {
  const terminal = fakeTerminal(80, 24);
  const chosen = runHome(entries, header, look, terminal.streams);
  await terminal.shows(/^machinist .*\bShop$/mu);
  await terminal.shows("Set up     no: nothing here calls the platform's CLI");
  // A sentence that goes on in the next row stays in its column.
  await terminal.shows(/Last run {3}2026-01-05.*\n {13}\S/u);
  await terminal.shows(/2 {2}Audit this checkout {3,}and fix it/u);
  terminal.type(keys.down + keys.escape);
  await terminal.shows("q leaves.");
  terminal.type("9");
  await terminal.shows("9 does nothing here");
  terminal.type("?");
  await terminal.shows("Undo: take it back");
  terminal.type(keys.escape);
  await terminal.shows("❯ 2  Audit this checkout");
  terminal.type("q");
  await chosen;
});
