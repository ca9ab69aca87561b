import { expect, test } from "vitest";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import type { RecordedAnswer } from "../../src/dialogue/session.ts";
import { parts } from "../../src/setup/parts.ts";
import { resumeCommand } from "../../src/setup/resume-command.ts";
import type { SetupRequest } from "../../src/setup/session.ts";

const request: SetupRequest = {
  directory: "/shop",
  only: parts,
  offline: false,
  effect: "apply",
  installer: "bash",
  cronNames: {},
  given: {},
};

const asked = (value: string): RecordedAnswer => ({
  value,
  shown: value,
  because: "you chose",
  basis: "",
  origin: "asked",
});

test("a task that was not wanted after all is not in the command: a flag that names it would add it", () => {
  const answers = { task: asked("backup,redeploy"), "doubt:redeploy": asked("no") } as const;
  const command = resumeCommand(
    "setup",
    { request, answers },
    { flags: repeatableFlags("setup", flagsOf("setup", {})), changes: [] },
  );
  expect(command).toBe("machinist setup /shop --task backup");
  const only = { ...answers, task: asked("redeploy") };
  expect(
    resumeCommand(
      "setup",
      { request, answers: only },
      { flags: repeatableFlags("setup", flagsOf("setup", {})), changes: [] },
    ),
  ).toBe("machinist setup /shop");
});
