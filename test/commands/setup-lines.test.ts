import { expect, test } from "vitest";
import { runLines } from "../../src/commands/faces/lines.ts";
import { InputEnded } from "../../src/commands/faces/terminal-reader.ts";
import { Failure } from "../../src/failure.ts";
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

test("quit at a failure ends the setup with it", async () => {
  const { end } = await play(failing("open", 9), "again", "back", "quit");
  expect(end).toMatchObject({ reason: "api", message: "The API did not answer" });
});

test("an input that ends is no failure to be tried again", async () => {
  const { said, end } = await play(failing("open", 0));
  expect(end).toBeInstanceOf(InputEnded);
  expect(said).not.toContain("This did not work:");
});
