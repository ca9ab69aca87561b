import { expect, test } from "vitest";
import type { SecretQuestion } from "../../src/dialogue/question.ts";
import { Failure } from "../../src/failure.ts";
import { Secret } from "../../src/secret.ts";
import { askOnScreen } from "../../src/tui/one-question.tsx";
import type { TerminalStreams } from "../../src/tui/terminal.ts";
import { runWizard } from "../../src/tui/wizard.tsx";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";
import { fakeSetup } from "./fake-setup.ts";
import { tokenQuestion } from "./script.ts";

const canary = "canary-secret-9876543210";
const header = () => ({ title: "machinist", account: "not signed in", place: [] });

async function askForToken(facts: readonly string[], streams: TerminalStreams) {
  const title = "Your API token";
  const reply = await askOnScreen(
    { kind: "secret", title, help: [], facts, flag: "" },
    header(),
    streams,
  );
  return reply?.kind === "secret" ? reply.value : undefined;
}

test("a pasted secret loses its line ends and blanks, and is never drawn", async () => {
  const terminal = fakeTerminal(80, 24);
  const secret = askForToken(["It is not kept."], terminal.streams);
  await terminal.shows("It is not kept.");
  terminal.type(keys.paste(` ${canary.slice(0, 9)}\r\n${canary.slice(9)} \n`));
  await terminal.shows("•••••••• pasted");
  terminal.type(keys.enter);
  expect((await secret)?.reveal()).toBe(canary);
  expect(terminal.written()).not.toContain(canary.slice(0, 9));
});

test("a paste that arrives in pieces of a byte is one secret", async () => {
  const terminal = fakeTerminal(80, 24);
  const secret = askForToken([], terminal.streams);
  await terminal.shows("Your API token");
  for (const byte of keys.paste(canary)) terminal.type(byte);
  terminal.type(keys.enter);
  expect((await secret)?.reveal()).toBe(canary);
});

test("an empty Enter is no secret, and Escape leaves without one", async () => {
  const terminal = fakeTerminal(80, 24);
  const secret = askForToken([], terminal.streams);
  await terminal.shows("Your API token");
  terminal.type(keys.enter);
  await terminal.shows("Nothing has been pasted or typed yet.");
  terminal.type(keys.escape);
  expect(await secret).toBeUndefined();
});

test("Backspace and Ctrl-U take back what was typed, and characters that no token has are named", async () => {
  const terminal = fakeTerminal(80, 24);
  const secret = askForToken([], terminal.streams);
  await terminal.shows("Your API token");
  terminal.type("wrong\u0015made-up-tokenx\u007F");
  await terminal.shows("•••••••• typed");
  terminal.type("é");
  await terminal.shows("Characters that no token has were left out.");
  terminal.type(keys.enter);
  expect((await secret)?.reveal()).toBe("made-up-token");
});

function runToken(question: Partial<SecretQuestion>) {
  const terminal = fakeTerminal(80, 24);
  const setup = fakeSetup([
    { id: "token", title: "Token", question: { ...tokenQuestion, ...question } },
  ]);
  return { terminal, setup, ended: runWizard(setup, header, terminal.streams) };
}

test("an empty Enter takes the secret from elsewhere when there is such a place", async () => {
  const elsewhere = { label: "ask a colleague", read: async () => new Secret(canary) };
  const { terminal, setup, ended } = runToken({ elsewhere });
  await terminal.shows("Enter: ask a colleague");
  terminal.type(keys.enter);
  await ended;
  expect(setup.taken.get("token")?.kind).toBe("secret");
  expect(terminal.written()).not.toContain(canary);
});

test("a place that has no secret says why, and the question stays", async () => {
  const read = () => Promise.reject(new Failure("usage", { what: "The clipboard is empty" }));
  const { terminal, ended } = runToken({ elsewhere: { label: "the clipboard", read } });
  await terminal.shows("Enter: the clipboard");
  terminal.type(keys.enter);
  await terminal.shows("The clipboard is empty");
  terminal.type(keys.interrupt);
  await ended;
});

test("what is waited for meanwhile is shown, until the question is left", async () => {
  const seen: { show?: (line: string) => void; signal?: AbortSignal } = {};
  const { terminal, ended } = runToken({
    watch: async (show, signal) => {
      Object.assign(seen, { show, signal });
    },
  });
  await terminal.shows("API token");
  seen.show?.("the invitation is pending");
  await terminal.shows("the invitation is pending");
  expect(seen.signal?.aborted).toBe(false);
  terminal.type(keys.interrupt);
  await ended;
  expect(seen.signal?.aborted).toBe(true);
});
