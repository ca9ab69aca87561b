import { afterAll, beforeAll, expect, test } from "vitest";
import {
  changingAtOnce,
  type WayToSet,
  waysToSet,
  withDryRun,
} from "../../src/shell/cli/effects.ts";
import { changesPlatform, waitsByDefault } from "../../src/shell/cli-call.ts";
import { cliCommand, firstReleases } from "../../src/shell/cli-commands.ts";
import { readScript } from "../../src/shell/script.ts";
import { type OfficialCliAlone, officialCliAlone } from "./official-cli-source.ts";

/** They change an account, an organization, a team or its reach, or make a project; the project that calls stays as it is. */
const changingNoProject = [
  "auth:verify-phone-number",
  "organization:billing:address",
  "organization:billing:profile",
  "organization:create",
  "organization:delete",
  "organization:info",
  "organization:user:add",
  "organization:user:delete",
  "organization:user:update",
  "project:create",
  "ssh-key:add",
  "ssh-key:delete",
  "team:create",
  "team:delete",
  "team:project:add",
  "team:project:delete",
  "team:user:add",
  "team:user:delete",
];

let official: OfficialCliAlone;

beforeAll(async () => {
  official = await officialCliAlone();
});

afterAll(() => official.end());

/** What a request that changes something is sent with. */
const sending =
  /->request\('(?:POST|PATCH|PUT|DELETE)'|->(?:post|patch|put|delete|update|setProperty|cancel|clearBuildCache|create(?:Subscription|Organization|Team)|inviteMemberByEmail|addSshKey|set\w+Settings)\(/u;

/** The commands that the official CLI has, each with its source and the one of the class that it is made of. */
function commandsWithSource() {
  const ofClass = new Map(official.inSource.map(({ own, text }) => [own, text]));
  const ofName = new Map(official.inSource.map((command) => [command.name, command]));
  return official.listed.flatMap(({ name, definition }) => {
    const command = ofName.get(name);
    if (command === undefined) return [];
    const sends = sending.test(command.text) || sending.test(ofClass.get(command.base) ?? "");
    return [{ name, definition, text: command.text, sends }];
  });
}

/** How the source of a command has it set something: by the argument without which it only reads, or by options. */
function settingInSource(text: string, taken: readonly string[]): WayToSet | undefined {
  const read = /\$(\w+) = \$input->getArgument\('(\w+)'\);\s*if \(\$\1 [!=]== null\)/u.exec(
    text,
  )?.[2];
  if (read !== undefined) return { arguments: taken.indexOf(read) + 1 };
  const changing = text.matchAll(/if \(\$(\w+) [!=]== [^)]*\) \{[^{}]*\$change = true;/gu);
  const options = [...changing].map(([, variable]) => {
    const option = new RegExp(`\\$${variable} = \\$input->getOption\\('([\\w-]+)'\\)`, "u");
    return `--${option.exec(text)?.[1]}`;
  });
  return options.length === 0 ? undefined : { options: options.toSorted() };
}

function called(words: string) {
  const [call] = readScript(`platform ${words}`).commands;
  if (call === undefined) throw new Error(`no call of the CLI: ${words}`);
  return { changes: changesPlatform(call), waits: waitsByDefault(call) };
}

test("a command sets something by the arguments and options that its source says, and by no others", () => {
  const found = commandsWithSource().flatMap(({ name, definition, text, sends }) => {
    const isKnown = ["always", "on-request"].includes(cliCommand(name)?.waiting ?? "");
    if (isKnown || !sends || changingNoProject.includes(name)) return [];
    const setting = settingInSource(text, Object.keys(Object(definition.arguments)));
    return setting === undefined ? [] : [[name, setting] as const];
  });
  expect(new Map(found)).toEqual(waysToSet);
  // The one of those that wait when they set something that sets nothing any more: it refuses to.
  const refusing = commandsWithSource().filter(
    ({ name }) => cliCommand(name)?.waiting === "when-setting" && !waysToSet.has(name),
  );
  expect(refusing.map(({ name }) => name)).toEqual(["user:get"]);
  expect(refusing[0]?.text).toMatch(/if \(\$input->getOption\('role'\)\) \{[^{}]*return 1;/u);
});

test("a call changes something where it has what sets it, and only reads without", () => {
  const effects = commandsWithSource().flatMap(({ name, definition }) => {
    const setting = waysToSet.get(name);
    if (setting === undefined) return [];
    const needed = "arguments" in setting ? setting.arguments : Number.POSITIVE_INFINITY;
    const taken = Object.keys(Object(definition.arguments));
    const counts = [0, ...taken.map((_, index) => index + 1)];
    const options = Object.keys(Object(definition.options)).map((option) => `--${option}`);
    const waits = cliCommand(name)?.waiting === "when-setting";
    const byArguments = counts.map((count) => ({
      words: `${name}${" word".repeat(count)}`,
      changes: count >= needed,
    }));
    const byOptions = options
      .filter((option) => !["--help", "--version"].includes(option))
      .map((option) => ({
        words: `${name} ${option}=1`,
        changes: "options" in setting && setting.options.includes(option),
      }));
    return [...byArguments, ...byOptions].map((each) => ({
      ...each,
      waits: waits && each.changes,
    }));
  });
  expect(effects.length).toBeGreaterThan(40);
  expect(effects.filter(({ changes }) => changes).length).toBeGreaterThan(6);
  expect(effects.map(({ words }) => ({ words, ...called(words) }))).toEqual(effects);
});

test("every command that sends a change is known to change, or changes no project", () => {
  const sent = commandsWithSource().filter(({ sends }) => sends);
  expect(sent.length).toBeGreaterThan(40);
  const others = sent
    .map(({ name }) => name)
    .filter((name) => !called(name).changes && !waysToSet.has(name));
  expect(others.toSorted()).toEqual(changingNoProject);
  const atOnce = sent.filter(
    ({ name }) => cliCommand(name)?.waiting === "never" && called(name).changes,
  );
  expect(atOnce.map(({ name }) => name).toSorted()).toEqual([...changingAtOnce].toSorted());
});

test("a command that can show what it would change does no more where that is asked for", () => {
  const showing = commandsWithSource().filter(
    ({ definition }) => "dry-run" in Object(definition.options),
  );
  expect(showing.map(({ name }) => name).toSorted()).toEqual([...withDryRun].toSorted());
  for (const { name, text } of showing) {
    expect(text).toMatch(/if \(\$input->getOption\('dry-run'\)\) \{\s*return 0;/u);
    expect(called(name).changes).toBe(true);
    expect(called(`${name} --dry-run`)).toEqual({ changes: false, waits: false });
  }
});

/**
 * The first tag whose source has a command, or any of a family: those of platformsh/legacy-cli, and of upsun/cli (commit
 * 2ef1f8cb) for `task`.
 */
const firstTags: Readonly<Record<string, string>> = {
  "environment:redeploy": "3.30.0",
  "variable:create": "3.31.0",
  "user:update": "3.38.0",
  "source-operation:run": "3.42.0",
  "backup:create": "3.48.0",
  "auth:api-token-login": "3.53.0",
  "ssh-cert:load": "3.56.0",
  "activity:cancel": "3.64.0",
  "blue-green:": "4.1.0",
  "backup:delete": "4.4.0",
  "environment:pause": "4.7.0",
  "operation:run": "4.8.0",
  "team:": "4.14.0",
  "environment:deploy": "4.24.0",
  "environment:deploy:type": "4.24.0",
  "autoscaling:": "4.26.0",
  "task:": "5.11.0",
};

/** Those whose own tag nobody has looked up: they are taken to be as old as their other half. */
const together: Readonly<Record<string, string>> = {
  "backup:list": "backup:create",
  "backup:restore": "backup:create",
  "environment:resume": "environment:pause",
  "variable:update": "variable:create",
};

test("a command is there since the release that first had it", () => {
  const names = official.listed.map(({ name }) => name);
  const wanted = names.flatMap((name) => {
    const one = together[name] ?? name;
    const since = firstTags[one] ?? firstTags[one.replace(/:.*$/u, ":")];
    return since === undefined ? [] : [[name, since] as const];
  });
  expect(wanted.length).toBeGreaterThan(30);
  const known = [...firstReleases].map(([name, since]) => [name, since.join(".")]);
  expect(known.toSorted()).toEqual(wanted.toSorted());
});
