import { describe, expect, test } from "vitest";
import { findingsIn, fixed, withCron } from "./app.ts";

const main = { defaultBranch: { name: "main", because: "as the project says" } };
const guarded = (...lines: readonly string[]) =>
  withCron('if [ "$PLATFORM_BRANCH" = main ]; then', ...lines.map((line) => `    ${line}`), "fi");
const backup = "platform backup:create --yes --no-wait";

interface Case {
  readonly rule: string;
  /** Texts in which the rule finds something. */
  readonly fires: Readonly<Record<string, string>>;
  /** Texts in which it finds nothing. */
  readonly quiet: Readonly<Record<string, string>>;
  /** A line of the text that the fix brings in; without it there is no fix that needs no look. */
  readonly fix?: { readonly of: string; readonly gives: string };
}

const cases: readonly Case[] = [
  {
    rule: "installer-missing",
    fires: {
      "a cron uses the CLI and no hook installs it": `name: shop\ncrons:\n    job:\n        spec: '0 5 * * *'\n        commands:\n            start: ${backup}\n`,
      "the installer is commented out": `name: shop\nhooks:\n    build: |\n        # curl -fsS https://platform.sh/cli/installer | php\n        make\n    deploy: |\n        ${backup}\n`,
    },
    quiet: {
      "the build hook installs it": guarded(backup),
      "nothing uses it": "name: shop\nhooks:\n    build: make\n",
    },
    fix: {
      of: "a cron uses the CLI and no hook installs it",
      gives: "platform --version || exit 1",
    },
  },
  {
    rule: "cron-guard-missing",
    fires: { "a cron backs up on every preview": withCron(backup) },
    quiet: {
      "the cron is guarded by branch": guarded(backup),
      "the cron is guarded by type": withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        `    ${backup}`,
        "fi",
      ),
      "the cron leaves early elsewhere": withCron(
        '[ "$PLATFORM_BRANCH" = main ] || exit 0',
        backup,
      ),
      "the cron only reads": withCron("platform backup:list"),
    },
    fix: { of: "a cron backs up on every preview", gives: '[ "$PLATFORM_BRANCH" = main ]' },
  },
  {
    rule: "cron-guard-not-default-branch",
    fires: {
      "the branch was renamed": withCron(
        'if [ "$PLATFORM_BRANCH" = master ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    quiet: {
      "the guard names the default branch": guarded(backup),
      "the guard asks for the type": withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    fix: { of: "the branch was renamed", gives: '"$PLATFORM_BRANCH" = main ]' },
  },
  {
    rule: "cron-guard-never-true",
    fires: {
      "the test is bash's own": withCron(
        'if [[ "$PLATFORM_BRANCH" = main ]]; then',
        `    ${backup}`,
        "fi",
      ),
      "the comparison is bash's own": withCron(
        'if [ "$PLATFORM_BRANCH" == main ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    quiet: { "the test is POSIX": guarded(backup) },
  },
  {
    rule: "no-wait-missing",
    fires: { "a backup is waited for": guarded("platform backup:create --yes") },
    quiet: {
      "it is not waited for": guarded(backup),
      "the short flag says so": guarded("platform backup:create -yW"),
      "the command can't wait": guarded("platform db:dump --yes"),
    },
    fix: { of: "a backup is waited for", gives: "--no-wait" },
  },
  {
    rule: "no-wait-unknown",
    fires: { "the command has no such flag": guarded("platform db:dump --yes --no-wait") },
    quiet: { "the command has it": guarded(backup) },
  },
  {
    rule: "confirm-missing",
    fires: { "a backup would ask": guarded("platform backup:create --no-wait") },
    quiet: { "it is told not to ask": guarded(backup) },
  },
  {
    rule: "pipefail-in-dash",
    fires: { "a cron asks for pipefail": withCron("set -o pipefail", "true") },
    quiet: { "a cron asks for errexit": withCron("set -e", "true") },
  },
];

describe.each(cases)("$rule", ({ rule, fires, quiet, fix }) => {
  const found = (text: string) => findingsIn(text, main).filter((finding) => finding.rule === rule);

  test.each(Object.entries(fires))("is found when %s", (_when, text) => {
    const [finding] = found(text);
    expect(finding).toMatchObject({ location: { kind: "file", file: ".platform.app.yaml" } });
    expect(finding?.message).not.toBe("");
  });

  test.each(Object.entries(quiet))("is not found when %s", (_when, text) => {
    expect(found(text)).toEqual([]);
  });

  test("is gone after its fix, if it has one", () => {
    for (const text of Object.values(fires)) {
      const after = fixed(text, rule, main);
      if (after !== undefined) expect(found(after).length).toBeLessThan(found(text).length);
    }
    if (fix !== undefined) expect(fixed(fires[fix.of] ?? "", rule, main)).toContain(fix.gives);
  });
});
