import { inspect } from "node:util";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { Failure, failureLines } from "../../src/failure.ts";
import { ApiFailure } from "../../src/platform/api-failure.ts";
import { connect } from "../../src/platform/connection.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { Secret } from "../../src/secret.ts";
import { canaryValue, type Operation, operations } from "./fault-operations.ts";

const status = (code: number, when: "before" | "after" = "before", retryAfter?: string) =>
  ({
    kind: "status",
    status: code,
    when,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }) as const;

const faults: readonly { readonly name: string; readonly effect: Fault["effect"] }[] = [
  { name: "none", effect: { kind: "latency", ms: 0 } },
  { name: "latency", effect: { kind: "latency", ms: 20 } },
  { name: "429, Retry-After", effect: status(429, "before", "1") },
  { name: "429, an hour", effect: status(429, "before", "3600") },
  { name: "500 before", effect: status(500) },
  { name: "502 before", effect: status(502) },
  { name: "503 before", effect: status(503) },
  { name: "504 after", effect: status(504, "after") },
  { name: "524 after", effect: status(524, "after") },
  { name: "reset before", effect: { kind: "reset", when: "before" } },
  { name: "reset after", effect: { kind: "reset", when: "after" } },
  { name: "truncated", effect: { kind: "truncated" } },
  { name: "HTML", effect: { kind: "html" } },
  { name: "slow body", effect: { kind: "slowBody", ms: 400 } },
  { name: "expired token", effect: { kind: "expiredToken" } },
  { name: "activities doubled", effect: { kind: "duplicateActivities" } },
  { name: "10 MB texts", effect: { kind: "huge", bytes: 10_000_000 } },
  { name: "escape codes", effect: { kind: "escapes" } },
  { name: "missing fields", effect: { kind: "missingFields" } },
  { name: "another service", effect: { kind: "otherService" } },
  { name: "failed deployment", effect: { kind: "failedDeployment" } },
];

/** Once, and for good: what passes, and what does not. */
const durations = [1, "always"] as const;

/** Fault by fault, what became of each operation of the client. Each cell has a sandbox of its own with that one fault on. */
const table = new Map<string, string[]>();

for (const operation of operations) {
  test(`${operation.name} is neither lost nor doubled under any fault`, async () => {
    for (const times of durations) {
      for (const { name, effect } of faults) {
        const cell = await play(operation, { on: operation.on, times, effect });
        const row = `${name}${times === 1 ? "" : ", always"}`;
        table.set(row, [...(table.get(row) ?? []), cell]);
      }
    }
  }, 120_000);
}

afterAll(() => {
  const header = ["fault", ...operations.map(({ name }) => name)];
  const rows = [header, ...[...table].map(([fault, cells]) => [fault, ...cells])];
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "));
  const legend = "done or failed, and how many writes the server carried out";
  process.stdout.write(`\n${[legend, ...lines].join("\n")}\n\n`);
});

/** Plays an operation under a fault: how it ended, as "done 1" or "failed 0", with the writes that the server saw. */
async function play(operation: Operation, fault: Fault): Promise<string> {
  const sandbox = await startSandbox({ activityMs: 4 });
  const addresses = { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl };
  const signIn = (timeoutMs: number) =>
    connect({
      addresses,
      token: new Secret(sandbox.operatorToken),
      timeoutMs,
      pause: async () => {},
    });
  const stage = { sandbox, sound: signIn(5_000), faulty: signIn(200) };
  onTestFinished(() => sandbox.close());
  try {
    const prepared = await operation.prepare?.(stage);
    const before = sandbox.requests.length;
    sandbox.faults.add(fault);
    const ended = await operation.run(stage.faulty, prepared).then(
      () => "done" as const,
      (error: unknown) => error,
    );
    const where = `${operation.name}, ${JSON.stringify(fault)}`;
    const writes = sandbox.requests
      .slice(before)
      .filter(({ method, path }) => method !== "GET" && path !== "/oauth2/token")
      .filter(({ status: carriedOut }) => carriedOut !== "fault" && carriedOut < 300).length;
    sandbox.faults.clear();
    const isDone = await operation.isDone?.(stage, prepared);
    expect(writes, where).toBeLessThanOrEqual(1);
    if (isDone !== undefined) expect(isDone, where).toBe(writes === 1);
    if (ended === "done") {
      expect(isDone, where).not.toBe(false);
      return `done ${writes}`;
    }
    requireWords(ended, where, sandbox.operatorToken);
    if (ended instanceof ApiFailure && ended.effect === "none") expect(writes, where).toBe(0);
    return `failed ${writes}`;
  } finally {
    await Promise.all([stage.sound.close(), stage.faulty.close()]);
    await sandbox.close();
  }
}

/** A failure for people: in words, in one piece, without a secret or a control character. */
function requireWords(ended: unknown, where: string, token: string): void {
  if (!(ended instanceof Failure)) throw new Error(`${where}: ${inspect(ended)}`);
  const lines = failureLines(ended.parts);
  expect(lines.join(""), where).not.toMatch(/\p{Cc}/u);
  expect(lines.join("").length, where).toBeLessThan(1_000);
  const printed = `${lines.join("\n")}${inspect(ended, { depth: 9 })}`;
  for (const secret of [token, canaryValue]) expect(printed, where).not.toContain(secret);
}
