import { expect, onTestFinished, test, vi } from "vitest";
import { runLines } from "../../src/commands/faces/lines.ts";
import { askPlan } from "../../src/commands/faces/plan-lines.ts";
import { InputEnded } from "../../src/commands/faces/terminal-reader.ts";
import type { Plan } from "../../src/dialogue/plan.ts";
import { Failure } from "../../src/failure.ts";
import { redact } from "../../src/secret.ts";
import { type FakeSetup, fakeSetup, type ScriptedStep } from "../tui/fake-setup.ts";
import { everyKind } from "../tui/script.ts";

/** Plays a setup in lines; gives what was said, with the answers where they were asked for. */
async function play(setup: FakeSetup, ...answers: readonly string[]) {
  const said: string[] = [];
  const left = [...answers];
  const read = async (prompt: string) => {
    const answer = left.shift();
    if (answer === undefined) throw new InputEnded();
    said.push(`${prompt}<${answer}>`);
    return answer;
  };
  const end = await runLines(setup, { read }, (line) => said.push(line)).catch(
    (failure: unknown) => failure,
  );
  return { said, end };
}

/** The first step of the script, failing its first `times` times. */
function failing(when: "open" | "submit", times: number): FakeSetup {
  let left = times;
  const fail: ScriptedStep["fail"] = (now) => {
    if (now !== when || left === 0) return undefined;
    left -= 1;
    return new Failure("api", { what: "The API did not answer", next: "look at the network" });
  };
  return fakeSetup(everyKind.slice(0, 1).map((step) => ({ ...step, fail })));
}

test.each(["open", "submit"] as const)(
  "after a failure to %s a step, again tries it again",
  async (when) => {
    const setup = failing(when, 1);
    const answers = when === "open" ? ["maybe", "again", "2"] : ["2", "maybe", "again", "2"];
    const { said, end } = await play(setup, ...answers);
    expect(end).toEqual(["done: everything"]);
    expect(said).toContain("This did not work:");
    expect(said).toContain("now: look at the network");
    expect(setup.looks()).toBe(1);
    expect(setup.taken.get("project")).toEqual({ kind: "text", value: "project2" });
  },
);

test("a word that is typed in the place of a token is refused, and stays no secret", async () => {
  const setup = fakeSetup(everyKind);
  const { said } = await play(setup, "2", "", "apply", "a-token-0123456789");
  expect(said).toContain("That is too short for an API token, which has 43 characters.");
  expect(redact("machinist apply")).toBe("machinist apply");
  expect(setup.taken.get("token")).toBeDefined();
});

test("quit at a failure ends the setup with it", async () => {
  const { end } = await play(failing("open", 9), "again", "back", "quit");
  expect(end).toMatchObject({ reason: "api", message: "The API did not answer" });
});

test("an input that ends is no failure to be tried again", async () => {
  const { said, end } = await play(failing("open", 0));
  expect(end).toBeInstanceOf(InputEnded);
  expect(said).not.toContain("This did not work:");
});

test("a look that is over at once isn't told", async () => {
  const { said } = await play(fakeSetup(everyKind.slice(0, 1)), "2");
  expect(said.join("\n")).not.toContain("reading the app configuration");
});

test("a look that takes longer than a second is told", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const said: string[] = [];
  const read = async () => "2";
  const setup = fakeSetup(everyKind.slice(0, 1), slow);
  const running = runLines(setup, { read }, (line) => said.push(line));
  await vi.advanceTimersByTimeAsync(999);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(said).toEqual(["reading the app configuration …"]);
  answer();
  await running;
});

/** Three items of a plan: a change, what only the person can do, and what is there. */
function somePlan(): Plan {
  const listed = { facts: [], help: ["Because."], previews: [], progress: "to do" } as const;
  const setting = { step: "email", title: "Address", shown: "m@example.org", because: "offered" };
  const invite = {
    id: "machine-user",
    step: "machine-user",
    title: "Invite",
    says: "m@example.org",
  };
  const you = { id: "token", step: "token", title: "You: accept", says: "", settings: [] };
  return {
    headline: "The plan. Nothing is done yet.",
    items: [
      { ...listed, ...invite, settings: [setting], kind: "change", marked: true, final: false },
      { ...listed, ...you, kind: "yours" },
      { ...listed, ...you, id: "variable", title: "The token is set", kind: "there" },
    ],
    button: "Apply 1 change",
  };
}

async function planned(...answers: readonly string[]) {
  const said: string[] = [];
  const left = [...answers];
  const read = async () => left.shift() ?? "back";
  const decision = await askPlan(somePlan(), { read }, (line) => said.push(line));
  return { said, decision, unread: left.length };
}

test("a plan is told in numbered lines, each with how it stands, once", async () => {
  const { said } = await planned();
  expect(said.slice(1, 5)).toEqual([
    "The plan. Nothing is done yet.",
    "1 in: Invite, m@example.org",
    "2 You: accept",
    "3 there: The token is set",
  ]);
});

test.each([
  ["", /^Enter alone does nothing here/u],
  ["yes", /^"yes" means nothing here/u],
  ["9", /^There is no item 9/u],
  ["out 2", /no change of machinist's/u],
  ["change 3", /there is nothing to change in it/u],
  ["why 1", /^Because\.$/u],
  ["1", /^Invite, m@example\.org$/u],
  ["filter nowhere", /^None of 3/u],
])("on a plan %j decides nothing, and is answered in a line", async (word, says) => {
  const { said, decision, unread } = await planned(word);
  expect(unread).toBe(0);
  expect(decision).toEqual({ kind: "back" });
  expect(said.slice(6)).toContainEqual(expect.stringMatching(says));
});

test.each([
  ["apply", { kind: "agree" }],
  ["out 1", { kind: "mark", item: "machine-user", marked: false }],
  ["change 1", { kind: "change", step: "email" }],
  ["1a", { kind: "change", step: "email" }],
])("on a plan %j is a decision", async (word, decision) => {
  expect((await planned(word)).decision).toEqual(decision);
});
