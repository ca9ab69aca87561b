import { expect, test } from "vitest";
import { actedOn, homesOf } from "../../src/automation/homes.ts";
import { roleFor } from "../../src/automation/role.ts";
import type { Environment } from "../../src/platform/environments.ts";
import { readScript } from "../../src/shell/script.ts";

function environment(id: string, type: Environment["type"]): Environment {
  return { id, title: id, type, status: "active", isMain: id === "main", operations: [] };
}

const main = environment("main", "production");
const all = [main, environment("staging", "staging"), environment("feature", "development")];
const environments = { project: "abcdefgh12345", all, main };

/** The environments on which a script belongs, and those that it acts on. */
function places(script: string) {
  const { commands } = readScript(script);
  return {
    homes: homesOf({ calls: commands }, environments).map(({ id }) => id),
    targets: commands.flatMap((call) => actedOn(call, environments).map(({ id }) => id)),
  };
}

test.each([
  ["platform redeploy", ["main"], ["main"]],
  ['[ "$PLATFORM_BRANCH" = staging ] && platform redeploy', ["staging"], ["staging"]],
  [
    '[ "$PLATFORM_ENVIRONMENT_TYPE" != production ] && platform redeploy',
    ["staging", "feature"],
    ["staging", "feature"],
  ],
  ['[ "$PLATFORM_BRANCH" = staging ] && platform redeploy -e .', ["staging"], ["main"]],
  ["platform redeploy -e staging", ["main"], ["staging"]],
  ['[ "$PLATFORM_BRANCH" = gone ] && platform redeploy', [], []],
  ['[ "$(hostname)" = shop ] && platform redeploy', ["main"], ["main"]],
  ['platform redeploy -e "$TARGET"', ["main"], []],
])("%s belongs where its guard keeps it, and acts where it says", (script, homes, targets) => {
  expect(places(script)).toEqual({ homes, targets });
});

test("the role on an environment of a type that isn't known is no role that is known, and it runs only what no guard by type can keep from it", () => {
  const qa = environment("qa", undefined);
  const withQa = { ...environments, all: [...all, qa] };
  const { commands } = readScript("platform redeploy -e qa");
  expect(roleFor(commands, withQa)).toEqual({
    kind: "unread",
    why: "of which type the environment qa is isn't known",
  });
  const byType = readScript('[ "$PLATFORM_ENVIRONMENT_TYPE" = staging ] && platform redeploy');
  expect(homesOf({ calls: byType.commands }, withQa).map(({ id }) => id)).toEqual(["staging"]);
});

test.each([
  [
    '[ "$PLATFORM_BRANCH" = staging ] && platform sync data -y',
    { kind: "known", value: ["viewer", "staging:admin"] },
  ],
  [
    "platform backup -y; platform activity:list -e staging",
    { kind: "known", value: ["viewer", "production:admin"] },
  ],
  ["date", { kind: "absent" }],
  [`[ "$PLATFORM_BRANCH" = gone ] && platform redeploy`, { kind: "absent" }],
  [
    'platform redeploy -e "$TARGET"',
    { kind: "unread", why: "on which environment environment:redeploy acts can't be told" },
  ],
])("the role for %s is that on the environment that it acts on", (script, role) => {
  expect(roleFor(readScript(script).commands, environments)).toEqual(role);
});
