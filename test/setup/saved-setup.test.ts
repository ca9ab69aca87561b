import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { savedSetups, setupKeeper } from "../../src/setup/saved-setup.ts";
import type { SavedSetup, SetupRequest } from "../../src/setup/session.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { type Conversation, converse } from "./conversation.ts";
import { openShop, readApi, type Shop } from "./shop.ts";

const email = "bot@shop.example.org";
const answers = { task: "backup", email, "schedule:backup": "7 3 * * *" };

/** The one file that keeps an unfinished setup. */
async function savedFile({ folder }: Shop): Promise<string> {
  const files = await readdir(join(folder, "state/setups"), {
    recursive: true,
    withFileTypes: true,
  });
  const [file] = files.filter((each) => each.isFile());
  return file === undefined ? "" : join(file.parentPath, file.name);
}

/** A setup that somebody leaves when the token is asked for. */
async function leftAtToken(shop: Shop): Promise<void> {
  const leaving = converse(setupProcedure, shop, answers, {
    keep: true,
    onQuestion: async ({ kind }) => {
      if (kind === "secret") throw new Error("left");
    },
  });
  await expect(leaving).rejects.toThrow("left");
}

async function goneOnWith(shop: Shop, more: Readonly<Record<string, string>>, request = {}) {
  const { offer } = await savedSetups(shop.directory, shop.env, "shopq4m2v7xk3");
  return converse(setupProcedure, shop, more, {
    keep: true,
    request: { ...request, ...(offer === undefined ? {} : { saved: offer }) },
  });
}

test("a setup that was left is gone on with, without an answer or an invitation twice", async () => {
  const shop = await openShop();
  await leftAtToken(shop);
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { asked, told }: Conversation = await goneOnWith(shop, { token });
  expect(asked.slice(0, 2)).toEqual([
    "Go on with the setup of Shop (shopq4m2v7xk3)?",
    "The machine user's API token",
  ]);
  expect(told.join("\n")).toContain(`Address: ${email}`);
  const sent = shop.sandbox.requests.filter(
    ({ method, path }) => method === "POST" && path.endsWith("/invitations"),
  );
  expect(sent).toHaveLength(1);
  expect(await readFile(shop.file, "utf8")).toContain("backup:create");
  expect(await savedFile(shop)).toBe("");
});

test("a task that was not wanted after all stays away when the setup is gone on with", async () => {
  const shop = await openShop();
  const leaving = converse(
    setupProcedure,
    shop,
    { ...answers, task: "backup,redeploy", "doubt:redeploy": "no" },
    {
      keep: true,
      onQuestion: async ({ kind }) => {
        if (kind === "secret") throw new Error("left");
      },
    },
  );
  await expect(leaving).rejects.toThrow("left");
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { asked, told } = await goneOnWith(shop, { token });
  expect(asked).not.toContain("Add a redeploy, although certificates renew by themselves?");
  expect(told.join("\n")).toContain("Sure: no, don't redeploy (");
});

test("what is kept can be read by its owner only, and holds no secret", async () => {
  const shop = await openShop();
  await leftAtToken(shop);
  const path = await savedFile(shop);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const text = await readFile(path, "utf8");
  expect(text).toContain(email);
  expect(text).not.toContain(shop.sandbox.operatorToken);
});

test("started anew, everything is asked", async () => {
  const shop = await openShop();
  await leftAtToken(shop);
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { asked } = await goneOnWith(shop, { ...answers, "go-on": "anew", token });
  expect(asked).toContain("What is the machine user to do?");
});

test("a flag that is given now counts more than the answer that is kept", async () => {
  const shop = await openShop();
  await leftAtToken(shop);
  const { token } = await shop.sandbox.acceptInvitation(email);
  const given = { "schedule:backup": "9 9 * * *" };
  await goneOnWith(shop, { token }, { given, cronNames: { backup: "nightly" } });
  const text = await readFile(shop.file, "utf8");
  expect(text).toContain("9 9 * * *");
  expect(text).toContain("nightly:");
});

test("the flags of then hold on: parts, installer, version and names", async () => {
  const shop = await openShop();
  const request: Partial<SetupRequest> = {
    only: ["machine-user", "token", "installer"],
    cliVersion: "5.11.0",
  };
  const leaving = converse(setupProcedure, shop, answers, {
    keep: true,
    request,
    onQuestion: async ({ kind }) => {
      if (kind === "secret") throw new Error("left");
    },
  });
  await expect(leaving).rejects.toThrow("left");
  const { token } = await shop.sandbox.acceptInvitation(email);
  await goneOnWith(shop, { token });
  const text = await readFile(shop.file, "utf8");
  expect(text).toContain("VERSION=5.11.0");
  expect(text).not.toContain("backup:create");
  expect(await readApi(shop, "/environments/main/variables")).toEqual([]);
});

test("a setup of another project is not offered", async () => {
  const shop = await openShop();
  await leftAtToken(shop);
  expect(await savedSetups(shop.directory, shop.env, "blogn6w3t8ry5")).toEqual({ damaged: [] });
  expect(await savedSetups(shop.folder, shop.env, "shopq4m2v7xk3")).toEqual({ damaged: [] });
  expect((await savedSetups(shop.directory, shop.env, undefined)).offer).toBeDefined();
});

test("a setup is offered a week later, and deleted after a month", async () => {
  const shop = await openShop();
  await leftAtToken(shop);
  const path = await savedFile(shop);
  const age = async (days: number) => {
    const saved: SavedSetup = JSON.parse(await readFile(path, "utf8"));
    const left = new Date(Date.now() - days * 86_400_000).toISOString();
    await writeFile(path, JSON.stringify({ ...saved, left }));
    return (await savedSetups(shop.directory, shop.env, undefined)).offer;
  };
  expect(await age(7)).toMatchObject({ at: "Token" });
  expect(await age(31)).toBeUndefined();
  expect(await savedFile(shop)).toBe("");
});

test.each([["{"], ["{}"], ['{"version":2}'], [""], ["\u0000"]])(
  "a file that holds %j is told, and no setup is gone on with",
  async (text) => {
    const shop = await openShop();
    await leftAtToken(shop);
    const path = await savedFile(shop);
    await writeFile(path, text);
    expect(await savedSetups(shop.directory, shop.env, undefined)).toEqual({ damaged: [path] });
    expect(await readFile(path, "utf8")).toBe(text);
  },
);

test("a state that can't be written ends no setup", async () => {
  const shop = await openShop();
  await writeFile(join(shop.folder, "state"), "a file");
  const keeper = setupKeeper(shop.directory, shop.env);
  const answer = { value: "shopq4m2v7xk3", shown: "Shop", because: "", basis: "" };
  const session = {
    request: {
      directory: shop.directory,
      only: ["cron"],
      offline: false,
      effect: "apply",
      installer: "bash",
      cronNames: {},
      given: {},
    },
    answers: { project: { ...answer, origin: "asked" } },
  } as const;
  await expect(keeper.keep(session, "Token")).resolves.toBeUndefined();
  await expect(keeper.drop(session)).resolves.toBeUndefined();
});
