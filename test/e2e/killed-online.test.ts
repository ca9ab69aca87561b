import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { readState } from "../../src/sandbox/state.ts";
import type { Contents } from "../../src/sandbox/store.ts";
import { oneOf, printsTables, randomKills, someMoments } from "../amounts.ts";
import { layDownShop } from "../setup/checkouts.ts";
import { runSetup } from "../setup/run-setup.ts";
import { holdNoSecret } from "../setup/secrets.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const email = "operator+shop@example.org";
const flags = { task: "backup", email, yes: true, wait: false };
const variable = "env:PLATFORMSH_CLI_TOKEN";

/** A checkout, its state, and a platform of its own. */
interface World {
  readonly folder: string;
  readonly directory: string;
  readonly file: string;
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
}

/** Where every run of an operation begins. */
interface Beginning {
  readonly state: string;
  /** The machine user's tokens that are there. */
  readonly tokens: readonly string[];
  /** Every text that the application's file may have. */
  readonly texts: readonly string[];
}

interface Operation {
  readonly name: string;
  readonly args: readonly string[];
  /** Makes the world ready, and gives the tokens. */
  prepare(world: World): Promise<readonly string[]>;
  /** Which of the tokens is handed over on standard input. */
  readonly input?: number;
  /** What the variable has once it is done: one of the tokens, or nothing. */
  readonly comesTo: number | undefined;
  /** Whether undo gives the file back. */
  readonly isUndone: boolean;
  /** What may be asked of the platform again: nobody can read what it has. */
  readonly repeats: RegExp;
}

const nothing = /^$/u;

async function machineUser(world: World): Promise<readonly string[]> {
  const { failure } = await runSetup(world, { ...flags, only: "machine-user" });
  if (failure !== undefined) throw failure;
  return [(await world.sandbox.acceptInvitation(email)).token];
}

async function all(world: World): Promise<readonly string[]> {
  const tokens = await machineUser(world);
  const { failure } = await runSetup(world, flags, tokens[0]);
  if (failure !== undefined) throw failure;
  await settled(world);
  return tokens;
}

const operations: readonly Operation[] = [
  {
    name: "setup",
    args: [
      "setup",
      "--task",
      "backup",
      "--email",
      email,
      "--no-wait",
      "--yes",
      "--machine-token-stdin",
    ],
    prepare: machineUser,
    input: 0,
    comesTo: 0,
    isUndone: true,
    repeats: nothing,
  },
  {
    name: "undo",
    args: ["undo", "--no-wait", "--yes"],
    prepare: all,
    comesTo: undefined,
    isUndone: true,
    repeats: nothing,
  },
  {
    name: "rotate",
    args: ["rotate", "--email", email, "--revoke", "machinist", "--yes", "--machine-token-stdin"],
    prepare: async (world) => [...(await all(world)), world.sandbox.makeToken(email, "second")],
    input: 1,
    comesTo: 1,
    isUndone: false,
    repeats: /^PATCH .*variables/u,
  },
  {
    name: "audit --fix",
    args: ["audit", "--fix"],
    prepare: async () => [],
    comesTo: undefined,
    isUndone: true,
    repeats: nothing,
  },
];

let top: string | undefined;
const beginnings = new Map<string, Beginning>();
const counts: string[] = [];

afterAll(async () => {
  if (top !== undefined) await rm(top, { recursive: true, force: true });
  if (printsTables) process.stdout.write(`${counts.join("\n")}\n`);
});

async function openWorld(folder: string, state?: string): Promise<World> {
  const read = state === undefined ? undefined : readState(state);
  const contents = read?.kind === "usable" ? { contents: read.contents } : {};
  const sandbox = await startSandbox({ activityMs: 1, ...contents });
  return {
    folder,
    directory: join(folder, "shop"),
    file: join(folder, "shop", ".platform.app.yaml"),
    sandbox,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      MACHINIST_HOME: join(folder, "state"),
      MACHINIST_CONSOLE_URL: sandbox.consoleUrl,
      PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
      PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
      PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
    },
  };
}

function contentsOf({ sandbox }: World): Contents {
  const read = readState(sandbox.state());
  if (read.kind === "unusable") throw new Error(read.why);
  return read.contents;
}

async function settled(world: World): Promise<void> {
  const isBusy = () =>
    [...(contentsOf(world).projects.get(demoProjectId)?.activities ?? [])].some(
      ({ endsAt }) => endsAt > Date.now(),
    );
  while (isBusy()) await pause(2);
}

const tokenThere = (world: World) =>
  contentsOf(world).projects.get(demoProjectId)?.environments.get("main")?.variables.get(variable)
    ?.value;

/** What was asked of the platform that changed something. */
const changesAt = ({ sandbox }: World) =>
  sandbox.requests
    .filter(
      ({ method, path, status }) =>
        method !== "GET" && Number(status) < 300 && !/oauth2/u.test(path),
    )
    .map(({ method, path }) => `${method} ${path}`);

