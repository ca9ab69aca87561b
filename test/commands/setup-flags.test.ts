import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { flagsOf } from "../../src/commands/command.ts";
import { type Flag, flagName } from "../../src/commands/flags/flag.ts";
import { commandTable } from "../../src/commands/flags/table.ts";
import { setupRequest } from "../../src/commands/setup/run.ts";
import { Failure } from "../../src/failure.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { quarterOf } from "../amounts.ts";
import { converse } from "../setup/conversation.ts";
import { runSetup } from "../setup/run-setup.ts";
import { openShop } from "../setup/shop.ts";

const email = "operator+shop@example.org";
const online = { email, environment: "staging", yes: true, dryRun: true };
const offline = { offline: true, branch: "staging", yes: true, dryRun: true };

/** Setups of every kind, each by the flags that it needs. */
const situations: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  backup: { ...online, task: "backup" },
  sync: { ...online, task: "sync" },
  "source operation": { ...online, task: "source-operation" },
  redeploy: { ...online, task: "redeploy" },
  "commands of one's own": { ...online, task: "custom", command: "platform activity:list" },
  "checkout in CI": { ...online, task: "checkout" },
  "two tasks": { ...online, task: "backup,sync" },
  "a job of CI": { ...online, task: "backup", where: "github" },
  offline: { ...offline, task: "backup" },
  "offline, by type": { ...offline, branch: undefined, guard: "type", task: "backup" },
  "the files alone": { ...online, task: "backup", only: "installer,cron" },
  "the machine user alone": { ...online, task: "backup", only: "machine-user" },
};

/** What is given for each flag: nothing that a setup would come to by itself. */
const values: Readonly<Record<string, unknown>> = {
  project: "nobodys2project",
  environment: "main",
  app: "nowhere",
  appFile: "nowhere.yaml",
  task: "redeploy",
  where: "gitlab",
  repository: "acme/other",
  command: "platform environment:list",
  operation: "nothing",
  live: true,
  schedule: ["backup=7 7 * * *"],
  cronName: ["backup=seven"],
  guard: "type",
  branch: "seven",
  installer: "php",
  cliVersion: "5.10.0",
  only: "token",
  offline: true,
  email: "other@example.org",
  ifSet: "leave",
};

/**
 * Flags that agree to something beforehand, or say how the run goes and is told: where what they agree to doesn't come up,
 * the setup is the same with them.
 */
const agreements: ReadonlySet<string> = new Set([
  ...["otherProject", "changeRole", "acceptExtraRights", "ifSet", "deleteStrays", "keychain"],
  ...["commit", "report", "json", "wait", "dryRun", "yes", "machineTokenStdin"],
]);

const flags = Object.entries<Flag>(commandTable.setup.flags).filter(
  ([name]) => !agreements.has(name),
);

test.each(Object.entries(situations).map(([name, base], place) => [name, base, place] as const))(
  "no flag is dropped in silence: %s",
  async (_name, base, place) => {
    const shop = await openShop();
    await appendFile(
      join(shop.directory, ".git/config"),
      '[remote "origin"]\n\turl = git@github.com:acme/shop.git\n[remote "more"]\n\turl = git@github.com:acme/other.git\n',
    );
    const usual = await runSetup(shop, base);
    expect(usual.failure).toBeUndefined();
    const dropped: string[] = [];
    for (const [name, flag] of quarterOf(flags, place)) {
      // Who names the parts does some of the work now, and the rest of it with the same flags.
      const isForLater = "only" in base && flag.use !== undefined;
      if (base[name] === values[name] || isForLater) continue;
      const { failure, out } = await runSetup(shop, { ...base, [name]: values[name] }).catch(
        refused,
      );
      if (failure !== undefined) expect(failure).toBeInstanceOf(Failure);
      else if (withoutPlace(out) === withoutPlace(usual.out)) dropped.push(flagName(name, flag));
    }
    expect(dropped).toEqual([]);
  },
);

function refused(failure: unknown) {
  return { failure, out: "" };
}

/** Where a value comes from is told of each; that alone is no use. */
function withoutPlace(out: string): string {
  return out.replaceAll(/ \([^)]*\)$/gmu, "").replaceAll(/^to go on.*$/gmu, "");
}

test.each([
  ["environment", { offline: true, task: "backup" }],
  ["branch", { task: "backup", guard: "type" }],
  ["repository", { task: "backup" }],
  ["operation", { task: "backup" }],
  ["changeRole", { offline: true, task: "backup" }],
  ["acceptExtraRights", { offline: true, task: "backup" }],
  ["otherProject", { offline: true, task: "backup" }],
  ["keychain", { offline: true, task: "backup" }],
  ["deleteStrays", { task: "backup", where: "github" }],
  ["ifSet", { task: "checkout" }],
  ["machineTokenStdin", { offline: true, task: "backup" }],
] as const)("what can't come up is refused: %s", async (name, base) => {
  const shop = await openShop();
  const value = values[name] ?? true;
  const attempt = async () => runSetup(shop, { ...base, yes: true, dryRun: true, [name]: value });
  await expect(attempt()).rejects.toMatchObject({
    reason: "usage",
    parts: { what: expect.stringContaining("would not be used") },
  });
});

test.each([
  [
    { operation: "update" },
    { task: "backup" },
    "--operation would not be used: it is for the task",
  ],
  [
    { task: "backup", guard: "type" },
    { where: "github" },
    "--guard would not be used: it is for a cron of the project, and a CI system does the work",
  ],
  [
    { task: "backup", repository: "acme/shop", where: "github" },
    { where: "cron" },
    "--repository would not be used: it is for a job of a CI system, and a cron does the work",
  ],
])(
  "a person's answer that has a flag of %j dropped is refused: %j",
  async (flags, answers, sentence) => {
    const shop = await openShop();
    const before = await readFile(shop.file, "utf8");
    const request = setupRequest(shop.directory, flagsOf("setup", flags));
    const { where: _answered, ...given } = request.given;
    const asked = converse(setupProcedure, shop, answers, {
      request: {
        flagsGiven: request.flagsGiven ?? [],
        given,
        ciSystem: { system: "github", because: "found" },
      },
    });
    await expect(asked).rejects.toThrow(sentence);
    expect(await readFile(shop.file, "utf8")).toBe(before);
  },
);

test.each([
  ["app", "nowhere", "There is no app nowhere; the apps are shop"],
  ["operation", "nothing", "There is no source operation nothing; the app has update"],
])("the only one there is has to be the one that --%s names", async (name, value, sentence) => {
  const shop = await openShop();
  const { failure } = await runSetup(shop, { ...online, task: "source-operation", [name]: value });
  expect(String(failure)).toContain(sentence);
});
