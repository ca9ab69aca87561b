import { expect, test } from "vitest";
import { jobsOf } from "../../src/automation/job.ts";
import { candidatesFor, candidatesInCi, type Wish } from "../../src/automation/wish.ts";
import { ciReadingOf } from "../../src/cifile/read.ts";
import { appOf, file } from "../appfile/given.ts";
import { processorTime } from "../processor-time.ts";

const backup: Wish = {
  commands: ["backup:create"],
  lines: [],
  environment: { branch: "main", type: "production", isDefault: true },
};

/** What differs between a wish and the only cron of an app; undefined where it is no candidate at all. */
function differences(
  wish: Wish,
  script: readonly string[],
  spec = "0 5 * * *",
  hooks: readonly string[] = [],
) {
  const app = appOf(
    file(
      "name: shop",
      ...hooks,
      "crons:",
      "  night:",
      `    spec: '${spec}'`,
      "    commands:",
      "      start: |",
      ...script.map((line) => `        ${line}`),
    ),
  );
  const [candidate] = candidatesFor(wish, app, jobsOf(app));
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
  expect(differences({ ...backup, schedule: "0 5 * * 4" }, onMain, "0 5 * * THU")).toEqual([]);
  expect(differences({ ...backup, schedule: "H 5 * * *" }, onMain, "H 05 * * *")).toHaveLength(1);
  expect(differences({ ...backup, schedule: "0 4 * * *" }, onMain)).toEqual([
    "doubt: starts at 0 5 * * *, not at 0 4 * * *",
  ]);
});

