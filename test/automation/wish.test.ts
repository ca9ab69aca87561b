import { expect, test } from "vitest";
import { jobsOf } from "../../src/automation/job.ts";
import { candidatesFor, type Wish } from "../../src/automation/wish.ts";
import { appOf, file } from "../appfile/given.ts";

const backup: Wish = {
  commands: ["backup:create"],
  lines: [],
  environment: { branch: "main", type: "production", isDefault: true },
};

/** What differs between a wish and the only cron of an app; undefined where it is no candidate at all. */
function differences(wish: Wish, script: readonly string[], spec = "0 5 * * *") {
  const app = appOf(
    file(
      "name: shop",
      "crons:",
      "  night:",
      `    spec: '${spec}'`,
      "    commands:",
      "      start: |",
      ...script.map((line) => `        ${line}`),
    ),
  );
  const [candidate] = candidatesFor(wish, jobsOf(app));
  return candidate?.differences.map(({ kind, words }) => `${kind}: ${words}`);
}

const call = "platform backup:create --yes --no-wait";
const onMain = [`if [ "$PLATFORM_BRANCH" = main ]; then ${call}; fi`];

test.each([
  ["a guard for its branch", onMain],
  ["a guard for its type", [`[ "$PLATFORM_ENVIRONMENT_TYPE" = production ] && ${call}`]],
  ["an early exit", ['[ "$PLATFORM_BRANCH" = main ] || exit 0', call]],
  ["no guard at all", [call]],
  ["the environment named", [`${onMain[0]?.replace("create", "create -e main")}`]],
])("a cron is what is wished for with %s", (_how, script) => {
  expect(differences(backup, script)).toEqual([]);
});

test.each([
  ["sh bin/nightly-backup.sh", "doubt: can't be followed: it calls bin/nightly-backup.sh,"],
  ["make backups", "doubt: can't be followed: it runs make backups,"],
  ["npm run cache", "another: can't be followed: it runs npm run,"],
])("a cron that runs %s may do what is wished for", (script, words) => {
  expect(differences(backup, [script])?.join()).toContain(words.replace(/,$/u, ""));
});

test.each([
  ["on staging", [`[ "$PLATFORM_BRANCH" = staging ] && ${call}`], "on staging only"],
  ["for staging", [`${call} -e staging`], "for staging"],
  ["never", [`[ "$PLATFORM_BRANCH" == main ] && ${call}`], "nowhere"],
])("a cron that does it %s is another one", (_how, script, words) => {
  const found = differences(backup, script);
  expect(found).toHaveLength(1);
  expect(found?.[0]).toMatch(/^another: runs backup:create/u);
  expect(found?.[0]).toContain(words);
});

test("a cron that starts on a day that never comes is another one", () => {
  expect(differences(backup, onMain, "0 5 31 2 *")).toEqual([
    "another: never starts at 0 5 31 2 *",
  ]);
});

test("a schedule counts only where one is wished for, however it is written", () => {
  expect(differences({ ...backup, schedule: "00 05 * * *" }, onMain)).toEqual([]);
  expect(differences({ ...backup, schedule: "0 4 * * *" }, onMain)).toEqual([
    "doubt: starts at 0 5 * * *, not at 0 4 * * *",
  ]);
});

test("a cron is in doubt where its guard can't be judged", () => {
  const [found = ""] = differences(backup, [`[ "$(hostname)" = shop ] && ${call}`]) ?? [];
  expect(found).toMatch(/^doubt: runs backup:create where that can't be told/u);
});

test("another source operation is another cron", () => {
  const wish = { ...backup, commands: ["source-operation:run"], operation: "update" };
  const runs = (name: string) => [`platform source-operation:run ${name} --no-wait`];
  expect(differences(wish, runs("--variable env:A=b update"))).toEqual([]);
  expect(differences(wish, runs("-ye main update"))).toEqual([]);
  expect(differences(wish, runs("update"))).toEqual([]);
  expect(differences(wish, runs("cleanup"))).toEqual(["another: runs cleanup"]);
});

test("commands of one's own are there only with all of their lines", () => {
  const lines = ["drush cache:rebuild", call];
  expect(differences({ ...backup, lines }, lines)).toEqual([]);
  expect(differences({ ...backup, lines }, ["drush status", call])).toBeUndefined();
});
