import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { someOf } from "../amounts.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, readApi } from "./shop.ts";

/** Each task with the flags that answer its own questions, the role it comes to, and the command its cron runs. */
const rows = [
  {
    task: "backup",
    flags: {},
    permissions: [{ type: "production", role: "admin" }],
    runs: "platform backup:create --yes --no-wait",
  },
  {
    task: "backup",
    flags: { live: true },
    permissions: [{ type: "production", role: "admin" }],
    runs: "platform backup:create --live --yes --no-wait",
  },
  {
    task: "source-operation",
    flags: { environment: "staging" },
    permissions: [{ type: "staging", role: "admin" }],
    runs: "platform source-operation:run update --no-wait",
  },
  {
    task: "sync",
    flags: { environment: "staging" },
    permissions: [{ type: "staging", role: "admin" }],
    runs: "platform environment:synchronize data --yes --no-wait",
  },
  {
    task: "redeploy",
    flags: {},
    permissions: [{ type: "production", role: "admin" }],
    runs: "platform environment:redeploy --yes --no-wait",
  },
  {
    task: "custom",
    flags: { command: "platform db:dump --gzip -f dump.sql.gz && platform backup:list" },
    permissions: [{ type: "production", role: "contributor" }],
    runs: "platform db:dump --gzip -f dump.sql.gz && platform backup:list",
  },
  {
    task: "custom",
    flags: { command: "platform env:redep; platform backup" },
    permissions: [{ type: "production", role: "admin" }],
    runs: "platform env:redep --yes --no-wait; platform backup --yes --no-wait",
  },
] as const;

describe.each(someOf(rows))("the task $task with $flags", ({ task, flags, permissions, runs }) => {
  const email = `operator+shop-${task}@example.org`;

  test("invites with the least role, installs, and guards the cron by the environment's branch", async () => {
    const shop = await openShop();
    const sample = await readFile(shop.file, "utf8");
    await writeFile(shop.file, sample.replace("platform redeploy --yes", "true"));
    const all = { ...flags, task, email, yes: true };
    const invited = await runSetup(shop, { ...all, only: "machine-user" });
    expect(invited.failure).toBeUndefined();
    expect(await readApi(shop, "/invitations")).toMatchObject([
      { email, role: "viewer", permissions },
    ]);
    const { token } = await shop.sandbox.acceptInvitation(email);

    const { failure } = await runSetup(shop, all, token);
    expect(failure).toBeUndefined();
    const branch = "environment" in flags ? flags.environment : "main";
    const text = await readFile(shop.file, "utf8");
    expect(text).toContain(
      `if [ "$PLATFORM_BRANCH" = ${branch} ]; then\n                    ${runs}\n`,
    );
    expect(text).toContain("platform --version || exit 1");

    const again = await runSetup(shop, all);
    expect(again.failure).toBeUndefined();
    expect(await readFile(shop.file, "utf8")).toBe(text);
    expect(again.out).toContain("Nothing was left to do.");
  });
});

