// Audits all projects of a sandbox as the command does, 1,000 and then 10,000 of them: does memory grow with their number?
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as v from "valibot";
import { type Served, startSandbox } from "./served.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "machinist-bench-"));
const { NODE_EXTRA_CA_CERTS: _unset, ...inherited } = process.env;
const env = { ...inherited, MACHINIST_HOME: join(folder, "state") };

/** What figures.cjs writes. */
const took = v.object({ cpuMs: v.number(), peakMegabytes: v.number() });

interface Run {
  readonly projects: number;
  readonly requests: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

/** Runs the command to its end, and counts what it writes: a line a project, and with `--verbose` one a request. */
async function audit({ address, token }: Served): Promise<Run> {
  const figures = join(folder, "figures.json");
  const args = [
    ...["--require", join(root, "test/bench/figures.cjs"), join(root, "bin/machinist.js")],
    ...["audit", "--all", "--format", "jsonl", "--verbose"],
  ];
  const start = performance.now();
  const command = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...env,
      FIGURES: figures,
      PLATFORMSH_CLI_TOKEN: token,
      PLATFORMSH_CLI_API_BASE_URL: address,
      PLATFORMSH_CLI_API_AUTH_URL: address,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const counting = async (stream: NodeJS.ReadableStream, form: RegExp) => {
    let count = 0;
    for await (const line of createInterface(stream)) if (form.test(line)) count += 1;
    return count;
  };
  const ended = new Promise<number | null>((resolve) => command.on("close", resolve));
  const [projects, requests, code] = await Promise.all([
    counting(command.stdout, /^\{/u),
    counting(command.stderr, /^(?:GET|POST) /u),
    ended,
  ]);
  if (code !== 0 && code !== 10) throw new Error(`the audit ended with ${code}`);
  const { cpuMs, peakMegabytes } = v.parse(took, JSON.parse(readFileSync(figures, "utf8")));
  return { projects, requests, ms: performance.now() - start, cpuMs, peakMegabytes };
}

async function auditOf(projects: number): Promise<Run> {
  const sandbox = await startSandbox(projects, 0, env);
  try {
    return await audit(sandbox);
  } finally {
    sandbox.stop();
  }
}

function told({ projects, requests, ms, cpuMs, peakMegabytes }: Run): string {
  const rate = ((projects * 1000) / ms).toFixed(0);
  const each = `${(requests / projects).toFixed(2)} requests and ${(cpuMs / projects).toFixed(1)} ms of processor time a project`;
  return `audit --all of ${projects} projects: ${rate} a second, ${each}, peak memory ${peakMegabytes.toFixed(0)} MB`;
}

try {
  const few = await auditOf(1000);
  console.log(told(few));
  const many = await auditOf(10_000);
  console.log(told(many));
  const growth = many.peakMegabytes / few.peakMegabytes;
  console.log(`ten times the projects take ${growth.toFixed(2)} times the memory`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
