import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { logoutCommand } from "../../src/commands/logout/run.ts";
import { operatorToken } from "../../src/commands/sign-in/operator-token.ts";
import { Failure, UnclearFailure } from "../../src/failure.ts";
import { keptTokens } from "../../src/keychain/kept-tokens.ts";
import type { Keychain } from "../../src/keychain/keychain.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { emptyDirectory } from "../change/place.ts";
import { memoryKeychain } from "./memory-keychain.ts";

const canary = "canary-4e8b2a6c1d";
const api = "https://api.example.org";

/** A keychain that the system refuses, as in a session without a desktop. */
const refusing: Keychain = {
  works: async () => false,
  read: async () => Promise.reject(refusal()),
  keep: async () => Promise.reject(refusal()),
  forget: async () => Promise.reject(refusal()),
};

function refusal() {
  return new Failure("signedOut", {
    what: "The system keychain can't be used",
    why: "AccessDenied",
  });
}

async function surroundings(keychain: Keychain | undefined) {
  const MACHINIST_HOME = join(await emptyDirectory(), "state");
  const env: NodeJS.ProcessEnv = { MACHINIST_HOME, PLATFORMSH_CLI_API_BASE_URL: api };
  const said: string[] = [];
  const io = {
    out: (line: string) => said.push(line),
    err: (line: string) => said.push(line),
    document: () => undefined,
    env,
    keychain: async () => keychain,
    signal: new AbortController().signal,
  };
  return { io, env, said, tokens: keptTokens(env, api, io.keychain) };
}

test("a token that was kept signs in, and the environment has the first word", async () => {
  const { io, env, tokens } = await surroundings(memoryKeychain());
  expect(await operatorToken(vendors.platformsh, io)).toBeUndefined();
  await tokens.keep("operator", new Secret(canary));
  const kept = await operatorToken(vendors.platformsh, io);
  expect(kept?.token instanceof Secret && kept.token.reveal()).toBe(canary);
  expect(kept?.because).toBe("from the system keychain");
  env["PLATFORMSH_CLI_TOKEN"] = "exported-2fXq9";
  expect((await operatorToken(vendors.platformsh, io))?.because).toBe("from PLATFORMSH_CLI_TOKEN");
});

test("the settings know that a token is kept, and never the token", async () => {
  const { env, tokens } = await surroundings(memoryKeychain());
  await tokens.keep("operator", new Secret(canary));
  const settings = await readFile(join(env["MACHINIST_HOME"] ?? "", "settings.json"), "utf8");
  expect(settings).toContain(`operator, ${api}`);
  expect(settings).not.toContain(canary);
});

test("a token of one API is not taken for another's", async () => {
  const keychain = memoryKeychain();
  const { env, tokens } = await surroundings(keychain);
  await tokens.keep("operator", new Secret(canary));
  const sandbox = keptTokens(env, "http://127.0.0.1:4000", async () => keychain);
  expect(await sandbox.read("operator")).toBeUndefined();
});

test("the keychain isn't even opened where no token was kept", async () => {
  const { env } = await surroundings(undefined);
  let opened = 0;
  const tokens = keptTokens(env, api, async () => {
    opened += 1;
    return refusing;
  });
  expect(await tokens.read("operator")).toBeUndefined();
  expect(opened).toBe(0);
});

test("a token that the keychain refused to keep isn't looked for later", async () => {
  const { tokens } = await surroundings(refusing);
  await expect(tokens.keep("operator", new Secret(canary))).rejects.toThrow("keychain");
  expect(await tokens.has("operator")).toBe(false);
});

test("a token that the keychain may have kept is looked for, and forgotten at a logout", async () => {
  const keychain = memoryKeychain();
  const silent: Keychain = {
    ...keychain,
    keep: async (account, secret) => {
      await keychain.keep(account, secret);
      throw new UnclearFailure("signedOut", { what: "The system keychain can't be used" });
    },
  };
  const { io, said, tokens } = await surroundings(silent);
  await expect(tokens.keep("operator", new Secret(canary))).rejects.toThrow("keychain");
  expect(await tokens.has("operator")).toBe(true);
  await logoutCommand(vendors.platformsh, io);
  expect(keychain.secrets.size).toBe(0);
  expect(said).toEqual([`Forgotten: the token of operator, ${api}`]);
});

test("a token that is gone from the keychain already is not said to be forgotten", async () => {
  const keychain = memoryKeychain();
  const { io, said, tokens } = await surroundings(keychain);
  await tokens.keep("operator", new Secret(canary));
  await keychain.forget(`operator, ${api}`);
  await logoutCommand(vendors.platformsh, io);
  expect(said).toEqual([`No token of operator, ${api} was in the system keychain any more.`]);
  expect(await tokens.has("operator")).toBe(false);
});

test("a logout that can't write down what it did says so, and not that nothing was done", async () => {
  const keychain = memoryKeychain();
  const { env, tokens } = await surroundings(keychain);
  await tokens.keep("operator", new Secret(canary));
  const logout = async () => {
    for await (const _each of tokens.forgetAll())
      await writeFile(join(env["MACHINIST_HOME"] ?? "", "settings.json"), "damaged");
  };
  await expect(logout()).rejects.toThrow("is forgotten, but the settings have it still");
  expect(keychain.secrets.size).toBe(0);
});

test("why a token can't be kept is told also where the settings can't be written then", async () => {
  const { env, tokens } = await surroundings({
    ...refusing,
    keep: async () => {
      await writeFile(join(env["MACHINIST_HOME"] ?? "", "settings.json"), "damaged");
      throw refusal();
    },
  });
  await expect(tokens.keep("operator", new Secret(canary))).rejects.toThrow("keychain");
});

test("a keychain that can't be read is told, and is no failure", async () => {
  const { io, env, said } = await surroundings(refusing);
  await keptTokens(env, api, async () => memoryKeychain()).keep("operator", new Secret(canary));
  expect(await operatorToken(vendors.platformsh, io)).toBeUndefined();
  expect(said.join("\n")).toContain("AccessDenied");
});

test("logout forgets every token that was kept, and says what still signs in", async () => {
  const keychain = memoryKeychain();
  const { io, env, said, tokens } = await surroundings(keychain);
  await tokens.keep("operator", new Secret(canary));
  await tokens.keep({ machineUserOf: "abcdefgh12345" }, new Secret(`${canary}-2`));
  env["PLATFORMSH_CLI_TOKEN"] = "exported-2fXq9";
  await logoutCommand(vendors.platformsh, io);
  expect(keychain.secrets.size).toBe(0);
  expect(said).toEqual([
    `Forgotten: the token of operator, ${api}`,
    `Forgotten: the token of machine user of abcdefgh12345, ${api}`,
    "PLATFORMSH_CLI_TOKEN is still set in this shell; unset it to be signed out.",
  ]);
  said.length = 0;
  await logoutCommand(vendors.platformsh, io);
  expect(said[0]).toBe("No token was kept in the system keychain.");
});

test("logout says so when the keychain can't be used, and still knows of the token", async () => {
  const { io, env, tokens } = await surroundings(refusing);
  await keptTokens(env, api, async () => memoryKeychain()).keep("operator", new Secret(canary));
  await expect(logoutCommand(vendors.platformsh, io)).rejects.toThrow("keychain");
  expect(await tokens.has("operator")).toBe(true);
});
