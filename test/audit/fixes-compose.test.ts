import fc from "fast-check";
import { expect, test } from "vitest";
import { appsIn } from "../../src/appfile/locate.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { noConfiguration } from "../../src/audit/configuration.ts";
import { rules } from "../../src/audit/registry.ts";
import type { Subject } from "../../src/audit/subject.ts";
import type { Change } from "../../src/change/change.ts";
import { mergeChanges } from "../../src/change/merge.ts";
import { noCi } from "../../src/cifile/read.ts";
import { AuditState } from "../../src/commands/audit/audited.ts";
import { makeFixes, wantedFixes } from "../../src/commands/audit/fix.ts";
import { Failure } from "../../src/failure.ts";
import { ofRuns } from "../amounts.ts";
import { ofPlatformsh } from "../vendors/detected.ts";
import { allCases } from "./rule-cases.ts";

/** The apps of a file under audit, offline, with `main` as their default branch. */
function auditOf(shown: string, text: string): AuditState {
  const subjects: readonly Subject[] = appsIn({ file: `/shop/${shown}`, shown }, text).map(
    (location) => ({ kind: "read", app: parseApp(location, text), beside: {} }),
  );
  const reading = {
    subjects,
    whole: true,
    vendor: ofPlatformsh,
    git: { production: { kind: "taken" as const, name: "main", because: "as git says" } },
    tokenSearch: { files: { kind: "absent" as const }, leftOut: [] },
    ci: noCi,
    online: { kind: "skipped" as const, because: "offline", inShort: "offline", byChoice: true },
    said: {
      configuration: noConfiguration,
      configurationFile: { path: "/shop/.machinist.yaml", shown: ".machinist.yaml" },
    },
  };
  return new AuditState(reading, async () => reading);
}

const isSafe = wantedFixes([]);

/** A file once all safe fixes were made in one run, and what was done. */
async function fixed(shown: string, text: string) {
  const audited = auditOf(shown, text);
  const found = new Set(
    audited
      .findings()
      .filter(isSafe)
      .map(({ rule }) => rule),
  );
  const changes: Change[] = [];
  await makeFixes(audited, isSafe, async (change) => {
    changes.push(change);
    return "";
  });
  const left = audited.findings().filter(isSafe);
  return { found: [...found].sort(), left, changes, after: audited.text(shown) ?? text };
}

const bad = `# By hand, over the years.
name: shop   # the shop
type: 'php:8.3'

hooks:
    build: |
        composer install --no-dev   # not the tests
        cp  -r assets web

    deploy: |
        set -euo pipefail
        bin/warm   && platform  env:info

crons:
    # Each morning.
    backup:
        spec: '0 5 * * *'
        cmd: 'platform backup:create'
    'no':
        spec:   '17 3 * * *'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" == main ] ; then
                    platform redeploy   # for the hook
                fi
            timeout: 600
    tasks:
        spec: '30 2 * * *'
        commands: { start: 'platform task:run --no-wait clean' }\t
# The end.`;

const good = `# By hand, over the years.
name: shop   # the shop
type: 'php:8.3'

hooks:
    build: |
        curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/platform-cli-installer.sh || exit 1
        bash /tmp/platform-cli-installer.sh || exit 1
        platform --version || exit 1
        composer install --no-dev   # not the tests
        cp  -r assets web

    deploy: |
        set -eu
        bin/warm   && platform  env:info

crons:
    # Each morning.
    backup:
        spec: '0 5 * * *'
        commands:
            start: 'if [ "$PLATFORM_BRANCH" = main ]; then platform backup:create --yes --no-wait; fi'
    'no':
        spec:   '17 3 * * *'
        timeout: 600
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = main ] ; then
                    platform redeploy --yes --no-wait   # for the hook
                fi
    tasks:
        spec: '30 2 * * *'
        commands: { start: 'if [ "$PLATFORM_BRANCH" = main ]; then platform task:run --yes --no-wait clean; fi' }\t
# The end.`;

test("all that is safe in a file of many mistakes is put right in one run, and no other byte changes", async () => {
  const { found, left, changes, after } = await fixed(".platform.app.yaml", bad);
  expect(left).toEqual([]);
  expect(found).toEqual([
    "confirm-missing",
    "cron-cmd-deprecated",
    "cron-guard-missing",
    "cron-guard-never-true",
    "cron-timeout-misplaced",
    "installer-missing",
    "no-wait-missing",
    "pipefail-in-dash",
  ]);
  expect(mergeChanges(changes)).toHaveLength(1);
  expect(after).toBe(good);
  const again = await fixed(".platform.app.yaml", after);
  expect(again.changes).toEqual([]);
});

/** The text as an item of a list, under a name; undefined where it isn't one that can be put there. */
function item(text: string, name: string): string | undefined {
  if (!text.startsWith("name: shop\n") || /[\t\r]|^---/mu.test(text)) return undefined;
  const lines = text.replace("name: shop", `name: ${name}`).split("\n");
  return lines
    .map((line, index) => (line === "" ? line : `${index === 0 ? "- " : "  "}${line}`))
    .join("\n");
}

const grouped = ".platform/applications.yaml";

/** Examples of rules with a safe fix, as items of a list; each is fixed alone, in its own file. */
const safe = new Set(rules.filter(({ fixable }) => fixable === "safe").map(({ id }) => id));
const examples = [...(await allCases())].flatMap(([rule, { fires }]) =>
  (safe.has(rule) ? Object.values(fires) : []).flatMap(({ given }) => {
    const text =
      typeof given === "string" ? given : given.place || given.includes ? "" : given.text;
    return item(text, "shop") === undefined ? [] : [text];
  }),
);

const alone = new Map<string, Promise<string | undefined>>();

/** What the fixes come to where the app is alone in its file; undefined where it can't be read there. */
function fixedAlone(text: string): Promise<string | undefined> {
  const known = alone.get(text) ?? fixed(grouped, text).then(({ after }) => after, refused);
  alone.set(text, known);
  return known;
}

function refused(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error;
}

test("the fixes of two apps in one file come to what they come to in files of their own", async () => {
  let tried = 0;
  const example = fc.constantFrom(...examples);
  await fc.assert(
    fc.asyncProperty(example, example, async (one, other) => {
      const [first = "", second = ""] = [item(one, "shop"), item(other, "blog")];
      const [firstAlone, secondAlone] = await Promise.all([fixedAlone(first), fixedAlone(second)]);
      fc.pre(firstAlone !== undefined && secondAlone !== undefined);
      const { left, after } = await fixed(grouped, first + second);
      expect(after).toBe(firstAlone + secondAlone);
      expect(left).toEqual([]);
      tried += 1;
    }),
    ofRuns,
  );
  expect(tried).toBeGreaterThan(0);
});
