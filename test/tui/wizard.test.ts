import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure, LastingFailure } from "../../src/failure.ts";
import { redact } from "../../src/secret.ts";
import { runWizard } from "../../src/tui/wizard.tsx";
import { ofRuns } from "../amounts.ts";
import { type FakeTerminal, fakeTerminal, keys } from "../terminal/fake-terminal.ts";
import { fakeSetup, type ScriptedStep } from "./fake-setup.ts";
import { everyKind } from "./script.ts";

const header = () => ({
  title: "machinist setup",
  account: "owner@example.org",
  place: ["Shop", "main"],
  vendor: { name: "Platform.sh", because: "from .platform.app.yaml" },
});

function start(columns: number, rows: number, script: readonly ScriptedStep[] = everyKind) {
  const terminal = fakeTerminal(columns, rows);
  const setup = fakeSetup(script);
  return { terminal, setup, ended: runWizard(setup, header, terminal.streams) };
}

/** The most rows that one frame took: to draw the next, the cursor goes up as many rows, at once or one by one. */
function highestFrame(terminal: FakeTerminal): number {
  const written = terminal.written();
  const ups = written.match(/(?:\[2K.\[1A.)+/gu) ?? [];
  const leaps = [...written.matchAll(/\[(\d+)A\r/gu)].map(([, rows]) => Number(rows));
  return Math.max(...ups.map((up) => up.split("[1A").length - 1), ...leaps);
}

const canary = "canary-token-0123456789";

const sizes = [
  [40, 12],
  [60, 16],
  [80, 24],
  [120, 40],
] as const;

test.each(sizes)(
  "a person answers every kind of question at %i x %i, key by key",
  async (columns, rows) => {
    const { terminal, setup, ended } = start(columns, rows);
    await terminal.shows("Which project?");
    terminal.type(keys.down);
    await terminal.shows("❯ Shop 3");
    terminal.type(keys.enter);
    await terminal.shows("When should");
    terminal.type(keys.backspace);
    await terminal.shows("A spec has five fields");
    terminal.type("1");
    await terminal.shows("by 0 5 * * 1");
    terminal.type(keys.enter);
    await terminal.shows("API token");
    for (const character of canary) terminal.type(character);
    await terminal.shows("•••••••• typed");
    terminal.type(keys.enter);
    await terminal.shows("Add the cron?");
    terminal.type("y");

    expect(await ended).toEqual({ kind: "finished", summary: ["done: everything"] });
    expect(setup.taken.get("project")).toEqual({ kind: "text", value: "project3" });
    expect(setup.taken.get("schedule:backup")).toEqual({ kind: "text", value: "0 5 * * 1" });
    expect(setup.taken.get("cron:backup")).toEqual({ kind: "agreement", agreed: true });
    const token = setup.taken.get("token");
    expect(token?.kind === "secret" && token.value.reveal()).toBe(canary);
    expect(terminal.written()).not.toContain(canary);
    expect(terminal.written()).not.toContain("\u001B[3J");
    expect(highestFrame(terminal)).toBeLessThan(rows);
  },
);

test.each(sizes)(
  "keys that arrive in one chunk are all heard, at %i x %i",
  async (columns, rows) => {
    const { terminal, setup, ended } = start(columns, rows);
    await terminal.shows("Which project?");
    terminal.type(
      [
        keys.down,
        keys.down,
        keys.enter,
        keys.down,
        keys.enter,
        keys.backspace,
        "2",
        keys.enter,
        canary,
        keys.enter,
      ].join(""),
    );
    await terminal.shows("Add the cron?");
    terminal.type("n");

    expect((await ended).kind).toBe("finished");
    // The fourth project can't be chosen: the first Enter has no effect.
    expect(setup.taken.get("project")).toEqual({ kind: "text", value: "project5" });
    expect(setup.taken.get("schedule:backup")).toEqual({ kind: "text", value: "0 5 * * 2" });
    expect(setup.taken.get("cron:backup")).toEqual({ kind: "agreement", agreed: false });
    expect(terminal.written()).not.toContain(canary);
  },
);

test.each(sizes)(
  "an entry that can't be chosen says why, whole, at %i x %i",
  async (columns, rows) => {
    const reason = "the project is suspended, and only its owner can open it again in the Console";
    const [first] = everyKind;
    if (first?.question.kind !== "choice") throw new Error("the script begins with a choice");
    const { question } = first;
    const [one, ...others] = question.choices;
    if (one === undefined) throw new Error("there are choices");
    const choices = [{ ...one, disabled: reason }, ...others];
    const { terminal, setup, ended } = start(columns, rows, [
      { ...first, question: { ...question, choices } },
    ]);
    await terminal.shows("❯ Shop 2");
    terminal.type(keys.up);
    await terminal.shows((screen) =>
      screen.replaceAll(/\s+/gu, " ").includes("can't be chosen: the project is suspended"),
    );
    if (columns > 40) await terminal.shows("again in the Console");
    terminal.type(keys.enter);
    terminal.type(keys.down + keys.enter);
    expect((await ended).kind).toBe("finished");
    expect(setup.taken.get("project")).toEqual({ kind: "text", value: "project2" });
  },
);

test("a list without entries says so, and Esc is the way on", async () => {
  const [first] = everyKind;
  if (first?.question.kind !== "choice") throw new Error("the script begins with a choice");
  const question = { ...first.question, choices: [], facts: ["Your account can see no project."] };
  const { terminal, ended } = start(60, 16, [{ ...first, question }]);
  await terminal.shows("There is nothing to choose from; Esc goes back.");
  terminal.type(`${keys.down + keys.enter}shop`);
  await terminal.shows("filter: shop");
  terminal.signal("SIGTERM");
  expect(await ended).toEqual({ kind: "interrupted", signal: "SIGTERM" });
});

test("a change is not agreed to by keys that were pressed before it was on the screen", async () => {
  const { terminal, setup, ended } = start(80, 24, everyKind.slice(2));
  await terminal.shows("API token");
  terminal.type(`${canary}\ryyy\r\r`);
  await terminal.shows("Add the cron?");
  expect(setup.taken.has("cron:backup")).toBe(false);
  terminal.type("n");
  await ended;
  expect(setup.taken.get("cron:backup")).toEqual({ kind: "agreement", agreed: false });
});

test("the answers stay in the scrollback as a transcript", async () => {
  const { terminal, ended } = start(80, 24, everyKind.slice(0, 2));
  await terminal.shows("Which project?");
  terminal.type(keys.enter);
  await terminal.shows("When should");
  terminal.type(keys.enter);
  await ended;
  await terminal.shows("✔ Schedule: 0 5 * * * — you chose");
  expect(terminal.history().filter((line) => line !== "")).toEqual([
    "✔ Project: project2 — you chose",
    "✔ Schedule: 0 5 * * * — you chose",
  ]);
});

test("Escape goes back one question, and says so when there is none", async () => {
  const { terminal, setup, ended } = start(80, 24);
  await terminal.shows("Which project?");
  terminal.type(keys.down + keys.escape);
  await terminal.shows(/❯ Shop 3[\s\S]*nothing to go back to/u);
  terminal.type(keys.up + keys.enter);
  await terminal.shows("When should");
  terminal.type(keys.escape);
  await terminal.shows("Which project?");
  expect(setup.taken.size).toBe(0);
  expect(terminal.history().join("\n")).toContain("↩ Project: asked again");
  terminal.type(keys.interrupt);
  await ended;
});

test("the reason why an answer is refused stands above the question, with the text to go on from", async () => {
  const [, schedule] = everyKind;
  if (schedule === undefined) throw new Error("the script has no schedule");
  const refuse = (reply: { kind: string; value?: unknown }) =>
    reply.value === "1 1 1 1 1" ? "The platform refuses this one." : undefined;
  const { terminal, setup, ended } = start(60, 16, [{ ...schedule, refuse }]);
  await terminal.shows("When should");
  terminal.type("\u00151 1 1 1 1\r");
  await terminal.shows(/The platform refuses this one[\s\S]*❯ 1 1 1 1 1/u);
  terminal.type(`${keys.backspace}2\r`);
  await ended;
  expect(setup.taken.get("schedule:backup")).toEqual({ kind: "text", value: "1 1 1 1 2" });
});

test("? opens the help of the question and its keys, and closes it", async () => {
  const { terminal, ended } = start(80, 24);
  await terminal.shows("Which project?");
  terminal.type("?");
  await terminal.shows("The project gets the machine user.");
  await terminal.shows("PgDn");
  await terminal.shows("--project");
  terminal.type("?");
  await terminal.shows("❯ Shop 2");
  terminal.type(keys.enter);
  await terminal.shows("When should");
  terminal.type("?");
  await terminal.shows("0 5 * * *?");
  terminal.type(keys.f1);
  await terminal.shows("A cron spec has five fields.");
  terminal.type(keys.interrupt);
  await ended;
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s gives the terminal back as it was",
  async (signal) => {
    const { terminal, ended } = start(80, 24);
    await terminal.shows("Which project?");
    expect(terminal.state).toMatchObject({ raw: true, cursor: false, paste: true });
    terminal.signal(signal);
    expect(await ended).toEqual({ kind: "interrupted", signal });
    expect(terminal.state).toEqual({ raw: false, cursor: true, paste: false, listeners: 0 });
    await terminal.shows((screen) => !screen.includes("Which project?"));
  },
);

test("Ctrl-C leaves also while something is waited for, and nothing new is begun after", async () => {
  const terminal = fakeTerminal(80, 24);
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const setup = fakeSetup(everyKind, held);
  const ended = runWizard(setup, header, terminal.streams);
  await terminal.shows("reading the app configuration");
  terminal.type(keys.interrupt);
  expect(await ended).toEqual({ kind: "interrupted", signal: "SIGINT" });
  const before = terminal.written();
  goOn();
  await held;
  expect(terminal.written()).toBe(before);
});

test("a terminal that goes away ends the wizard as a hang-up", async () => {
  const { terminal, ended } = start(80, 24);
  await terminal.shows("Which project?");
  terminal.hangUp(new Error("read EIO"));
  expect(await ended).toEqual({ kind: "interrupted", signal: "SIGHUP" });
  expect(() => terminal.hangUp(new Error("read EIO"))).not.toThrow();
});

test("the terminal is given back also when the process ends in the middle", async () => {
  const { terminal, ended } = start(80, 24);
  await terminal.shows("Which project?");
  terminal.exit();
  expect(terminal.state).toEqual({ raw: false, cursor: true, paste: false, listeners: 0 });
  terminal.signal("SIGTERM");
  void ended;
});

/** The script's first two steps, the one at `at` failing its first `times` times. */
function failing(at: number, when: "open" | "submit", times: number): readonly ScriptedStep[] {
  let left = times;
  return everyKind.slice(0, 2).map((step, index) =>
    index !== at
      ? step
      : {
          ...step,
          fail: (now) => {
            if (now !== when || left === 0) return undefined;
            left -= 1;
            const what = "The API did not answer";
            return new Failure("api", { what, where: "GET /me", next: "look at the network" });
          },
        },
  );
}

test.each(sizes)(
  "an API that is gone for a while is told in words, and tried again on Enter, at %i x %i",
  async (columns, rows) => {
    const { terminal, setup, ended } = start(columns, rows, failing(0, "open", 2));
    for (const [looks, title] of ["This did not work", "This did not work, 2 times"].entries()) {
      await terminal.shows(`✖ ${title}`);
      await terminal.shows("GET /me: The API did not answer");
      await terminal.shows("now: look at the network");
      expect(setup.looks()).toBe(looks);
      terminal.type(keys.enter);
    }
    await terminal.shows("Which project?");
    terminal.type(keys.interrupt);
    await ended;
  },
);

test("a word that is typed in the place of a token is refused, and stays no secret", async () => {
  const { terminal, setup, ended } = start(80, 24);
  await terminal.shows("Which project?");
  terminal.type(keys.enter);
  await terminal.shows("When should");
  terminal.type(keys.enter);
  await terminal.shows("API token");
  terminal.type(`help${keys.enter}`);
  await terminal.shows("too short for an API token");
  expect(redact("machinist help")).toBe("machinist help");
  expect(setup.taken.get("token")).toBeUndefined();
  terminal.type(keys.paste(canary) + keys.enter);
  await terminal.shows("Add the cron?");
  terminal.type(keys.interrupt);
  await ended;
});

test("after a failed submission the question is asked again, with what was typed", async () => {
  const { terminal, setup, ended } = start(80, 24, failing(1, "submit", 1));
  await terminal.shows("Which project?");
  terminal.type(keys.enter);
  await terminal.shows("When should");
  terminal.type(`${keys.backspace}3${keys.enter}`);
  await terminal.shows("✖ This did not work");
  terminal.type("r");
  await terminal.shows("❯ 0 5 * * 3");
  terminal.type(keys.enter);
  expect((await ended).kind).toBe("finished");
  expect(setup.taken.get("schedule:backup")).toEqual({ kind: "text", value: "0 5 * * 3" });
});

test("Esc at a failure goes back to the question before", async () => {
  const { terminal, ended } = start(80, 24, failing(1, "open", 9));
  await terminal.shows("Which project?");
  terminal.type(keys.enter);
  await terminal.shows("✖ This did not work");
  terminal.type(keys.escape);
  await terminal.shows("Which project?");
  terminal.type(keys.interrupt);
  await ended;
});

test("q at a failure ends the wizard with it, and no key pressed before it was seen counts", async () => {
  const { terminal, setup, ended } = start(80, 24, failing(1, "open", 9));
  await terminal.shows("Which project?");
  terminal.type(`${keys.enter}q${keys.enter}`);
  await terminal.shows("✖ This did not work");
  expect(setup.looks()).toBe(0);
  terminal.type("?");
  await terminal.shows("What was answered and done so far is kept.");
  terminal.type(keys.escape);
  await terminal.shows("q leave");
  terminal.type("q");
  expect(await ended).toMatchObject({ kind: "failed", failure: { reason: "api" } });
});

test("a failure that lasts ends the wizard with it: no other try is offered", async () => {
  const terminal = fakeTerminal(80, 24);
  const failure = new LastingFailure("usage", { what: "Nothing is set up here" });
  const setup = { ...fakeSetup(everyKind), next: () => Promise.reject(failure) };
  expect(await runWizard(setup, header, terminal.streams)).toEqual({ kind: "failed", failure });
  expect(terminal.written()).not.toContain("try again");
});

test("an unexpected failure of the setup ends the wizard and is handed on", async () => {
  const terminal = fakeTerminal(80, 24);
  const failure = new Error("no network");
  const setup = { ...fakeSetup(everyKind), next: () => Promise.reject(failure) };
  expect(await runWizard(setup, header, terminal.streams)).toEqual({ kind: "failed", failure });
  expect(terminal.state.raw).toBe(false);
});

test("a failure in a question's own preview ends the wizard and shows no stack trace", async () => {
  const [, schedule] = everyKind;
  if (schedule?.question.kind !== "text") throw new Error("the script has no schedule");
  const failure = new Error("boom");
  const explain = (text: string) => {
    if (text.endsWith("1")) throw failure;
    return [];
  };
  const { terminal, ended } = start(80, 24, [
    { ...schedule, question: { ...schedule.question, explain } },
  ]);
  await terminal.shows("When should");
  terminal.type(`${keys.backspace}1`);
  expect(await ended).toEqual({ kind: "failed", failure });
  expect(terminal.written()).not.toContain("boom");
});

test("a terminal that is made smaller and larger is drawn anew, and never wiped", async () => {
  const { terminal, ended } = start(120, 40);
  await terminal.shows("Which project?");
  terminal.resize(40, 12);
  await terminal.shows("❯ Shop 2");
  terminal.resize(30, 10);
  await terminal.shows("40 x 12");
  terminal.type(keys.enter);
  terminal.resize(80, 24);
  await terminal.shows("Which project?");
  terminal.type(keys.interrupt);
  await ended;
  expect(terminal.written()).not.toContain("\u001B[3J");
});

test("text from elsewhere can't move the cursor or clear the screen", async () => {
  const hostile = "\u001B[2J\u001B]0;owned\u0007\u202Eevil\r\n\u009B3J";
  const script: readonly ScriptedStep[] = everyKind.map((step) => ({
    ...step,
    title: `${step.title}${hostile}`,
    question: { ...step.question, title: `${step.question.title}${hostile}`, facts: [hostile] },
  }));
  const { terminal, ended } = start(60, 16, script);
  await terminal.shows("Which project?evil");
  terminal.type(keys.enter);
  await terminal.shows("When should");
  terminal.type(keys.interrupt);
  await ended;
  for (const sequence of ["\u001B[2J", "\u001B]0", "\u202E", "\u009B"]) {
    expect(terminal.written()).not.toContain(sequence);
  }
});

test("no bytes make the wizard crash, wipe the scrollback or agree to a change", async () => {
  const pieces = [
    "\u001B",
    "[",
    "O",
    "]",
    "\u0007",
    "200~",
    "201~",
    ";1",
    "A",
    "B",
    "?",
    "\r",
    "\t",
    "é",
    "\u009B",
    "\u007F",
  ];
  const chunks = fc.sample(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), ofRuns);
  const { terminal, setup, ended } = start(60, 16);
  await terminal.shows("Which project?");
  for (const chunk of chunks) terminal.type(chunk.join(""));
  terminal.signal("SIGTERM");
  expect(await ended).toEqual({ kind: "interrupted", signal: "SIGTERM" });
  expect(setup.taken.get("cron:backup")).toBeUndefined();
  expect(terminal.written()).not.toContain("\u001B[3J");
});
