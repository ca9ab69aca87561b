import { expect, test } from "vitest";
import { findingsIn, withCron } from "./app.ts";

const asking = (branch: string) =>
  `[ "$PLATFORM_BRANCH" = ${branch} ] && platform backup:create -yW`;

/** How grave it is that crons ask for these branches, where main is the default branch. */
function severitiesOf(branches: readonly string[]): readonly string[] {
  return findingsIn(withCron(...branches.map(asking)), {
    defaultBranch: { name: "main", because: "as the project says" },
  }).flatMap(({ rule, severity }) => (rule === "cron-guard-not-default-branch" ? [severity] : []));
}

test.each([
  ["a renamed branch is an error", ["master"], ["error"]],
  ["any branch that alone is asked for is an error", ["stage"], ["error"]],
  [
    "beside several branches the old default stays one",
    ["master", "stage", "develop"],
    ["error", "info", "info"],
  ],
  ["beside the default branch another is meant", ["main", "stage"], ["info"]],
  ["beside the default branch its old name was left behind", ["main", "master"], ["warning"]],
])("%s", (_what, branches, severities) => {
  expect(severitiesOf(branches)).toEqual(severities);
});
