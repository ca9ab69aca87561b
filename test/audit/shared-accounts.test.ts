import { expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { noConfiguration } from "../../src/audit/configuration.ts";
import { SharedAccounts } from "../../src/audit/fleet/shared-accounts.ts";
import type { FleetReading } from "../../src/audit/fleet.ts";
import { reportOnProject } from "../../src/report/of-project.ts";
import { ofPlatformsh } from "../vendors/detected.ts";
import { appLocation } from "./app.ts";
import { bot, project, runs, text } from "./project.ts";

/** A project whose cron's backups are this account's. */
function reading(id: string, user: string): FleetReading & { readonly kind: "read" } {
  const { platform } = project(
    {},
    { runs: runs.map((run) => ({ ...run, user })), access: [{ ...bot([]), user }] },
  ).facts;
  const subjects = [{ kind: "read" as const, app: parseApp(appLocation, text), beside: {} }];
  const facts = { ...platform, project: { ...platform.project, id } };
  return { kind: "read", project: { id }, requests: 0, facts, subjects, vendor: ofPlatformsh };
}

test("an account that several projects share is told of each but the first, with those before it", () => {
  const accounts = new SharedAccounts();
  const told = [
    reading("one", "u1"),
    reading("two", "u2"),
    reading("three", "u1"),
    reading("four", "u1"),
  ]
    .map((each) => ({ ...each, facts: { ...each.facts, ...accounts.noted(each) } }))
    .map((each) => reportOnProject(each, noConfiguration))
    .map(({ findings }) =>
      findings
        .filter(({ rule }) => rule === "machine-user-in-several-projects")
        .map(({ message }) => message.replace(/^.*: /u, "")),
    );
  expect(told).toEqual([[], [], ["one"], ["one, three"]]);
});
