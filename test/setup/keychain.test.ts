import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { memoryKeychain } from "../keychain/memory-keychain.ts";
import { converse } from "./conversation.ts";
import { openShop, type Shop } from "./shop.ts";

const keep = "Keep your token in the system keychain?";

/** The shop as a person finds it who has no token in the environment. */
async function signedOut(): Promise<Shop> {
  const shop = await openShop();
  return { ...shop, env: { ...shop.env, PLATFORMSH_CLI_TOKEN: "" } };
}

const answers = (shop: Shop) => ({
  "sign-in": shop.sandbox.operatorToken,
  email: "operator+shop-backup@example.org",
});
const onlyAccess = { only: ["machine-user"], given: { task: "backup" } } as const;

test("a token that was pasted is not kept unless the person says so", async () => {
  const shop = await signedOut();
  const keychain = memoryKeychain();
  const { asked, told } = await converse(setupProcedure, shop, answers(shop), {
    keychain,
    request: onlyAccess,
  });
  expect(asked).toContain(keep);
  expect(told).toContain("Keychain: your token is not kept (nothing is kept unless you say so)");
  expect(keychain.secrets.size).toBe(0);
});

test("a token that is kept is in the keychain and in no file", async () => {
  const shop = await signedOut();
  const keychain = memoryKeychain();
  const { told } = await converse(
    setupProcedure,
    shop,
    { ...answers(shop), keychain: "keep" },
    { keychain, request: onlyAccess },
  );
  expect(told).toContain("Keychain: your token is kept until machinist logout (you chose)");
  const [kept] = keychain.secrets.values();
  expect(kept?.reveal()).toBe(shop.sandbox.operatorToken);
  const files = await readdir(shop.folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), "latin1")),
  );
  expect(texts.some((text) => text.includes("keptAccounts"))).toBe(true);
  for (const text of texts) expect(text).not.toContain(shop.sandbox.operatorToken);
});

test("nobody is asked where the session has no keychain", async () => {
  const shop = await signedOut();
  const { asked, told } = await converse(setupProcedure, shop, answers(shop), {
    request: onlyAccess,
  });
  expect(asked).not.toContain(keep);
  expect(told).toContain(
    "Keychain: your token is not kept (there is no system keychain to use here)",
  );
});

test("nobody is asked who is signed in by the environment", async () => {
  const shop = await openShop();
  const { asked } = await converse(setupProcedure, shop, answers(shop), {
    keychain: memoryKeychain(),
    request: onlyAccess,
  });
  expect(asked).not.toContain(keep);
});
