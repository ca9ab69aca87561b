import { inspect, isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { Failure, failureLines } from "../../src/failure.ts";
import { ApiFailure } from "../../src/platform/api-failure.ts";
import { type Connection, connect } from "../../src/platform/connection.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { Secret } from "../../src/secret.ts";
import { canaryValue, type Read, type Stage, type Write } from "./fault-operations.ts";

/** How an operation ended. */
type Ended =
  | { readonly kind: "done"; readonly result: unknown }
  | { readonly kind: "failed"; readonly error: unknown };

/**
 * How a reading ended under a fault: "done" with the same answer as without the fault, "failed" in words, or in "part"
 * where the operation says why that is right. Anything else fails the test.
 */
export async function playRead(
  read: Read,
  scene: Scene,
  fault: Fault,
): Promise<"done" | "failed" | "part"> {
  return under(fault, read, scene, async (stage, prepared, where) => {
    const before = stage.sandbox.requests.length;
    const ended = await outcome(read.run(stage.faulty, prepared));
    expect(changesIn(stage, before), where).toBe(0);
    stage.sandbox.faults.clear();
    if (ended.kind === "failed") {
      requireWords(ended.error, where, stage.sandbox.operatorToken);
      return "failed";
    }
    const whole = await read.run(stage.sound, prepared);
    const found = withoutAdded(ended.result, fault);
    if (!isDeepStrictEqual(found, whole) && mayBePart(read, fault)) return "part";
    expect(found, where).toEqual(whole);
    return "done";
  });
}

/**
 * How a change ended under a fault, with how many the server carried out: "done 1", "failed 0" or, where it isn't known
 * to the client and it says so, "failed 1". Anything else fails the test.
 */
export async function playWrite(write: Write, scene: Scene, fault: Fault): Promise<string> {
  return under(fault, write, scene, async (stage, prepared, where) => {
    const before = stage.sandbox.requests.length;
    const ended = await outcome(write.run(stage.faulty, prepared));
    const writes = changesIn(stage, before);
    stage.sandbox.faults.clear();
    expect(writes, where).toBeLessThanOrEqual(1);
    expect(await write.isDone(stage, prepared), where).toBe(writes === 1);
    if (ended.kind === "done") {
      expect(writes, where).toBe(1);
      return `done ${writes}`;
    }
    const { error } = ended;
    requireWords(error, where, stage.sandbox.operatorToken);
    if (error instanceof ApiFailure && error.effect === "none") expect(writes, where).toBe(0);
    return `failed ${writes}`;
  });
}

/** A sandbox in which everything is as an operation needs it. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly sound: Connection;
  readonly prepared: unknown;
  signIn(timeoutMs: number): Connection;
  close(): Promise<void>;
}

/** Prepares a sandbox for an operation; the caller closes it. */
export async function openScene({ activityMs = 4, prepare }: Read | Write): Promise<Scene> {
  const sandbox = await startSandbox({ activityMs });
  const addresses = { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl };
  const token = new Secret(sandbox.operatorToken);
  const signIn = (timeoutMs: number) =>
    connect({ addresses, token, timeoutMs, pause: async () => {} });
  const sound = signIn(20_000);
  const close = async () => {
    await sound.close();
    await sandbox.close();
  };
  try {
    const prepared = await prepare?.({ sandbox, sound, faulty: sound });
    return { sandbox, sound, prepared, signIn, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Long enough for whatever ends by itself; an answer that doesn't is waited for no longer than must be. */
const timeoutMs = (fault: Fault) => (fault.effect.kind === "slowBody" ? 100 : 20_000);

/** Plays with that one fault on, over a connection that wasn't used before. */
async function under<T>(
  fault: Fault,
  { name }: Read | Write,
  { sandbox, sound, prepared, signIn }: Scene,
  play: (stage: Stage, prepared: unknown, where: string) => Promise<T>,
): Promise<T> {
  const faulty = signIn(timeoutMs(fault));
  try {
    sandbox.faults.add(fault);
    return await play({ sandbox, sound, faulty }, prepared, `${name}, ${JSON.stringify(fault)}`);
  } finally {
    sandbox.faults.clear();
    await faulty.close();
  }
}

/** Runs an operation to its end, whichever that is. */
export function outcome(running: Promise<unknown>): Promise<Ended> {
  return running.then(
    (result) => ({ kind: "done", result }),
    (error: unknown) => ({ kind: "failed", error }),
  );
}

function changesIn({ sandbox }: Stage, from: number): number {
  return sandbox.requests
    .slice(from)
    .filter(({ method, path }) => method !== "GET" && path !== "/oauth2/token")
    .filter(({ status }) => status !== "fault" && status < 300).length;
}

function mayBePart({ without = {}, inPart }: Read, { effect }: Fault): boolean {
  if (inPart !== undefined) return true;
  const fields = effect.kind === "missingFields" ? (effect.fields ?? ["id", "name"]) : [];
  return fields.some((field) => field in without);
}

/** What was read, without what the sandbox was told to add to every text: the client passes on what it is told. */
function withoutAdded(value: unknown, { effect }: Fault): unknown {
  if (effect.kind === "escapes") return withoutText(value, "\u001b[2J\u001b]0;x\u0007\u202e");
  if (effect.kind === "huge") return withoutText(value, "a".repeat(effect.bytes));
  return value;
}

function withoutText(value: unknown, added: string): unknown {
  if (typeof value === "string") return value.replaceAll(added, "");
  if (Array.isArray(value)) return value.map((item) => withoutText(item, added));
  if (typeof value !== "object" || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutText(item, added)]),
  );
}

/** A failure for people: in words, in one piece, without a secret or a control character. */
export function requireWords(error: unknown, where: string, token: string): void {
  if (!(error instanceof Failure)) throw new Error(`${where}: ${inspect(error)}`);
  const lines = failureLines(error.parts);
  expect(lines.join(""), where).not.toMatch(/\p{Cc}/u);
  expect(lines.join("").length, where).toBeLessThan(1_000);
  const printed = `${lines.join("\n")}${inspect(error, { depth: 9 })}`;
  for (const secret of [token, canaryValue]) expect(printed, where).not.toContain(secret);
}
