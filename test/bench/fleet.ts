import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { bundled } from "./bundled.ts";
import { type Served, startSandbox } from "./served.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const latencyMs = 20;
/** As many requests as the client sends at a time. */
const concurrency = 8;

const figures = v.object({
  requests: v.number(),
  failed: v.number(),
  ms: v.number(),
  cpuMs: v.number(),
  peakMegabytes: v.number(),
  ids: v.array(v.string()),
});

/**
 * Reads the facts of 1,000 made-up projects from a sandbox that keeps every answer back, and those of ten also with the
 * official CLI in a loop. Sandbox and client are processes of their own. Gives the lines to print.
 */
export async function fleetLines(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const client = await bundled("fleet-client", folder);
  const sandbox = await startSandbox(1000, latencyMs, env);
  const read = async (count: number) => {
    const { stdout } = await run(
      process.execPath,
      [client, sandbox.address, sandbox.token, String(count)],
      { env, maxBuffer: 1e7 },
    );
    return v.parse(figures, JSON.parse(stdout));
  };
  try {
    const many = await read(1000);
    const ideal = (many.requests * latencyMs) / concurrency;
    const each = many.requests / many.ids.length;
    const start = performance.now();
    const few = await read(10);
    const ours = performance.now() - start;
    const theirs = await withOfficialCli(few.ids, sandbox, { folder, env });
    return [
      `facts of ${many.ids.length} projects: ${many.requests} requests, ${each.toFixed(2)} a project (goal 5), ${many.failed} failed`,
      `  ${many.ms.toFixed(0)} ms against ${ideal.toFixed(0)} ms of mere latency, ratio ${(many.ms / ideal).toFixed(2)} (goal 1.3)`,
      `  ${(many.cpuMs / many.requests).toFixed(2)} ms of processor time a request, at ${(latencyMs / concurrency).toFixed(2)} ms between two`,
      `  peak memory ${many.peakMegabytes.toFixed(0)} MB (goal 150)`,
      `facts of 10 projects, the whole process: ${ours.toFixed(0)} ms; the official CLI in a loop: ${theirs.toFixed(0)} ms, ratio ${(theirs / ours).toFixed(1)}`,
    ];
  } finally {
    sandbox.stop();
  }
}

/** What somebody would type to find out the same of a project. */
const commands: readonly (readonly string[])[] = [
  ["environment:list", "--format", "csv"],
  ["api:curl", "/projects/PROJECT/environments/BRANCH/deployments/current"],
  ["variable:list", "--level", "environment", "--format", "csv"],
  ["variable:list", "--level", "project", "--format", "csv"],
  ["activity:list", "--type", "environment.cron", "--format", "csv"],
  ["repo:cat", ".platform.app.yaml"],
];

async function withOfficialCli(
  ids: readonly string[],
  { address, token }: Served,
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Promise<number> {
  const home = join(folder, "official-cli");
  mkdirSync(home, { recursive: true });
  const cli = {
    ...env,
    HOME: home,
    UPSUN_CLI_HOME: home,
    UPSUN_CLI_API_BASE_URL: address,
    UPSUN_CLI_API_AUTH_URL: address,
    UPSUN_CLI_TOKEN: token,
    UPSUN_CLI_NO_INTERACTION: "1",
    UPSUN_CLI_UPDATES_CHECK: "0",
  };
  const binary = join(root, "node_modules/@upsun/cli-linux-x64/bin/upsun");
  const type = async (...args: readonly string[]) => {
    try {
      return (await run(binary, [...args], { env: cli, cwd: home })).stdout;
    } catch {
      // A file or deployment that isn't there ends a command with a code; it took its time all the same.
      return "";
    }
  };
  const start = performance.now();
  for (const id of ids) {
    const branch = (await type("project:info", "default_branch", "--project", id)).trim();
    for (const [name = "", ...rest] of commands) {
      const args = rest.map((word) =>
        word.replace("PROJECT", id).replace("BRANCH", encodeURIComponent(branch)),
      );
      const where = name === "api:curl" ? [] : ["--project", id, "--environment", branch];
      await type(name, ...args, ...(args.includes("project") ? ["--project", id] : where));
    }
  }
  return performance.now() - start;
}
