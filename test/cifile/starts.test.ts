import { expect, test } from "vitest";
import { type Start, whyNotStarted } from "../../src/cifile/starts.ts";
import { reading } from "./reading.ts";

const push: Start = { kind: "push", branch: "main" };
const schedule: Start = { kind: "schedule" };

function whyNot(path: string, text: string, start: Start): string | undefined {
  const [job] = reading({ [path]: text }).files.flatMap(({ jobs }) => jobs);
  if (job === undefined) throw new RangeError("no job was read");
  return whyNotStarted(job, start, "acme/shop");
}

function ofGithub(on: string, start: Start, condition = ""): string | undefined {
  const only = condition === "" ? "" : `    if: ${condition}\n`;
  const text = `on: ${on}\njobs:\n  ship:\n${only}    runs-on: ubuntu-24.04\n    steps:\n      - run: upsun push\n`;
  return whyNot(".github/workflows/ship.yml", text, start);
}

function ofGitlab(rules: string, start: Start): string | undefined {
  return whyNot(".gitlab-ci.yml", `ship:\n  script: [upsun push]\n${rules}`, start);
}

test.each([
  ["push", ""],
  ["[push, workflow_dispatch]", ""],
  ["{push: {branches: [other, main]}}", ""],
  ["{push: {branches: ['*']}}", ""],
  ["{push: {branches: ['ma*']}}", ""],
  ["{push: {branches-ignore: ['feature/**']}}", ""],
  ["{push: {branches: [main], tags: ['v*']}}", ""],
  ["push", "github.repository == 'acme/shop' && github.ref == 'refs/heads/main'"],
  ["push", `\${{ github.event_name == 'push' && github.ref_name == 'main' }}`],
])("a push to main starts a workflow with on: %s, if: %s", (on, condition) => {
  expect(ofGithub(on, push, condition)).toBeUndefined();
});

test.each([
  ["workflow_dispatch", "", "no push starts it"],
  ["{schedule: [{cron: '0 5 * * *'}]}", "", "no push starts it"],
  ["workflow_call", "", "other workflows start it"],
  ["{push: {branches: ['release/*']}}", "", "a push to main doesn't start it"],
  ["{push: {branches-ignore: ['ma**']}}", "", "a push to main doesn't start it"],
  ["{push: {branches: ['m?ain']}}", "", "can't be told from its patterns"],
  ["{push: {branches-ignore: ['[m]ain']}}", "", "can't be told from its patterns"],
  ["push", "github.ref == 'refs/heads/other'", "it runs only if github.ref == 'refs/heads/other'"],
  ["push", "github.repository == 'other/shop'", "it runs only if"],
  ["push", "github.ref == 'refs/heads/main' || inputs.now", "it runs only if"],
  ["push", "always()", "it runs only if"],
])("a push to main may not start one with on: %s, if: %s", (on, condition, why) => {
  expect(ofGithub(on, push, condition)).toContain(why);
});

test("a schedule starts a workflow that has one, and whose condition holds for it", () => {
  const daily = "{schedule: [{cron: '0 5 * * *'}]}";
  expect(ofGithub(daily, schedule, "github.repository == 'acme/shop'")).toBeUndefined();
  expect(ofGithub("push", schedule)).toBe("no schedule starts it");
  expect(ofGithub(daily, schedule, "github.event_name == 'push'")).toContain("it runs only if");
});

const onPush = `$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"`;

test("a push to main starts a job of GitLab without rules, or with the one that names it", () => {
  expect(ofGitlab("", push)).toBeUndefined();
  expect(ofGitlab(`  rules:\n    - if: '${onPush}'\n`, push)).toBeUndefined();
  const task = `$CI_PIPELINE_SOURCE == "schedule" && $MACHINIST_TASK == "backup"`;
  expect(ofGitlab(`  rules:\n    - if: '${task}'\n`, schedule)).toBeUndefined();
});

test.each([
  `  rules:\n    - if: '$CI_COMMIT_BRANCH == "other"'\n`,
  `  rules:\n    - if: '$CI_PIPELINE_SOURCE == "schedule"'\n`,
  `  rules:\n    - if: '${onPush}'\n      when: manual\n`,
  `  rules:\n    - if: '${onPush}'\n      changes: [docs/**]\n`,
  `  rules:\n    - if: '${onPush} && $GO'\n`,
  "  rules:\n    - when: never\n",
  "  when: manual\n",
  "  only: [other]\n",
])("a push to main may not start a job of GitLab with\n%s", (rules) => {
  expect(ofGitlab(rules, push)).toContain("it runs only as its rules say");
});
