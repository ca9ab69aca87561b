import { expect, test } from "vitest";
import { actsOn, targetOf } from "../../src/automation/target.ts";
import { readScript } from "../../src/shell/script.ts";

/** The only call of the CLI in a script. */
function callIn(script: string) {
  const [command, second] = readScript(script).commands;
  if (command === undefined || second !== undefined) throw new Error("one call was meant");
  return command;
}

test.each([
  ["platform redeploy", { kind: "own" }],
  ['platform redeploy -e "$PLATFORM_BRANCH"', { kind: "own" }],
  ["platform redeploy --environment=$PLATFORM_ENVIRONMENT", { kind: "own" }],
  ['platform redeploy -p "$PLATFORM_PROJECT"', { kind: "own" }],
  ["platform redeploy -e staging", { kind: "named", environment: "staging" }],
  ["platform redeploy -estaging", { kind: "named", environment: "staging" }],
  ["platform backup:create --yes staging", { kind: "named", environment: "staging" }],
  ["platform backup:create -A shop --yes", { kind: "own" }],
  ["platform redeploy -e .", { kind: "default" }],
  [
    "platform redeploy -p abcdefgh12345 -e main",
    { kind: "of-project", project: "abcdefgh12345", environment: "main" },
  ],
  ['platform redeploy -e "$TARGET"', { kind: "unknown", written: "$TARGET" }],
  ["platform source-operation:run update", { kind: "own" }],
])("%s acts on the environment that it names", (script, target) => {
  expect(targetOf(callIn(script))).toEqual(target);
});

test("a call acts on the default environment wherever it runs, when it says so", () => {
  const call = callIn('[ "$PLATFORM_BRANCH" = staging ] && platform redeploy -e .');
  expect(actsOn(call, { branch: "main", isDefault: true })).toBe("yes");
  expect(actsOn(call, { branch: "staging", isDefault: false })).toBe("no");
  expect(actsOn(call, { branch: "staging" })).toBe("unknown");
});

test("a call that names a project acts on this one only when it is this one", () => {
  const call = callIn("platform redeploy -p abcdefgh12345 -e main");
  expect(actsOn(call, { branch: "main", project: "abcdefgh12345" })).toBe("yes");
  expect(actsOn(call, { branch: "main", project: "zyxwvuts98765" })).toBe("no");
  expect(actsOn(call, { branch: "main" })).toBe("unknown");
});
