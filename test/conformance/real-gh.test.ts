import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test, vi } from "vitest";
import { ciHost } from "../setup/ci-host.ts";
import { runSetup } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";
import { holdNoSecret } from "../setup/secrets.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { startGithub } from "./gh-server.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true, where: "github" };
const name = "PLATFORMSH_CLI_TOKEN";

/** A host of repositories and its program, as the test sees them. */
interface Host {
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  /** The secret as the host has it. */
  secret(): Promise<string | undefined>;
  /** What the host was told, in the clear. */
  told(): Promise<string>;
}

async function standIn(shop: Shop): Promise<Host> {
  const host = await ciHost(shop, "gh");
  return {
    address: "https://github.com/acme/shop.git",
    env: host.env,
    secret: host.secret,
    told: async () => (await host.calls()).join("\n"),
  };
}

async function realGh(shop: Shop): Promise<Host> {
  const github = await startGithub();
  const own = {
    GH_CONFIG_DIR: github.home,
    GH_HOST: github.host,
    GH_ENTERPRISE_TOKEN: "a-token-of-the-host",
    SSL_CERT_FILE: github.certificate,
  };
  for (const [key, value] of Object.entries(own)) vi.stubEnv(key, value);
  return {
    address: `https://${github.host}/acme/shop.git`,
    env: { ...shop.env, ...own },
    secret: async () => github.opened(name),
    told: async () => github.received(),
  };
}

/** The program itself is tried where it was installed for that, as `.ci/run` does. */
const hosts: readonly (readonly [string, (shop: Shop) => Promise<Host>])[] =
  process.env["MACHINIST_TEST_GH"] === undefined
    ? [["a stand-in of gh", standIn]]
    : [
        ["a stand-in of gh", standIn],
        ["gh itself", realGh],
      ];

test.each(hosts)(
  "%s is handed the token so that it is nowhere else, and takes it back",
  async (_program, open) => {
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const shop = await openShop();
    const host = await open(shop);
    execFileSync("git", ["-C", shop.directory, "remote", "add", "origin", host.address]);
    const there = { ...shop, env: host.env };
    await runSetup(there, { ...flags, only: "machine-user" });
    const { token } = await shop.sandbox.acceptInvitation(email);
    const { failure, out, err } = await runSetup(there, flags, token);
    expect(failure).toBeUndefined();
    expect(await host.secret()).toBe(token);
    expect(await host.told()).not.toContain(token);
    await runUndo(there);
    expect(await host.secret()).toBeUndefined();
    await holdNoSecret(shop.folder, [token], [out, err]);
  },
);
