import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tasks as taskList } from "../../src/setup/tasks/registry.ts";
import { oneOf } from "../amounts.ts";
import { type FakeTerminal, fakeTerminal, keys } from "../terminal/fake-terminal.ts";
import { projectState } from "./project-state.ts";
import { runSetup, runSetupOn } from "./run-setup.ts";
import { holdNoSecret } from "./secrets.ts";
import { openShop, type Shop } from "./shop.ts";

const customCommand = "platform backup:list && platform db:dump -f dump.sql";

const listed: readonly string[] = taskList.map(({ id }) => id);

/** Each task that a cron can do, with the flags that answer its own questions. */
const tasks = [
  { task: "backup", flags: {}, environment: "main" },
  { task: "source-operation", flags: {}, environment: "staging" },
  { task: "sync", flags: {}, environment: "staging" },
  { task: "redeploy", flags: {}, environment: "main" },
  { task: "checkout", flags: {}, environment: "main" },
  { task: "custom", flags: { command: customCommand }, environment: "main" },
] as const;
type Row = (typeof tasks)[number];

const emailFor = ({ task }: Row) => `operator+shop-${task}@example.org`;

/** How far the project is when the setup starts. */
const states = ["fresh", "partly done", "all done"] as const;
type State = (typeof states)[number];

async function openFor(row: Row, state: State): Promise<{ shop: Shop; token: string | undefined }> {
  const shop = await openShop();
  const sample = await readFile(shop.file, "utf8");
  await writeFile(shop.file, sample.replace("platform redeploy --yes", "true"));
  if (state === "fresh") return { shop, token: undefined };
  const all = flagsOf(row);
  expect((await runSetup(shop, { ...all, only: "machine-user" })).failure).toBeUndefined();
  const { token } = await shop.sandbox.acceptInvitation(emailFor(row));
  const only = state === "all done" ? {} : { only: "machine-user,token,variable" };
  expect((await runSetup(shop, { ...all, ...only }, token)).failure).toBeUndefined();
  return { shop, token };
}

function flagsOf(row: Row) {
  const { task, flags, environment } = row;
  return { task, environment, ...flags, email: emailFor(row), yes: true };
}

/** Finishes the setup with flags alone; the token is handed over only while no variable has it. */
async function byFlags(row: Row, state: State) {
  const { shop, token } = await openFor(row, state);
  const flags = flagsOf(row);
  let made = token;
  if (made === undefined) {
    expect((await runSetup(shop, { ...flags, only: "machine-user" })).failure).toBeUndefined();
    made = (await shop.sandbox.acceptInvitation(emailFor(row))).token;
    expect((await runSetup(shop, flags, made)).failure).toBeUndefined();
  } else await onceMore(row, shop, made);
  return { shop, token: made };
}

/** Runs the setup again where the machine user has its token. */
async function onceMore(row: Row, shop: Shop, token: string) {
  // A CI system keeps its token by itself, so there the token is needed each time.
  const given = row.task === "checkout" ? token : undefined;
  expect((await runSetup(shop, flagsOf(row), given)).failure).toBeUndefined();
}

/** Finishes the setup in a terminal, answering each question as it comes. */
async function byTerminal(row: Row, state: State) {
  const { shop, token } = await openFor(row, state);
  const made = token === undefined ? [] : [token];
  const terminal = fakeTerminal(100, 30);
  const ended = runSetupOn(terminal, shop, { report: join(shop.folder, "record.md") });
  await answer(terminal, ended, [
    [/What is the machine user to do\?/u, pick(listed.indexOf(row.task))],
    [/Add a redeploy, although/u, keys.down + keys.enter],
    [/On which environment does/u, `${row.environment}\r`],
    [/Which commands does the cron run\?/u, `${customCommand}\r`],
    [/The plan\. Nothing is done yet/u, keys.tab + keys.enter],
    [
      /The machine user's API token/u,
      async () => {
        if (made.length === 0)
          made.push((await shop.sandbox.acceptInvitation(emailFor(row))).token);
        return `${keys.paste(`${made[0]}\n`)}\r`;
      },
    ],
  ]);
  const { failure, out, err } = await ended;
  expect(failure).toBeUndefined();
  const said = [terminal.written(), ...terminal.history(), out, err];
  await holdNoSecret(shop.folder, [...made, shop.sandbox.operatorToken], said);
  return projectState(shop);
}

/** Points at the task at this place; nothing is marked, so that it is the one. */
function pick(place: number): string {
  return keys.down.repeat(place) + keys.enter;
}

type Reply = string | (() => Promise<string>);

/** Answers whichever of the questions is on the screen, each once, until the setup ends. */
async function answer(
  terminal: FakeTerminal,
  setup: Promise<unknown>,
  replies: readonly (readonly [RegExp, Reply])[],
): Promise<void> {
  const left = new Set(replies);
  let over = false;
  const ended = setup.then(() => {
    over = true;
  });
  for (;;) {
    const any = new RegExp([...left].map(([question]) => question.source).join("|"), "u");
    await Promise.race([terminal.shows(any), ended]);
    if (over) return;
    const screen = terminal.screen().join("\n");
    const next = [...left].find(([question]) => question.test(screen));
    if (next === undefined) throw new Error(`no question is known here:\n${screen}`);
    left.delete(next);
    terminal.type(typeof next[1] === "string" ? next[1] : await next[1]());
  }
}

/** Where else a setup may start, and how it may be finished from there. */
const others = [
  {
    state: "partly done",
    finish: async (row: Row) => projectState((await byFlags(row, "partly done")).shop),
  },
  ...states.map((state) => ({ state, finish: (row: Row) => byTerminal(row, state) })),
];

describe.each(tasks)("a setup of $task", (row) => {
  test("comes to the same bytes and the same project in a terminal and by flags, from wherever it starts", async () => {
    const { shop, token } = await byFlags(row, "fresh");
    const wanted = await projectState(shop);
    expect(wanted.waiting).toEqual([]);
    await onceMore(row, shop, token);
    expect(await projectState(shop)).toEqual(wanted);
    for (const { state, finish } of oneOf(others, tasks.indexOf(row)))
      expect({ state, ...(await finish(row)) }).toEqual({ state, ...wanted });
  });
});
