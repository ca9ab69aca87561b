import { expect, test } from "vitest";
import { cliSourceOf } from "../../src/automation/installers.ts";
import { appOf, file } from "../appfile/given.ts";

/** What brings the CLI into an app with these lines beside its name. */
function sourceOf(...lines: readonly string[]) {
  return cliSourceOf(appOf(file("name: shop", ...lines)));
}

test.each([
  [
    ["hooks: { build: 'curl -fsS https://platform.sh/cli/installer | php' }"],
    { says: "the build hook installs platform", binary: "platform" },
  ],
  [
    ["dependencies: { php: { platformsh/cli: '^4.0' } }"],
    { says: "platform is in its dependencies", binary: "platform" },
  ],
  [["stack: ['php@8.3', 'upsun']"], { says: "upsun is in its stack", binary: "upsun" }],
])("the CLI comes from %j", (lines, value) => {
  expect(sourceOf(...lines)).toEqual({ kind: "known", value });
});

test("nobody knows where it comes from when the build hook runs something that can't be followed", () => {
  expect(sourceOf("hooks: { build: make all }")).toEqual({
    kind: "unread",
    why: "the build hook runs make all, which can't be followed",
  });
  expect(sourceOf("hooks: { build: sh bin/prepare.sh }")).toEqual({
    kind: "unread",
    why: "the build hook calls bin/prepare.sh, which isn't in the repository",
  });
});

test("it comes from nowhere when the build hook does nothing of that kind", () => {
  expect(sourceOf("hooks: { build: composer install }")).toEqual({ kind: "absent" });
  expect(sourceOf("type: php")).toEqual({ kind: "absent" });
});
