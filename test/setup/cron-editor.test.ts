import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Question } from "../../src/dialogue/question.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { converse } from "./conversation.ts";
import { openShop, type Shop } from "./shop.ts";

/** The questions of a setup of the cron alone, by their flags. */
async function questionsOf(shop: Shop): Promise<Readonly<Record<string, Question>>> {
  const questions: Record<string, Question> = {};
  await converse(
    setupProcedure,
    shop,
    {},
    {
      request: { only: ["cron"], given: { task: "backup" } },
      onQuestion: async (question) => {
        questions[question.flag] = question;
      },
    },
  );
  return questions;
}

const added = (
  previews: readonly { readonly lines: readonly { kind: string; text: string }[] }[],
) =>
  previews.flatMap(({ lines }) =>
    lines.flatMap(({ kind, text }) => (kind === "added" ? [text.trim()] : [])),
  );

test("the diff follows the schedule as it is typed", async () => {
  const shop = await openShop();
  const { "--schedule": question } = await questionsOf(shop);
  if (question?.kind !== "text") throw new Error("the schedule is a text");
  expect(added(question.preview?.(" 7 3 * * 0 ") ?? [])).toContain("spec: '7 3 * * 0'");
  expect(added(question.preview?.("7 3 * * 0") ?? [])).toContain(
    'if [ "$PLATFORM_BRANCH" = main ]; then',
  );
});

test("the diff follows the guard that is pointed at, and the branch that is typed", async () => {
  const shop = await openShop();
  const { "--guard": guard, "--branch": branch } = await questionsOf(shop);
  if (guard?.kind !== "choice" || branch?.kind !== "text") throw new Error("a choice and a text");
  expect(added(guard.preview?.("type") ?? [])).toContain(
    'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
  );
  expect(added(guard.preview?.("branch") ?? [])).toContain(
    'if [ "$PLATFORM_BRANCH" = main ]; then',
  );
  expect(added(branch.preview?.("it's") ?? [])).toContain(
    `if [ "$PLATFORM_BRANCH" = 'it'\\''s' ]; then`,
  );
});

test("a file that can't be edited has no diff, and the step of the cron says so", async () => {
  const shop = await openShop();
  const text = await readFile(shop.file, "utf8");
  const crons = text.slice(text.indexOf("crons:"), text.indexOf("# Orders"));
  await writeFile(shop.file, text.replace(crons, "crons: !include crons.yaml\n"));
  const asked = new Map<string, Question>();
  await converse(
    setupProcedure,
    shop,
    { "cron:backup": "leave-out" },
    {
      request: { only: ["cron"], given: { task: "backup" } },
      onQuestion: async (question) => {
        asked.set(question.title, question);
      },
    },
  );
  const schedule = asked.get("When is the cron to run?");
  expect(schedule).toMatchObject({ kind: "text" });
  expect(schedule?.kind === "text" && schedule.preview?.("0 5 * * *")).toEqual([]);
  expect(asked.has("The cron has to be added by hand")).toBe(true);
});

test("each suggestion is a schedule that can be taken, and no two are the same", async () => {
  const shop = await openShop();
  const { "--schedule": question } = await questionsOf(shop);
  if (question?.kind !== "text") throw new Error("the schedule is a text");
  const values = (question.suggestions ?? []).map(({ value }) => value);
  expect(values[0]).toBe("0 5 * * *");
  expect(new Set(values).size).toBe(values.length);
  expect(values.length).toBeGreaterThan(3);
  for (const value of values) {
    expect(question.check(value)).toBeUndefined();
    // When the platform chooses the time, there are no starts to tell.
    expect(question.explain?.(value).length).toBeGreaterThan(value.includes("H") ? 0 : 1);
  }
});

test("a name that is taken is said to be that, with the name the cron gets", async () => {
  const shop = await openShop();
  const text = await readFile(shop.file, "utf8");
  await writeFile(shop.file, text.replace("    renew:", "    backup:"));
  const { "--yes": question } = await questionsOf(shop);
  expect(question?.facts).toContain(
    "There is a cron named backup already, so this one is backup-2.",
  );
  expect(await readFile(shop.file, "utf8")).toContain("backup-2:");
});
