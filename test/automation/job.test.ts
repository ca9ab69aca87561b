import { expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { deployedJobsOf, jobsOf } from "../../src/automation/job.ts";
import { appLocation } from "../audit/app.ts";
import { calling, idle } from "../audit/project.ts";

const text = `name: shop
hooks:
    build: composer install
    deploy: |
        sh bin/announce.sh
crons:
    night:
        spec: '17 3 * * *'
        commands:
            start: sh bin/backup.sh
    mail:
        spec: '*/5 * * * *'
        commands:
            start: php bin/mail.php
`;

const called = new Map([
  [
    "bin/backup.sh",
    {
      file: "/shop/bin/backup.sh",
      shown: "bin/backup.sh",
      text: "platform backup:create --yes --no-wait\n",
    },
  ],
]);

test("a cron whose script calls the CLI is a job with the script's calls and the cron's schedule", () => {
  const jobs = jobsOf(parseApp(appLocation, text, new Map(), called));
  expect(
    jobs.map(({ called: name, calls, when }) => [name, calls.map((call) => call.name), when]),
  ).toEqual([
    ["the deploy hook", [], { kind: "absent" }],
    ["the cron night", ["backup:create"], { kind: "known", value: "17 3 * * *" }],
  ]);
});

test("what calls a script that isn't there is followed to that point, and says so", () => {
  const jobs = jobsOf(parseApp(appLocation, text, new Map(), called));
  expect(jobs.map(({ followed }) => followed)).toEqual([
    { kind: "stopped", why: "it calls bin/announce.sh, which isn't in the repository" },
    { kind: "whole" },
  ]);
});

test("the crons, hooks and source operations of a deployed app are jobs where they call the CLI", () => {
  const deploy = "platform variable:list";
  const sourceOperations = [{ name: "update", command: "platform environment:info" }];
  const jobs = deployedJobsOf({ ...calling, hooks: { deploy }, sourceOperations });
  expect(jobs.map(({ called: name }) => name)).toEqual([
    "the deploy hook",
    "the cron job",
    "the source operation update",
  ]);
  expect(deployedJobsOf(idle)).toEqual([]);
});

test("a deployed cron whose command the API doesn't show may be a job, and nobody claims that it isn't", () => {
  const crons = [{ name: "night", spec: "0 5 * * *", command: undefined }];
  expect(deployedJobsOf({ ...idle, crons })).toMatchObject([
    {
      called: "the cron night",
      calls: [],
      followed: { kind: "stopped", why: "the API doesn't show its command" },
    },
  ]);
});
