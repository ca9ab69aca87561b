import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { spawn } from "@lydell/node-pty";
import { median } from "./measure.ts";
import { startSandbox } from "./served.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");

/** How long the plan's page takes, in milliseconds at the median. */
interface PlanPageTime {
  readonly elapsed: number;
  /** Processor time of the program and of what it started, which a busy machine doesn't lengthen; undefined but on Linux. */
  readonly processor: number | undefined;
}

/**
 * How long the built program takes from the last answer of the API to the page with the plan.
 *
 * @param checkout a checkout of the sample project
 * @param rounds how often it is measured, after once for nothing
 */
export async function measurePlanPage(
  checkout: string,
  env: NodeJS.ProcessEnv,
  rounds: number,
): Promise<PlanPageTime> {
  const sandbox = await startSandbox(0, 0, env);
  let answered = 0;
  let program: number | undefined;
  let spent: number | undefined;
  // Stands between the two, to see when an answer has gone.
  const between = createServer((asked, answer) => {
    const { method, headers, url = "/" } = asked;
    const passed = request(new URL(url, sandbox.address), { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 500, got.headers);
      got.pipe(answer);
      answer.once("finish", () => {
        answered = performance.now();
        spent = processorTimeOf(program);
      });
    });
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
  const { port } = between.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const own = {
    ...env,
    PLATFORMSH_CLI_API_BASE_URL: address,
    PLATFORMSH_CLI_API_AUTH_URL: address,
    PLATFORMSH_CLI_TOKEN: sandbox.token,
  };
  const round = (at: number) =>
    new Promise<PlanPageTime>((resolve) => {
      const args = [launcher, "setup", "--task", "backup", "--project", "shopq4m2v7xk3", checkout];
      // What was left in one round isn't offered in the next.
      const state = { MACHINIST_HOME: `${env["MACHINIST_HOME"]}-plan-${at}` };
      const terminal = spawn(process.execPath, args, {
        ...{ cols: 80, rows: 24 },
        env: { ...own, ...state },
      });
      program = terminal.pid;
      let seen = "";
      const subscription = terminal.onData((data) => {
        seen += data;
        if (!seen.includes("The plan.")) return;
        subscription.dispose();
        const elapsed = performance.now() - answered;
        const until = processorTimeOf(terminal.pid);
        terminal.kill("SIGKILL");
        resolve({
          elapsed,
          processor: until === undefined || spent === undefined ? undefined : until - spent,
        });
      });
    });
  try {
    const times: PlanPageTime[] = [];
    for (let at = 0; at <= rounds; at += 1) times.push(await round(at));
    const counted = times.slice(1);
    const used = counted.flatMap(({ processor }) => processor ?? []);
    return {
      elapsed: median(counted.map(({ elapsed }) => elapsed)),
      processor: used.length === 0 ? undefined : median(used),
    };
  } finally {
    between.closeAllConnections();
    between.close();
    sandbox.stop();
  }
}

/** A tick of the clock in /proc, in milliseconds: a hundred of them are a second (proc(5), sysconf(3)). */
const tickMs = 10;

/** Milliseconds of processor time that a process has had, with what it started and waited for; undefined but on Linux. */
function processorTimeOf(pid: number | undefined): number | undefined {
  try {
    const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const [user, system, usersOfStarted, systemOfStarted] = fields.split(" ").slice(11, 15);
    const ticks = [user, system, usersOfStarted, systemOfStarted].map(Number);
    return ticks.reduce((sum, count) => sum + count, 0) * tickMs;
  } catch {
    return undefined;
  }
}
