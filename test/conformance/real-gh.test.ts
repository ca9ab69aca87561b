import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { keys, runInPty } from "../e2e/pty.ts";
import { ciFindings } from "../setup/ci-findings.ts";
import { ciHost } from "../setup/ci-host.ts";
import { runSetup } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";
import { holdNoSecret } from "../setup/secrets.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { verify } from "../verify/run-verify.ts";
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
  /** Has it answer a path of its API with a document. */
  says(path: string, json: unknown): Promise<void>;
}

async function standIn(shop: Shop): Promise<Host> {
  const host = await ciHost(shop, "gh");
  return {
    address: "https://github.com/acme/shop.git",
    env: host.env,
    secret: host.secret,
    told: async () => (await host.calls()).join("\n"),
    says: (path, json) => host.answers(path, 200, json),
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
    says: async (path, json) => github.says(path, json),
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

/** Backs main up with a token, as the job does. @returns when it began */
async function backUp({ sandbox }: Shop, token: string): Promise<string> {
  const from = new Date().toISOString();
  const { apiUrl: api, authUrl: auth, consoleUrl: console } = sandbox;
  const connection = connect({ addresses: { api, auth, console }, token: new Secret(token) });
  await connection
    .send("POST", `/projects/${demoProjectId}/environments/main/backup`, { safe: true }, () => "")
    .finally(() => connection.close());
  return from;
}

/** A terminal takes its time: this is tried with the program itself alone. */
test.each(hosts.slice(1))(
  "in a terminal, setup writes the workflow and has %s set the secret; once the job has run, the audit and verify find nothing wrong with it",
  async (_program, open) => {
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const shop = await openShop();
    const host = await open(shop);
    execFileSync("git", ["-C", shop.directory, "remote", "add", "origin", host.address]);
    const run = runInPty(
      ["setup", "--where", "github"],
      { columns: 100, rows: 30 },
      { env: host.env, cwd: shop.directory },
    );
    await run.sees("to do?");
    run.type(keys.enter);
    await run.sees("The plan. Nothing is done yet.");
    run.type(keys.tab + keys.enter);
    await run.sees("API token");
    const { token } = await shop.sandbox.acceptInvitation(email);
    run.type(keys.paste(token));
    run.type(keys.enter);
    expect(await run.ended).toBe(0);
    const file = ".github/workflows/machinist-backup.yml";
    expect(await readFile(join(shop.directory, file), "utf8")).toContain("backup:create");
    expect(await host.secret()).toBe(token);
    expect(await ciFindings(shop.directory)).toEqual([]);

    const from = await backUp(shop, token);
    // However slow the machine is, the platform's activity falls into the run.
    const until = new Date(Date.parse(from) + 60 * 60 * 1000).toISOString();
    const repository = "repos/acme/shop";
    const workflow = `${repository}/actions/workflows/machinist-backup.yml`;
    const secret = { name, updated_at: new Date().toISOString() };
    const ended = { status: "completed", conclusion: "success" };
    const job = { name: "backup", ...ended, started_at: from, completed_at: until };
    await host.says(repository, { default_branch: "main" });
    await host.says(`${repository}/actions/secrets`, { total_count: 1, secrets: [secret] });
    await host.says(workflow, { state: "active" });
    await host.says(`${workflow}/runs`, {
      workflow_runs: [{ id: 7, ...ended, run_started_at: from }],
    });
    await host.says(`${repository}/actions/runs/7/jobs`, { total_count: 1, jobs: [job] });
    const { said } = await verify({ ...shop, env: host.env }, {}, { token });
    const [, ofCi = ""] = said.split("\nIn CI:\n");
    const lines = ofCi.split("\n").filter((line) => line.startsWith("  "));
    expect(lines.filter((line) => !line.startsWith("  ✔ ok: "))).toEqual([]);
    expect(lines.at(-1)).toContain(`its backup was made as ${email}, the machine user`);
    await holdNoSecret(shop.folder, [token], [run.output(), ...run.frames(), said]);
  },
);