test("a cron is in doubt where its guard can't be judged", () => {
  const [found = ""] = differences(backup, [`[ "$(hostname)" = shop ] && ${call}`]) ?? [];
  expect(found).toMatch(/^doubt: runs backup:create where that can't be told/u);
});

test("another source operation is another cron, and one that only the shell knows is in doubt", () => {
  const wish = { ...backup, commands: ["source-operation:run"], what: ["update"] };
  const runs = (name: string) => [`platform source-operation:run ${name} --no-wait`];
  expect(differences(wish, runs("--variable env:A=b update"))).toEqual([]);
  expect(differences(wish, runs("-ye main update"))).toEqual([]);
  expect(differences(wish, runs("update"))).toEqual([]);
  expect(differences(wish, runs("cleanup"))).toEqual([
    "another: runs source-operation:run cleanup",
  ]);
  expect(differences(wish, runs(""))).toEqual([
    "another: runs source-operation:run without saying which",
  ]);
  expect(differences(wish, runs('"$(cat name)"'))?.join()).toMatch(/^doubt: runs source-op/u);
});

test.each([
  ["sync data --yes", []],
  ["sync data", []],
  ["sync code --yes", ["another: runs environment:synchronize code"]],
  ["sync code data --yes", ["doubt: runs environment:synchronize code data"]],
  ["sync --yes", ["doubt: runs environment:synchronize of everything"]],
  ["sync", ["another: runs environment:synchronize without --yes, which then does nothing"]],
  ["sync data --no", ["another: runs environment:synchronize with the answer no to its question"]],
  ["sync data --help", undefined],
])("of a cron that is to copy the data, platform %s is told from it", (words, expected) => {
  const wish: Wish = {
    commands: ["environment:synchronize"],
    lines: [],
    what: ["data"],
    environment: { branch: "staging", type: "staging" },
  };
  expect(differences(wish, [`[ "$PLATFORM_BRANCH" = staging ] && platform ${words}`])).toEqual(
    expected,
  );
});

test("a cron that does it for the environment from another one may be the one that is wished for", () => {
  const script = [`[ "$PLATFORM_BRANCH" = staging ] && ${call} -e main`];
  expect(differences(backup, script)).toEqual([
    "doubt: runs backup:create on staging only, for main",
  ]);
});

test("a guard that is asked for isn't there where there is none", () => {
  expect(differences({ ...backup, guard: "branch" }, onMain)).toEqual([]);
  expect(differences({ ...backup, guard: "branch" }, [call])).toEqual(["doubt: has no guard"]);
  expect(differences({ ...backup, guard: "type" }, onMain)).toEqual([
    "doubt: is kept to its environment by branch",
  ]);
});

test.each([
  ["a test of a file", [`[ -f /tmp/go ] && ${call}`], "[ -f /tmp/go ]"],
  ["a test of the day", [`if [ "$(date +%u)" = 7 ]; then ${call}; fi`], '[ "$(date +%u)" = 7 ]'],
  ["an exit before it", ["[ -f /tmp/lock ] && exit 0", call], "[ -f /tmp/lock ]"],
  ["the failure of another command", [`drush sql:dump || ${call}`], "drush sql:dump"],
])("a cron that does it at times, by %s, may not be it", (_how, script, on) => {
  expect(differences(backup, script)).toEqual([
    `doubt: runs backup:create or not, depending on ${on}`,
  ]);
});

test.each([
  ["the CLI where it was installed", ["[ -x /app/.platformsh/bin/platform ] || exit 0", call]],
  ["the CLI", [`command -v platform > /dev/null || exit 1`, call]],
  ["a folder that is made", ["set -e", "[ -d /tmp/work ] || mkdir /tmp/work", call]],
  ["another command", [`cd /tmp && ${call}`]],
  ["another command, or the end", ["cd /tmp || exit 1", call]],
])("what a cron can't work without, as %s, is no difference", (_what, script) => {
  expect(differences(backup, script)).toEqual([]);
});

test("a cron that calls it by a name that the CLI has lost doesn't do it", () => {
  const installed = [
    "hooks:",
    "  build: curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash",
  ];
  const former = ["platform snapshot:create --yes --no-wait"];
  expect(differences(backup, former, "0 5 * * *", installed)).toEqual([
    "another: calls snapshot:create, which the CLI doesn't have by that name",
  ]);
  expect(differences(backup, former)).toEqual([
    "doubt: calls snapshot:create, which the CLI may not have by that name",
  ]);
  expect(differences(backup, [`${call} --no-waitt`], "0 5 * * *", installed)).toEqual([
    "another: runs backup:create with --no-waitt, which it doesn't have",
  ]);
});

test("commands of one's own are there only with all of their lines, one behind the other", () => {
  const lines = ["drush cache:rebuild", call];
  const other = "runs backup:create in other lines";
  expect(differences({ ...backup, lines }, lines)).toEqual([]);
  expect(differences({ ...backup, lines }, ["drush status", call])).toEqual([`doubt: ${other}`]);
  expect(differences({ ...backup, lines }, [call, "drush cache:rebuild"])).toEqual([
    `doubt: ${other}`,
  ]);
  expect(differences({ ...backup, lines: [`${call} --live`] }, [call])).toEqual([
    `another: ${other}`,
  ]);
});

/** Of the jobs of an app that come near to the backup, how each is called, and what differs. */
function near(...rest: readonly string[]) {
  const app = appOf(file("name: shop", ...rest));
  return candidatesFor(backup, app, jobsOf(app)).map(
    ({ job, differences: found }) =>
      `${job.called} ${found.map(({ kind, words }) => `${kind}: ${words}`).join("; ")}`,
  );
}

test("a worker does it all the time, and so may do what is wished for", () => {
  const loop = `while true; do ${call}; sleep 86400; done`;
  expect(near("workers:", "  night:", "    commands:", `      start: ${loop}`)).toEqual([
    "the start command of the worker night doubt: goes on all the time, and has no schedule",
  ]);
});

test("what starts without a schedule does something else", () => {
  expect(
    near("hooks:", `  deploy: ${call}`, "operations:", "  now:", `    commands: {start: ${call}}`),
  ).toEqual([
    "the deploy hook another: runs backup:create at each deployment",
    "the start command of the operation now another: runs backup:create when somebody asks for it",
  ]);
});

test("a cron that has an operation run may do what that does", () => {
  expect(
    near(
      "operations:",
      "  now:",
      `    commands: {start: ${call}}`,
      "crons:",
      "  night: {spec: '0 5 * * *', cmd: platform operation:run now --yes}",
    ),
  ).toContain("the cron night doubt: runs the operation now, which runs backup:create");
});

test.each([
  [["  night:", "    spec: '0 5 * * *'", `    commands: ${call}`]],
  [["  night:", "    spec: '0 5 * * *'", "    commands:", `      - ${call}`]],
  [["  backup:", `    - ${call}`]],
])("a cron in a form that the platform refuses is told, and is another one", (cron) => {
  expect(near("crons:", ...cron).join()).toMatch(
    / another: is written in a form that the platform/u,
  );
});

test("a cron whose file isn't there may do it where it is called so", () => {
  expect(near("crons:", "  backup: !include backup.yaml")).toEqual([
    "the cron backup doubt: can't be read: its command is in another file",
  ]);
  expect(near("crons:", "  mail: !include mail.yaml")).toEqual([]);
});

/** What differs of the only job of a workflow of GitHub. */
function inWorkflow(
  on: string,
  run: string,
  environment: Wish["environment"] = backup.environment,
) {
  const path = ".github/workflows/backup.yml";
  const text = `on:\n  ${on}\njobs:\n  night:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`;
  const ci = ciReadingOf(new Map([[path, { file: `/shop/${path}`, shown: path, text }]]));
  return candidatesInCi({ ...backup, environment }, ci).map(
    ({ job, differences: found }) =>
      `${job.called} ${found.map(({ kind, words }) => `${kind}: ${words}`).join("; ")}`,
  );
}

test("a job of CI that a schedule starts may do what is wished for, and another one doesn't", () => {
  const nightly = "schedule: [{cron: '0 5 * * *'}]";
  const place = { branch: "main", project: "abcdefgh12345" };
  const run = "platform backup:create --yes -p abcdefgh12345 -e main";
  const called = "the job night in .github/workflows/backup.yml";
  expect(inWorkflow(nightly, run, place)).toEqual([`${called} doubt: is one of CI`]);
  expect(inWorkflow("push: {branches: [main]}", run, place)).toEqual([
    `${called} another: is one of CI that no schedule starts`,
  ]);
  expect(inWorkflow(nightly, run.replace("-e main", "-e staging"), place)).toEqual([]);
  expect(inWorkflow(nightly, run)).toEqual([
    `${called} doubt: is one of CI; doubt: runs backup:create for main of the project abcdefgh12345`,
  ]);
});

test.each([
  [
    "rules: [{if: '$CI_PIPELINE_SOURCE == \"schedule\"'}]",
    "platform backup",
    "doubt: is one of CI",
  ],
  ["only: [schedules]", "platform backup", "doubt: is one of CI"],
  ["stage: nightly", "platform backup", "doubt: is one of CI"],
  ["stage: deploy", "platform backup && platform push", "another: is one of CI that no schedule"],
  ["only: [main]", "platform backup", "another: is one of CI that no schedule is known to start"],
])("a job of GitLab with %s that runs %s is told from a cron", (key, run, words) => {
  expect(inGitlab(`night:\n  ${key}\n  script: ${run}\n`)).toContain(words);
});

/** What differs first of the only job of GitLab that does the backup. */
function inGitlab(text: string): string {
  const shown = ".gitlab-ci.yml";
  const ci = ciReadingOf(new Map([[shown, { file: `/shop/${shown}`, shown, text }]]));
  const [candidate] = candidatesInCi(backup, ci);
  const [first] = candidate?.differences ?? [];
  return `${first?.kind}: ${first?.words}`;
}

test("of several calls in a job of CI, the one that comes nearest counts", () => {
  const text =
    "night:\n  stage: nightly\n  script:\n    - platform sync code --yes\n    - platform sync data --yes\n";
  const shown = ".gitlab-ci.yml";
  const ci = ciReadingOf(new Map([[shown, { file: `/shop/${shown}`, shown, text }]]));
  const wish: Wish = { ...backup, commands: ["environment:synchronize"], what: ["data"] };
  const [candidate] = candidatesInCi(wish, ci);
  expect(candidate?.differences.map(({ kind }) => kind)).toEqual(["doubt", "doubt"]);
});

test("very many empty lines in a file of GitLab are soon read", () => {
  const seconds = processorTime();
  const empty = "\n".repeat(100_000);
  expect(inGitlab(`night:\n  script:\n    - platform backup\n${empty}  stage: nightly\n`)).toBe(
    "doubt: is one of CI",
  );
  expect(seconds()).toBeLessThan(2);
});
