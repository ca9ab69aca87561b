import { expect, test } from "vitest";
import { noConfiguration } from "../../src/audit/configuration.ts";
import { findingsOf, readSubjects, vendorOfSubjects } from "../../src/audit/subject.ts";
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
