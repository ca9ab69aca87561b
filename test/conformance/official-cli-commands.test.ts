import { afterAll, beforeAll, expect, test } from "vitest";
import { unknownOptions } from "../../src/shell/cli-call.ts";
import { cliCommand, cliCommands, formerNames } from "../../src/shell/cli-commands.ts";
import { readScript } from "../../src/shell/script.ts";
import { someOf } from "../amounts.ts";
import {
  type Command,
  nameInHelp,
  type OfficialCliAlone,
  officialCliAlone,
} from "./official-cli-source.ts";

/** `platform` has these and `upsun` leaves them out; they are kept because files still call them. */
const ofPlatformOnly = [
  "local:build",
  "project:variable:delete",
  "project:variable:set",
  "server:run",
  "variable:disable",
  "variable:enable",
  "variable:set",
];

let official: OfficialCliAlone;
let listed: readonly Command[] = [];

beforeAll(async () => {
  official = await officialCliAlone();
  listed = official.listed;
});

afterAll(() => official.end());

test("every command of the official CLI is known, with its other names", () => {
  expect(listed.length).toBeGreaterThan(150);
  const known = listed.map(({ name }) => ({ name, aliases: cliCommand(name)?.aliases.toSorted() }));
  expect(known).toEqual(listed.map(({ name, aliases }) => ({ name, aliases: aliases.toSorted() })));
});

test("a command waits as its options say", () => {
  const waiting = (name: string) => cliCommand(name)?.waiting.replace("when-setting", "always");
  const wanted = ({ definition }: Command) => {
    const options = Object.keys(Object(definition.options));
    if (options.includes("no-wait")) return "always";
    return options.includes("wait") ? "on-request" : "never";
  };
  expect(listed.map(({ name }) => `${name} ${waiting(name)}`)).toEqual(
    listed.map((each) => `${each.name} ${wanted(each)}`),
  );
});

test("an option that a command has is never called unknown", () => {
  const called = listed.flatMap(({ name, definition }) =>
    Object.keys(Object(definition.options)).map((option) => ({ name, option })),
  );
  expect(called.length).toBeGreaterThan(800);
  expect(called.filter(({ name, option }) => refused(name, option) !== undefined)).toEqual([]);
});

test("an option that lacks its hyphen is called unknown where the command has it, and refused by the official CLI", async () => {
  const waiting = listed.filter(({ definition }) => "no-wait" in Object(definition.options));
  expect(waiting.map(({ name }) => refused(name, "nowait")?.meant)).toEqual(
    waiting.map(() => "--no-wait"),
  );
  const others = listed.filter(
    ({ name, definition }) =>
      !("no-wait" in Object(definition.options)) && refused(name, "no-wait") !== undefined,
  );
  expect(others.length).toBeGreaterThan(100);
  const tried = [
    ...someOf(waiting).map(({ name }) => [name, "--nowait"]),
    ...someOf(others).map(({ name }) => [name, "--no-wait"]),
  ];
  expect(await Promise.all(tried.map((words) => official.said(...words)))).toEqual(
    tried.map(() => undefined),
  );
});

/** What is said of a call of a command with this option. */
function refused(name: string, option: string) {
  const { commands } = readScript(`platform ${name} --${option}`);
  return commands.flatMap(unknownOptions)[0];
}

/** The answers that the questions of each command take where nobody gives one, as its source has them. */
function answersInSource(): ReadonlyMap<string, readonly ("yes" | "no")[]> {
  const commands = official.inSource.map(({ text, ...command }) => ({
    ...command,
    answers: text
      .split("->confirm(")
      .slice(1)
      .map((call) => (/,\s*false\s*,?\s*$/u.test(argumentsIn(call)) ? "no" : "yes")),
  }));
  const ofClass = new Map(commands.map(({ own, answers }) => [own, answers]));
  return new Map(
    commands.map(({ name, base, answers }) => [
      name,
      answers.length > 0 ? answers : (ofClass.get(base) ?? []),
    ]),
  );
}

/** The arguments of a call, up to the parenthesis that ends it. */
function argumentsIn(call: string): string {
  let depth = 1;
  for (const { 0: piece, index } of call.matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[()]/gsu)) {
    depth += piece === "(" ? 1 : piece === ")" ? -1 : 0;
    if (depth === 0) return call.slice(0, index);
  }
  return call;
}

test("a command asks, and takes the answer that its source says where nobody gives one", () => {
  const answers = answersInSource();
  const known = cliCommands.filter(({ name }) => answers.has(name));
  expect(known.length).toBeGreaterThan(150);
  const wanted = (name: string) => {
    const found = answers.get(name) ?? [];
    // It asks only in a terminal, and does the rest of its work in any case.
    if (found.length === 0 || name === "db:size") return "nothing";
    // Whether it is also to become the remote of the checkout decides nothing.
    return found.includes("no") && name !== "project:create" ? "no" : "yes";
  };
  const told = ({ name, asks }: (typeof known)[number]) =>
    `${name}: ${asks.replace(/ at times$| unless told what$/u, "")}`;
  expect(known.map(told)).toEqual(known.map(({ name }) => `${name}: ${wanted(name)}`));
  expect(known.filter(({ asks }) => asks === "no").length).toBeGreaterThan(5);
});

test("what the official CLI doesn't list is only platform's", () => {
  const names = new Set(listed.map(({ name }) => name));
  const others = cliCommands.map(({ name }) => name).filter((name) => !names.has(name));
  expect(others.toSorted()).toEqual(ofPlatformOnly);
});

test("a name of earlier versions is refused by the official CLI", async () => {
  const former = someOf([...formerNames.keys()]);
  const helped = await Promise.all(former.map((name) => official.said(name, "--help")));
  expect(former.filter((_, index) => helped[index] !== undefined)).toEqual([]);
});

test("a name that is cut short means the same command", async () => {
  const short = someOf([
    "env:redep",
    "backup:cr",
    "db:si",
    "project:cur",
    "env:set-r",
    "vget",
    "mount:si",
  ]);
  const meant = await Promise.all(
    short.map(async (name) => nameInHelp(await official.said("help", name, "--format=json"))),
  );
  expect(short.map((name) => cliCommand(name)?.name)).toEqual(meant);
});