async function begin(operation: Operation, folder: string): Promise<Beginning> {
  const world = await openWorld(folder);
  await mkdir(world.directory, { recursive: true });
  await layDownShop(world.directory);
  const texts = [await readFile(world.file, "utf8")];
  const tokens = await operation.prepare(world);
  texts.push(await readFile(world.file, "utf8"));
  const beginning = { state: world.sandbox.state(), tokens, texts };
  await world.sandbox.close();
  await cp(folder, `${folder}.kept`, { recursive: true });
  return beginning;
}

/** Gives some work a world as it is before the operation, the same each time. */
async function inWorld(
  operation: Operation,
  work: (world: World, beginning: Beginning) => Promise<void>,
): Promise<void> {
  top ??= await mkdtemp(join(tmpdir(), "machinist-test-"));
  const folder = join(top, operation.name.replaceAll(/\W/gu, ""));
  const beginning = beginnings.get(operation.name) ?? (await begin(operation, folder));
  beginnings.set(operation.name, beginning);
  await rm(folder, { recursive: true, force: true });
  await cp(`${folder}.kept`, folder, { recursive: true });
  const world = await openWorld(folder, beginning.state);
  try {
    await work(world, beginning);
  } finally {
    await world.sandbox.close();
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
  /** How many moments there were to be killed at. */
  readonly moments: number;
  readonly ms: number;
}

/** Runs the program, and kills it at a moment of its own or some milliseconds after its start. */
async function run(
  world: World,
  args: readonly string[],
  input: string,
  kill: { readonly at?: number; readonly afterMs?: number } = {},
): Promise<Ended> {
  const preload = pathToFileURL(join(import.meta.dirname, "kill-at.mjs"));
  const log = join(world.folder, "calls");
  preload.search = String(new URLSearchParams({ at: String(kill.at ?? 0), log }));
  const begun = performance.now();
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: world.directory,
    env: { ...world.env, NODE_OPTIONS: `--import=${preload}` },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => {
      said += part;
    });
  child.stdin.on("error", () => undefined);
  child.stdin.end(`${input}\n`);
  const timer =
    kill.afterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), kill.afterMs);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done) =>
    child.once("close", (...how) => done(how)),
  );
  clearTimeout(timer);
  const moments = Number(await readFile(log, "utf8").catch(() => "0"));
  return { code, signal, said, moments, ms: performance.now() - begun };
}

describe.each(oneOf(operations, 1).map((operation) => [operation.name, operation] as const))(
  "%s that is killed",
  (name, operation) => {
    test("leaves whole files and a journal that tells, comes to its end the next time, and asks nothing twice", async () => {
      const { args, input: which, comesTo, isUndone, repeats } = operation;
      const seen = new Set<string>();
      let whole: Ended | undefined;
      await inWorld(operation, async (world, { tokens, texts }) => {
        whole = await run(world, args, tokens[which ?? -1] ?? "");
        for (const text of texts) seen.add(text);
        seen.add(await readFile(world.file, "utf8"));
        if (name === "setup" || name === "undo") {
          const [original = ""] = texts;
          const full = [...seen].find((text) => text.includes("installer.sh")) ?? "";
          // The file with the one of the two changes that is made first and taken back last.
          seen.add(full.replace(/^ {4}backup:\n(?: {8}.*\n)+\n?/mu, ""));
          expect(seen).toContain(original);
        }
      });
      if (whole === undefined) throw new Error("nothing was run");
      const { moments, ms, said } = whole;
      expect(moments, said).toBeGreaterThan(8);
      const kills = [
        ...someMoments(moments).map((at) => ({ at: at + 1 })),
        ...Array.from({ length: randomKills }, () => ({ afterMs: Math.random() * ms * 1.1 })),
      ];
      const wrong: string[] = [];
      let killed = 0;
      for (const kill of kills)
        await inWorld(operation, async (world, { tokens, texts }) => {
          const input = tokens[which ?? -1] ?? "";
          const first = await run(world, args, input, kill);
          if (first.signal === "SIGKILL") killed += 1;
          const note = (what: string) =>
            wrong.push(`${JSON.stringify(kill)}: ${what}\n${first.said}`);
          if (!seen.has(await readFile(world.file, "utf8"))) note("the file is neither nor");
          if (/^done: Created the variable/mu.test(first.said) && tokenThere(world) === undefined)
            note("the variable is said to be there, and isn't");
          await settled(world);
          const second = await run(world, args, input);
          await settled(world);
          if (second.signal !== null) note("the next run was ended");
          if (comesTo !== undefined && tokenThere(world) !== tokens[comesTo])
            note(`the variable is not as wished after the next run:\n${second.said}`);
          const asked = changesAt(world).filter((line) => !repeats.test(line));
          if (asked.some((line, at) => asked.indexOf(line) !== at))
            note(`asked twice: ${asked.join(", ")}`);
          if (isUndone) {
            for (let times = 0; times < 2; times++)
              await run(world, ["undo", "--no-wait", "--yes"], "");
            if ((await readFile(world.file, "utf8")) !== texts[0])
              note("undo doesn't give the file back");
          }
          const { operatorToken } = world.sandbox;
          await holdNoSecret(world.folder, [...tokens, operatorToken], [first.said, second.said]);
        });
      counts.push(`${name}: ${kills.length} runs, ${killed} of them killed, ${moments} moments`);
      expect(wrong).toEqual([]);
    });
  },
);
