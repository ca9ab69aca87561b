import { expect, test } from "vitest";
import { noConfiguration } from "../../src/audit/configuration.ts";
import { findingsOf, readSubjects, vendorOfSubjects } from "../../src/audit/subject.ts";
import { unreadCalls } from "../../src/audit/unread.ts";
import { readableApps } from "../../src/audit/verdict.ts";
import { packagesOf } from "../../src/automation/vendor.ts";
import { allVendors, type vendors } from "../../src/vendors/registry.ts";
import { layDown, projects } from "../vendors/projects.ts";

test.each(allVendors)(
  "a project of $name is known for one, and nothing in it is an error",
  async (vendor) => {
    const id = Object.keys(projects).find(
      (name): name is keyof typeof vendors => name === vendor.id,
    );
    const { directory, env } = await layDown(id === undefined ? {} : projects[id]);
    const subjects = await readSubjects(directory, { configuration: noConfiguration });
    const detected = vendorOfSubjects(subjects, { env }, await packagesOf(directory));
    expect(detected).toMatchObject({ vendor: { id: vendor.id }, rivals: [] });
    const found = findingsOf(subjects, { vendor: detected });
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(found.map(({ rule }) => rule)).not.toContain("cron-cmd-deprecated");
  },
);

const withTask = `applications:
  api:
    type: 'nodejs:22'
    hooks:
      build: npm ci
tasks:
  report:
    type: 'nodejs:22'
    hooks:
      build: npm ci
    run:
      command: |
        upsun environment:synchronize -e staging
        node report.js
`;

test("a task of Upsun is a job of its own image: the CLI is looked for in its own build hook", async () => {
  const { directory, env } = await layDown({ ".upsun/config.yaml": withTask });
  const subjects = await readSubjects(directory, { configuration: noConfiguration });
  const found = findingsOf(subjects, { vendor: vendorOfSubjects(subjects, { env }) });
  expect(found.map(({ rule, message }) => [rule, message])).toEqual([
    [
      "installer-missing",
      "the task report calls upsun, but the build hook of report doesn't install it",
    ],
    ["confirm-missing", expect.stringContaining("the task report runs environment:synchronize")],
  ]);
});

test("a file with nothing but tasks has no application", async () => {
  const { directory } = await layDown({
    ".upsun/config.yaml": "tasks:\n  report:\n    type: nodejs:22\n",
  });
  await expect(readSubjects(directory, { configuration: noConfiguration })).rejects.toMatchObject({
    parts: { what: "No application is configured here" },
  });
});

test("a CLI of a vendor that isn't known is told as not looked at, and no program of the project's own is", async () => {
  const { directory } = await layDown({
    ".platform.app.yaml": `name: app
type: php:8.3
crons:
    backup:
        spec: 0 5 * * *
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = main ]; then
                    shopware backup:create --yes --no-wait
                fi
    own:
        spec: 0 6 * * *
        commands:
            start: php bin/console backup:create; bin/tool backup:run; yarn backup:create; platform backup:list
`,
  });
  const subjects = await readSubjects(directory, { configuration: noConfiguration });
  expect(unreadCalls(readableApps(subjects)).map(({ what, why }) => `${what}: ${why}`)).toEqual([
    "what the cron backup calls with shopware: shopware is the CLI of no vendor that is known here; MACHINIST_VENDOR_CLI=shopware and MACHINIST_VENDOR_PREFIX make it known",
  ]);
});
