import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliCommand, cliCommands, formerNames } from "../../src/shell/cli-commands.ts";
import { someOf } from "../amounts.ts";
import { binary } from "./official-cli.ts";

const command = v.object({
  name: v.string(),
  aliases: v.array(v.string()),
  definition: v.object({ options: v.unknown() }),
});
type Command = v.InferOutput<typeof command>;

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

let home = "";
let listed: readonly Command[] = [];

/** What the official CLI says about itself, for which it needs no network; undefined when it ends with an error. */
function said(...args: readonly string[]): Promise<string | undefined> {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    UPSUN_CLI_HOME: home,
    UPSUN_CLI_NO_INTERACTION: "1",
    UPSUN_CLI_UPDATES_CHECK: "0",
  };
  return new Promise((resolve) => {
    execFile(binary, args, { env, cwd: home, maxBuffer: 2 ** 24 }, (error, out) =>
      resolve(error === null ? out : undefined),
    );
  });
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "machinist-official-cli-"));
  const list: unknown = JSON.parse((await said("list", "--all", "--format=json")) ?? "");
  listed = v.parse(v.object({ commands: v.array(command) }), list).commands;
});

afterAll(() => rm(home, { recursive: true }));

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

test("what the official CLI doesn't list is only platform's", () => {
  const names = new Set(listed.map(({ name }) => name));
  const others = cliCommands.map(({ name }) => name).filter((name) => !names.has(name));
  expect(others.toSorted()).toEqual(ofPlatformOnly);
});

test("a name of earlier versions is refused by the official CLI", async () => {
  const former = someOf([...formerNames.keys()]);
  const helped = await Promise.all(former.map((name) => said(name, "--help")));
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
    short.map(async (name) => {
      const help: unknown = JSON.parse((await said("help", name, "--format=json")) ?? "null");
      return v.parse(command, help).name;
    }),
  );
  expect(short.map((name) => cliCommand(name)?.name)).toEqual(meant);
});
