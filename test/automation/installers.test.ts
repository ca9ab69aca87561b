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

const fetch = "curl -fsS https://platform.sh/cli/installer | php";

test.each([
  [`get() { ${fetch}; }; composer install`, "absent"],
  [`get() { ${fetch}; }; all() { get; }; composer install`, "absent"],
  [`get() { ${fetch}; }; get`, "known"],
  [`get() { ${fetch}; }; all() { get; }; all`, "known"],
  [`get() { ${fetch}; }; trap get EXIT`, "known"],
  [`get() { ${fetch}; }; $JOB`, "known"],
  // A file that is named by a pattern is run all the same.
  ["curl -fsSo install.php https://platform.sh/cli/installer; php inst*", "known"],
  ["curl -fsSo install.php https://platform.sh/cli/installer; php other*", "absent"],
])("an installer counts where something runs it: %s", (build, kind) => {
  expect(sourceOf(`hooks: { build: ${JSON.stringify(build)} }`).kind).toBe(kind);
});

test.each([
  ["cp tools/platform .global/bin/", "puts a file there that is called platform"],
  ["D=tools/upsun; cp $D bin", "puts a file there that is called upsun"],
  ['cp "$D" bin', "puts $D into bin"],
  ["D=tools; cp -r $D ./bin/", "puts tools into ./bin/"],
  ["cd bin && ln -s ../vendor/bin/platform", "puts a file there that is called platform"],
  ['curl -fsSLo bin/platform "$URL"', "puts a file there that is called platform"],
  ['curl -fsSL "$URL" | tar xz -C "$HOME/bin"', "unpacks an archive into $HOME/bin"],
  ["tar xzf /tmp/a.tgz platform", "puts a file there that is called platform"],
])("what %s leaves there is not looked into", (build, says) => {
  expect(sourceOf(`hooks: { build: ${JSON.stringify(build)} }`)).toEqual({
    kind: "unread",
    why: `the build hook ${says}, which isn't looked into`,
  });
});

test.each([
  "cp tools/drush bin",
  "cp -r tools web",
  "cp $D config",
  "ln -s ../vendor/bin/drush",
  "curl -fsSLo /tmp/a.tgz $URL",
  "tar xzf /tmp/a.tgz -C web",
])("nothing that %s leaves there is the CLI", (build) => {
  expect(sourceOf(`hooks: { build: ${JSON.stringify(build)} }`)).toEqual({ kind: "absent" });
});
