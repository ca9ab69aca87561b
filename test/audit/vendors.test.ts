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
