import { expect, test } from "vitest";
import { type EnvironmentTraits, readScript, runsOn } from "../../src/shell/script.ts";

const main = { branch: "main", type: "production" };
const staging = { branch: "staging", type: "staging" };

/** Whether the only call of a script is run on an environment. */
function runs(script: string, environment: EnvironmentTraits): string {
  const [command] = readScript(script).commands;
  return command === undefined ? "no call" : runsOn(command, environment);
}

const backup = "platform backup:create --yes --no-wait";

test("a call without a guard is run on every environment", () => {
  expect(runs(backup, main)).toBe("yes");
  expect(runs(backup, {})).toBe("yes");
});

test("a call behind a guard is run on its environment alone", () => {
  const onMain = `if [ "$PLATFORM_BRANCH" = main ]; then ${backup}; fi`;
  expect(runs(onMain, main)).toBe("yes");
  expect(runs(onMain, staging)).toBe("no");
  expect(runs(onMain, { branch: "main" })).toBe("yes");
  expect(runs(onMain, { type: "production" })).toBe("unknown");
});

test("a call that everything but production gets to is run on staging, and not on production", () => {
  const onPreviews = `[ "$PLATFORM_ENVIRONMENT_TYPE" = production ] || ${backup}`;
  expect(runs(onPreviews, main)).toBe("no");
  expect(runs(onPreviews, staging)).toBe("yes");
  expect(runs(onPreviews, { branch: "feature" })).toBe("unknown");
});

test("a call behind a test that dash can't make is run nowhere", () => {
  expect(runs(`[[ "$PLATFORM_BRANCH" == main ]] && ${backup}`, main)).toBe("no");
});

test("a call that depends on a file is run, since that is the same everywhere", () => {
  expect(runs(`test -f web/index.php && ${backup}`, staging)).toBe("yes");
});

test("where a call is run can't be told when its guard can't be judged", () => {
  expect(runs(`if [ "$(hostname)" = shop ]; then ${backup}; fi`, main)).toBe("unknown");
});
