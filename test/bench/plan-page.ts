import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { spawn } from "@lydell/node-pty";
import { startSandbox } from "./served.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");

/**
 * How long the built program takes from the last answer of the API to the page with the plan, in milliseconds.
 *
 * @param checkout a checkout of the sample project
 * @param rounds how often it is measured, after once for nothing
 * @returns the median
 */
export async function measurePlanPage(
  checkout: string,
  env: NodeJS.ProcessEnv,
  rounds: number,
): Promise<number> {
  const sandbox = await startSandbox(0, 0, env);
  let answered = 0;
  // Stands between the two, to see when an answer has gone.
  const between = createServer((asked, answer) => {
    const { method, headers, url = "/" } = asked;
    const passed = request(new URL(url, sandbox.address), { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 500, got.headers);
      got.pipe(answer);
      answer.once("finish", () => {
        answered = performance.now();
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
    new Promise<number>((resolve) => {
      const args = [launcher, "setup", "--task", "backup", "--project", "shopq4m2v7xk3", checkout];
      // What was left in one round isn't offered in the next.
      const state = { MACHINIST_HOME: `${env["MACHINIST_HOME"]}-plan-${at}` };
      const terminal = spawn(process.execPath, args, {
        ...{ cols: 80, rows: 24 },
        env: { ...own, ...state },
      });
      let seen = "";
      const subscription = terminal.onData((data) => {
        seen += data;
        if (!seen.includes("The plan.")) return;
        subscription.dispose();
        terminal.kill("SIGKILL");
        resolve(performance.now() - answered);
      });
    });
  try {
    const times: number[] = [];
    for (let at = 0; at <= rounds; at += 1) times.push(await round(at));
    const sorted = times.slice(1).toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  } finally {
    between.closeAllConnections();
    between.close();
    sandbox.stop();
  }
}
