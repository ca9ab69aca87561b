import { expect, test } from "vitest";
import { meantBy } from "../../src/commands/meant-by.ts";

const rules = ["cron-guard-missing", "cron-guard-broken", "installer-missing", "errexit-missing"];

test.each([
  ["bakup", ["backup", "backup-and-deploy", "sync"], "did you mean backup? "],
  [" Backup", ["backup", "sync"], "did you mean backup? "],
  ["bsh", ["bash", "zsh", "fish"], "did you mean bash or zsh? "],
  ["repl", ["correct", "replace", "leave"], "did you mean replace? "],
  ["cron-gard-missing", rules, "did you mean cron-guard-missing? "],
  ["missing-cron-guard", rules, "did you mean cron-guard-missing? "],
  ["cron-guard", rules, "did you mean cron-guard-missing or cron-guard-broken? "],
  ["moon", ["branch", "type"], ""],
  ["", ["branch", "type"], ""],
  ["foo", [], ""],
  ["a", ["a1", "b1", "c1", "d1"], ""],
])("what is meant by %j among %j", (typed, known, says) => {
  expect(meantBy(typed, known)).toBe(says);
});
