import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A sandbox in a process of its own. */
export interface Served {
  readonly address: string;
  readonly token: string;
  stop(): void;
}

/**
 * The sandbox as the command serves it, with made-up projects beside the sample ones.
 *
 * @param latencyMs how long it keeps each answer back
 */
export async function startSandbox(
  projects: number,
  latencyMs: number,
  env: NodeJS.ProcessEnv,
): Promise<Served> {
  const launcher = join(import.meta.dirname, "../../bin/machinist.js");
  const args = ["sandbox", "--projects", String(projects), "--latency", String(latencyMs)];
  const served = spawn(process.execPath, [launcher, ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => served.kill();
  const found = new Map<string, string>();
  for await (const line of createInterface(served.stdout)) {
    const [, name, value] = /export UPSUN_CLI_(\w+)=(\S+)/u.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found.set(name, value);
    const [address, token] = [found.get("API_BASE_URL"), found.get("TOKEN")];
    if (address !== undefined && token !== undefined) {
      served.stdout.resume();
      return { address, token, stop };
    }
  }
  throw new Error("the sandbox did not say where it listens");
}
