import { expect, test } from "vitest";
import { runWizard } from "../../src/tui/wizard.tsx";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";
import { fakeSetup } from "./fake-setup.ts";
import { everyKind } from "./script.ts";

const header = () => ({ title: "machinist setup", account: "owner@example.org", place: [] });

const pages = [
  { step: "project", sees: "Which project?" },
  { step: "schedule:backup", sees: "When should" },
  { step: "token", sees: "API token" },
  { step: "cron:backup", sees: "Add the cron?" },
];

test.each(pages)(
  "Ctrl-Z gives the terminal back at $step, and fg draws the page again",
  async ({ step, sees }) => {
    const terminal = fakeTerminal(60, 16);
    const setup = fakeSetup(everyKind.filter(({ id }) => id === step));
    const ended = runWizard(setup, header, terminal.streams);
    await terminal.shows(sees);
    terminal.type(keys.suspend);
    expect(terminal.stops()).toBe(1);
    expect(terminal.state).toMatchObject({ raw: false, cursor: true, paste: false });
    await terminal.shows((screen) => !screen.includes(sees));
    terminal.type(`y${keys.enter.repeat(5)}`);
    terminal.signal("SIGCONT");
    await terminal.shows(sees);
    expect(terminal.state).toMatchObject({ raw: true, cursor: false, paste: true });
    expect(setup.taken.size).toBe(0);
    terminal.type(keys.interrupt);
    expect(await ended).toEqual({ kind: "interrupted", signal: "SIGINT" });
    expect(terminal.state).toEqual({ raw: false, cursor: true, paste: false, listeners: 0 });
    expect(terminal.written()).not.toContain("\u001B[3J");
  },
);

test("two Ctrl-Z that come together suspend once, and each key counts once afterwards", async () => {
  const terminal = fakeTerminal(60, 16);
  const setup = fakeSetup(everyKind.filter(({ id }) => id === "schedule:backup"));
  const ended = runWizard(setup, header, terminal.streams);
  await terminal.shows("When should");
  const { listeners } = terminal.state;
  terminal.type(keys.suspend + keys.suspend);
  await terminal.shows((screen) => !screen.includes("When should"));
  expect(terminal.stops()).toBe(1);
  terminal.signal("SIGCONT");
  await terminal.shows("When should");
  expect(terminal.state.listeners).toBe(listeners);
  terminal.type(keys.interrupt);
  await ended;
  expect(terminal.state.listeners).toBe(0);
});

test("what was answered stays in the scrollback once, however often the program was stopped", async () => {
  const terminal = fakeTerminal(60, 16);
  const ended = runWizard(fakeSetup(everyKind), header, terminal.streams);
  await terminal.shows("Which project?");
  terminal.type(keys.enter);
  for (let time = 0; time < 3; time += 1) {
    await terminal.shows("When should");
    terminal.type(keys.suspend);
    await terminal.shows((screen) => !screen.includes("When should"));
    terminal.signal("SIGCONT");
  }
  await terminal.shows("When should");
  const told = terminal.history().filter((row) => row.includes("project2"));
  expect(told).toHaveLength(1);
  terminal.type(keys.interrupt);
  await ended;
});

test("a program that nobody can have go on goes on by itself", async () => {
  const terminal = fakeTerminal(60, 16);
  const ended = runWizard(fakeSetup(everyKind), header, terminal.streams);
  await terminal.shows("Which project?");
  terminal.type(keys.suspend);
  await terminal.shows((screen) => !screen.includes("Which project?"));
  await terminal.shows("Which project?");
  terminal.type(keys.interrupt);
  await ended;
});
