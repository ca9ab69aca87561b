import { expect, test } from "vitest";
import { scriptsOf } from "../../src/automation/scripts.ts";
import { appOf, file } from "../appfile/given.ts";
import { findingsIn } from "../audit/app.ts";

const everything = file(
  "name: shop",
  "hooks: { build: a, deploy: b, post_deploy: c }",
  "crons:",
  "  backup:",
  "    spec: '0 5 * * *'",
  "    commands: { start: d, stop: e }",
  "web:",
  "  commands: { pre_start: f, start: g, post_start: h }",
  "workers:",
  "  queue:",
  "    commands: { start: i }",
  "operations:",
  "  clear:",
  "    commands: { start: j, stop: k }",
  "source:",
  "  operations:",
  "    update: { command: l }",
);

test("every script of an app is there, with what people call it and when it runs", () => {
  expect(
    scriptsOf(appOf(everything)).map(({ script, kind, called }) => [script.text, kind, called]),
  ).toEqual([
    ["a", "build", "the build hook"],
    ["b", "deploy", "the deploy hook"],
    ["c", "post_deploy", "the post-deploy hook"],
    ["d", "cron", "the cron backup"],
    ["e", "cron_stop", "the stop command of the cron backup"],
    ["f", "pre_start", "the pre_start command"],
    ["g", "start", "the start command"],
    ["h", "post_start", "the post_start command"],
    ["i", "start", "the start command of the worker queue"],
    ["j", "operation", "the start command of the operation clear"],
    ["k", "operation", "the stop command of the operation clear"],
    ["l", "source_operation", "the source operation update"],
  ]);
});

test.each([
  [
    "web: { commands: { pre_start: platform redeploy } }",
    ["confirm-missing", "cron-guard-missing", "no-wait-missing"],
  ],
  ["web: { commands: { start: platform redeploy } }", ["confirm-missing", "cron-guard-missing"]],
  [
    "operations: { again: { commands: { start: platform redeploy } } }",
    ["confirm-missing", "no-wait-missing"],
  ],
])("a command outside of hooks and crons is looked at in %s", (line, rules) => {
  const found = findingsIn(file("name: shop", line)).filter(
    ({ rule }) => rule !== "installer-missing",
  );
  expect(found.map(({ rule }) => rule).toSorted()).toEqual(rules);
});

test("a source operation needs no CLI from the build hook", () => {
  const text = file(
    "name: shop",
    "source: { operations: { up: { command: platform backup:list } } }",
  );
  expect(findingsIn(text)).toEqual([]);
});
