import { describe, expect, test } from "vitest";
import { chooseFace } from "../../src/commands/faces/choose.ts";

const terminal = { isTTY: true };
const pipe = {};
const inTerminal = {
  stdin: terminal,
  stdout: terminal,
  env: { TERM: "xterm-256color" },
  accessible: false,
  unattended: false,
};

describe("the face", () => {
  test("is the screens when both ends are terminals", () => {
    expect(chooseFace(inTerminal)).toBe("screens");
  });

  test.each([
    ["standard input is a pipe", { stdin: pipe }],
    ["standard output is a pipe", { stdout: pipe }],
    ["it runs in CI", { env: { CI: "true" } }],
    ["everything was answered beforehand", { unattended: true }],
    ["it is asked for in lines but has no terminal", { accessible: true, stdin: pipe }],
  ])("asks nothing when %s", (_when, change) => {
    expect(chooseFace({ ...inTerminal, ...change })).toBe("flags");
  });

  test.each([
    ["--accessible", { accessible: true }],
    ["ACCESSIBLE=1", { env: { ACCESSIBLE: "1" } }],
    ["TERM=dumb", { env: { TERM: "dumb" } }],
    ["INK_SCREEN_READER=true", { env: { INK_SCREEN_READER: "true" } }],
  ])("is lines with %s", (_with, change) => {
    expect(chooseFace({ ...inTerminal, ...change })).toBe("lines");
  });

  test.each(["", "0", "false"])("takes ACCESSIBLE=%j as off", (value) => {
    expect(chooseFace({ ...inTerminal, env: { ACCESSIBLE: value } })).toBe("screens");
  });
});