describe("a setup of", () => {
  test("checkout touches neither file nor variable, and says what the CI system needs", async () => {
    const shop = await openShop();
    const email = "operator+shop-checkout@example.org";
    const flags = { task: "checkout", email, yes: true };
    const before = await readFile(shop.file, "utf8");
    const invited = await runSetup(shop, { ...flags, only: "machine-user" });
    expect(invited.failure).toBeUndefined();
    expect(await readApi(shop, "/invitations")).toMatchObject([{ email, role: "viewer" }]);
    const { token } = await shop.sandbox.acceptInvitation(email);
    const { failure, out } = await runSetup(shop, flags, token);
    expect(failure).toBeUndefined();
    expect(await readFile(shop.file, "utf8")).toBe(before);
    expect(shop.sandbox.requests.filter(({ path }) => path.includes("/variables"))).toEqual([]);
    expect(out).toContain("set PLATFORMSH_CLI_TOKEN to the machine user's token");
    expect(out).toContain("platform project:get shopq4m2v7xk3 --yes");
    expect(out).not.toContain(token);
  });

  test("several tasks unites the roles, keeps the crons apart in time, and warns", async () => {
    const shop = await openShop();
    const flags = {
      task: "backup,custom",
      command: "platform db:dump",
      email: "operator+shop@example.org",
      schedule: ["custom=10 6 * * *"],
      yes: true,
    };
    const { failure, out } = await runSetup(shop, { ...flags, only: "machine-user,cron" });
    expect(failure).toBeUndefined();
    expect(await readApi(shop, "/invitations")).toMatchObject([
      { permissions: [{ type: "production", role: "admin" }] },
    ]);
    expect(out).toContain("the manual advises one for each");
    const text = await readFile(shop.file, "utf8");
    expect(text).toContain("spec: '0 5 * * *'");
    expect(text).toContain("spec: '10 6 * * *'");
    expect(text.indexOf("backup:create")).toBeLessThan(text.indexOf("db:dump"));
  });

  test("commands of one's own keeps what stands beside the CLI's commands, though another cron has those", async () => {
    const shop = await openShop();
    const flags = {
      task: "backup,custom",
      command: "platform backup:create && echo done",
      branch: "main",
      offline: true,
      yes: true,
    };
    expect((await runSetup(shop, flags)).failure).toBeUndefined();
    const text = await readFile(shop.file, "utf8");
    expect(text).toContain("platform backup:create --yes --no-wait && echo done\n");
    expect((await runSetup(shop, flags)).out).toContain("Nothing was left to do.");
    expect(await readFile(shop.file, "utf8")).toBe(text);
  });

  test("two tasks with the same suggestion moves the second on", async () => {
    const shop = await openShop();
    await writeFile(
      shop.file,
      (await readFile(shop.file, "utf8")).replace("'30 4 1,15 * *'", "'0 5 * * *'"),
    );
    const { failure } = await runSetup(shop, {
      task: "backup",
      branch: "main",
      offline: true,
      yes: true,
    });
    expect(failure).toBeUndefined();
    expect(await readFile(shop.file, "utf8")).toContain("spec: '20 5 * * *'");
  });
});

test("what wants an environment of its own is offered production after all others", async () => {
  const shop = await openShop();
  const seen = new Error("enough was seen");
  const offered: string[] = [];
  const asked = converse(
    setupProcedure,
    shop,
    { task: "source-operation" },
    {
      onQuestion: async (question) => {
        if (question.flag !== "--environment" || question.kind !== "choice") return;
        offered.push(...question.choices.map(({ value }) => value));
        throw seen;
      },
    },
  );
  await expect(asked).rejects.toBe(seen);
  expect(offered).toContain("staging");
  expect(offered.at(-1)).toBe("main");
});

describe("a setup refuses", () => {
  test.each([
    [{ task: "sync" }, "Not answered: On which environment"],
    [{ task: "sync", environment: "main" }, "it has no parent to copy the data from"],
    [{ task: "source-operation" }, "Not answered: On which environment"],
    [
      { task: "source-operation", environment: "staging", guard: "type", operation: "update" },
      "every staging environment would run it",
    ],
    [{ task: "custom" }, "Not answered: Which commands"],
    [{ task: "custom", command: "echo hello" }, "no command of the platform's CLI"],
    [{ task: "custom", command: "platform backpu" }, "The CLI has no command backpu"],
    [
      { task: "custom", command: "platform backup:create --nowait" },
      "backup:create has no option --nowait; --no-wait may be meant",
    ],
    [{ task: "custom", command: "platform db:dump --wait" }, "db:dump has no option --wait"],
    [
      { task: "custom", command: "platform snapshot:create" },
      "The CLI has snapshot:create only as backup:create",
    ],
    [{ task: "custom", command: "platform if (" }, "dash could not read that"],
    [
      { task: "custom", command: "platform organization:delete shop --yes" },
      "rights beyond one project",
    ],
    [{ task: "checkout", offline: true }, "nothing to do offline"],
    [{ task: "backup,rsync" }, "There is no task rsync"],
  ])("%j, and changes nothing", async (flags, sentence) => {
    const shop = await openShop();
    const before = await readFile(shop.file, "utf8");
    const online = { email: "operator+machine@example.org", only: "machine-user,cron" };
    const { failure } = await runSetup(shop, {
      ...("offline" in flags ? {} : online),
      yes: true,
      ...flags,
    });
    expect(failure).toBeInstanceOf(Failure);
    expect(String(failure)).toContain(sentence);
    expect(await readFile(shop.file, "utf8")).toBe(before);
    expect(await readApi(shop, "/invitations")).toEqual([]);
  });

  test("a schedule that could be meant for either of two tasks", async () => {
    const shop = await openShop();
    const attempt = runSetup(shop, { task: "backup,sync", schedule: ["0 5 * * *"], yes: true });
    await expect(attempt).rejects.toThrow("each value has to say which one it is for");
  });
});
