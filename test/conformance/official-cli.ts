import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { onTestFinished } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** Where its package puts the official CLI, on the platforms that it has one for. */
export const binary = fileURLToPath(
  new URL("../../node_modules/@upsun/cli-linux-x64/bin/upsun", import.meta.url),
);

/** How the official CLI ended and what it wrote. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The official CLI as the sandbox's operator, with a home that goes when the test ends. */
export async function officialCli(
  sandbox: Sandbox,
): Promise<(args: readonly string[]) => Promise<Ended>> {
  const home = await mkdtemp(join(tmpdir(), "machinist-official-cli-"));
  onTestFinished(() => rm(home, { recursive: true }));
  return (args) => runOfficialCli(sandbox, { args, home, token: sandbox.operatorToken });
}

/** Runs one command. Each token has a home of its own, because the CLI keeps in it who it was before. */
export async function runOfficialCli(
  sandbox: Sandbox,
  o: { readonly args: readonly string[]; readonly home: string; readonly token: string },
): Promise<Ended> {
  const ownHome = join(o.home, o.token);
  await mkdir(ownHome, { recursive: true });
  const env = {
    PATH: process.env["PATH"],
    HOME: o.home,
    UPSUN_CLI_HOME: ownHome,
    UPSUN_CLI_API_BASE_URL: sandbox.apiUrl,
    UPSUN_CLI_API_AUTH_URL: sandbox.authUrl,
    COLUMNS: "200",
    UPSUN_CLI_TOKEN: o.token,
    UPSUN_CLI_NO_INTERACTION: "1",
    UPSUN_CLI_UPDATES_CHECK: "0",
  };
  return new Promise((resolve) => {
    const limits = { timeout: 60_000 };
    const child = execFile(binary, o.args, { env, cwd: o.home, ...limits }, (error, out, err) => {
      resolve({
        code: error === null ? 0 : typeof error.code === "number" ? error.code : -1,
        out,
        err,
      });
    });
    child.stdin?.end();
  });
}

/** The names of all its commands, hidden ones too, in its order; for that it needs no network. */
export async function listedCommands(): Promise<readonly string[]> {
  const home = await mkdtemp(join(tmpdir(), "machinist-official-cli-"));
  onTestFinished(() => rm(home, { recursive: true }));
  const env = { PATH: process.env["PATH"], HOME: home, UPSUN_CLI_UPDATES_CHECK: "0" };
  const out = await new Promise<string>((resolve) => {
    const o = { env, cwd: home, maxBuffer: 2 ** 24 };
    execFile(binary, ["list", "--all", "--format=json"], o, (_error, text) => resolve(text));
  });
  const commands = v.array(v.object({ name: v.string() }));
  return v.parse(v.object({ commands }), JSON.parse(out)).commands.map(({ name }) => name);
}
