import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFleetRequest } from "../../src/commands/audit/fleet/request.ts";
import { fleetCommand } from "../../src/commands/audit/fleet/run.ts";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { rotateMany } from "../../src/commands/rotate/fleet.ts";
import { fleetSelection } from "../../src/commands/rotate/fleet-request.ts";
import { rotateCommand, rotateRequest } from "../../src/commands/rotate/run.ts";
import { statusCommand } from "../../src/commands/status/run.ts";
import type { Io } from "../../src/commands/terminal/io.ts";
import { verifyCommand, verifyRequest } from "../../src/commands/verify/run.ts";
import { Failure } from "../../src/failure.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { readState } from "../../src/sandbox/state.ts";
import type { Contents } from "../../src/sandbox/store.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { oneOf, someCells } from "../amounts.ts";
import { onFaultyDisk } from "../change/faulty-disk.ts";
import { layDownShop } from "../setup/checkouts.ts";
import { runSetup } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";
import { holdNoSecret } from "../setup/secrets.ts";
import { allWords, type Cell, cellsOf, enter, printTable, type Said } from "./fault-table.ts";

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
  /** The tokens that were made for the run. */
  readonly tokens: readonly string[];
}

/** One of the things that a command is to do, wherever it happens. */
interface Thing {
  readonly name: string;
  /** How it is now, as text. */
  now(world: World): string | Promise<string>;
  /** Whether that is what the command is to come to. */
  readonly goal: (now: string, world: World) => boolean;
  /** How the ledger calls it. */
  readonly told: RegExp;
}

interface Operation {
  readonly name: string;
  /** Makes the world ready, and gives the tokens that the run is handed. */
  prepare(world: World): Promise<readonly string[]>;
  run(world: World): Promise<Said>;
  readonly things: readonly Thing[];
  /**
   * What is done once the disk is well: the command itself unless given. A commit is not made then: the file holds
   * changes that may be anybody's.
   */
  again?(world: World): Promise<Said>;
  /** What is asked of the platform again when the command is given again: nobody can read what it has. */
  readonly repeats?: RegExp;
}

const contentsOf = ({ sandbox }: World): Contents => {
  const read = readState(sandbox.state());
  if (read.kind === "unusable") throw new Error(read.why);
  return read.contents;
};
const shopOf = (world: World) => {
  const shop = contentsOf(world).projects.get(demoProjectId);
  if (shop === undefined) throw new Error("the shop is gone");
  return shop;
};
const git = ({ directory }: World, ...args: readonly string[]) =>
  execFileSync("git", ["-C", directory, ...args], { encoding: "utf8" }).trim();

const text = (world: World) => readFile(world.file, "utf8");
const invited = (world: World) =>
  String(
    [...shopOf(world).invitations.values()].filter(
      (one) => one.email === email && one.state === "pending",
    ).length,
  );
const tokenThere = (world: World) =>
  shopOf(world).environments.get("main")?.variables.get(variable)?.value ?? "none";
const isPart = async (world: World, part: string) => String((await text(world)).includes(part));

const isTrue = (now: string) => now === "true";
const isFalse = (now: string) => now === "false";
const fileThings = (goal: (now: string) => boolean): readonly Thing[] => [
  {
    name: "the installer",
    now: (world) => isPart(world, "installer.sh"),
    goal,
    told: /install platform in the build hook/u,
  },
  {
    name: "the cron",
    now: (world) => isPart(world, "platform backup:create"),
    goal,
    told: /add the cron backup/u,
  },
];
const theInvitation = (goal: string): Thing => ({
  name: "the invitation",
  now: invited,
  goal: (now) => now === goal,
  told: /invit/iu,
});
const theVariable = (goal: (now: string, world: World) => boolean): Thing => ({
  name: "the variable",
  now: tokenThere,
  goal,
  told: /variable env:/u,
});
const theCommit: Thing = {
  name: "the commit",
  now: (world) => git(world, "log", "-1", "--format=%s"),
  goal: (now) => now !== "Code as deployed",
  told: /commit/iu,
};

async function setUpMachineUser(world: World): Promise<readonly string[]> {
  const { failure } = await runSetup(world, { ...flags, only: "machine-user" });
  if (failure !== undefined) throw failure;
  return [(await world.sandbox.acceptInvitation(email)).token];
}

async function setUpAll(world: World, more: object = {}): Promise<readonly string[]> {
  const tokens = await setUpMachineUser(world);
  const { failure } = await runSetup(world, { ...flags, ...more }, tokens[0]);
  if (failure !== undefined) throw failure;
  await settled(world);
  return tokens;
}

/** Waits until the environment has nothing under way. */
async function settled(world: World): Promise<void> {
  while (shopOf(world).activities.some(({ endsAt }) => endsAt > Date.now())) await pause(2);
}

const undone = async (world: World): Promise<Said> => {
  const lines: string[] = [];
  const failure = await runUndo(world, { waits: false }, lines).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { text: lines.join("\n"), failure };
};

/** What a command says with nobody to ask. */
async function saidBy(
  world: Pick<World, "env">,
  run: (io: Io) => Promise<Said["ended"]>,
  more: Partial<Io> = {},
): Promise<Said> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const { signal } = new AbortController();
  return run({ out: say, err: say, document: say, env: world.env, signal, ...more }).then(
    (ended) => ({ text: lines.join("\n"), failure: undefined, ...(ended && { ended }) }),
    (failure: unknown) => ({ text: lines.join("\n"), failure }),
  );
}

const guided = {
  vendor: vendors.platformsh,
  face: "flags",
  reasons: false,
  json: false,
  verbose: false,
  pollMs: 5,
} as const;

const rotated = (world: World) =>
  saidBy(world, (io) => {
    const options = flagsOf("rotate", { email, yes: true, revoke: "machinist" });
    const [, next = ""] = world.tokens;
    return rotateCommand(
      { ...rotateRequest(world.directory, options), machineToken: new Secret(next) },
      { ...guided, yes: true, flags: repeatableFlags("rotate", options) },
      io,
    );
  });

const rotatedOfMany = (world: World) =>
  saidBy(world, (io) => {
    const flags = flagsOf("rotate", { yes: true, projectsFrom: join(world.folder, listed) });
    const selection = fleetSelection(flags);
    if (selection === undefined) throw new Error("no projects were chosen");
    const [, next = ""] = world.tokens;
    const tokens = new Map([[demoProjectId, { token: new Secret(next), email }]]);
    const repeatable = repeatableFlags("rotate", flags);
    return rotateMany(
      { directory: world.directory, selection, flags, tokens },
      { ...guided, yes: true, flags: repeatable },
      io,
    );
  });

const stood = ({ directory, env }: World) =>
  saidBy({ env }, (io) =>
    statusCommand(
      { directory, offline: false, json: false, vendor: undefined, verbose: false },
      io,
    ),
  );

const verified = (world: World) =>
  saidBy(world, (io) => {
    const options = flagsOf("verify", { task: "backup" });
    const flags = repeatableFlags("verify", options);
    return verifyCommand(
      verifyRequest(world.directory, options),
      { ...guided, yes: false, wait: false, flags },
      io,
    );
  });

const fleetFixed = (more: Readonly<Record<string, unknown>>) => (world: World) =>
  saidBy(world, (io) => {
    const given = { projectsFrom: join(world.folder, listed), format: "jsonl", ...more };
    const request = readFleetRequest(flagsOf("audit", given));
    if (request === undefined) throw new Error("no fleet was asked for");
    const options = readAuditOptions({ directory: world.directory }, flagsOf("audit", given));
    const vendor = vendors.platformsh;
    return fleetCommand({ ...options, vendor, face: "flags", flags: [] }, request, io);
  });

/** Every variable of the platform with its switches, without those of the platform's own making. */
const switches = (world: World) =>
  JSON.stringify(
    [...contentsOf(world).projects.values()].flatMap(({ id, environments }) =>
      [...environments.values()].flatMap((environment) =>
        [...environment.variables.values()].map(
          ({ name, is_sensitive, is_inheritable, visible_build }) =>
            [id, environment.id, name, is_sensitive, is_inheritable, visible_build].join(" "),
        ),
      ),
    ),
  );

const resumed = "reports.jsonl";
const listed = "projects.txt";

/** Lists the two projects that most is found in. */
async function list(world: World): Promise<void> {
  const ids = [...contentsOf(world).projects.keys()].slice(0, 2);
  await writeFile(join(world.folder, listed), `${ids.join("\n")}\n`);
}

const operations: readonly Operation[] = [
  {
    name: "setup, the machine user",
    prepare: async () => [],
    run: async (world) => said(await runSetup(world, { ...flags, only: "machine-user" })),
    things: [theInvitation("1")],
  },
  {
    name: "setup, the rest, with a commit",
    prepare: async (world) => {
      git(world, "config", "user.name", "A");
      git(world, "config", "user.email", "a@example.org");
      return setUpMachineUser(world);
    },
    run: async (world) => said(await runSetup(world, { ...flags, commit: true }, world.tokens[0])),
    things: [theVariable((now, { tokens }) => now === tokens[0]), ...fileThings(isTrue), theCommit],
    again: async (world) => said(await runSetup(world, flags, world.tokens[0])),
  },
  {
    name: "undo of the machine user",
    prepare: async (world) => {
      await runSetup(world, { ...flags, only: "machine-user" });
      return [];
    },
    run: undone,
    things: [theInvitation("0")],
  },
  {
    name: "undo of the rest",
    prepare: setUpAll,
    run: undone,
    things: [theVariable((now) => now === "none"), ...fileThings(isFalse)],
  },
  {
    name: "rotate",
    prepare: async (world) => {
      const tokens = await setUpAll(world);
      return [...tokens, world.sandbox.makeToken(email, "second")];
    },
    run: rotated,
    repeats: /^PATCH .*variables/u,
    things: [
      theVariable((now, { tokens }) => now === tokens[1]),
      {
        name: "the old token",
        now: (world) =>
          [...contentsOf(world).apiTokens.values()].some(({ secret }) => secret === world.tokens[0])
            ? "valid"
            : "revoked",
        goal: (now) => now === "revoked",
        told: /API token/u,
      },
    ],
  },
  {
    name: "rotate of many",
    prepare: async (world) => {
      const tokens = await setUpAll(world);
      await writeFile(join(world.folder, listed), `${demoProjectId}\n`);
      return [...tokens, world.sandbox.makeToken(email, "second")];
    },
    run: rotatedOfMany,
    repeats: /^PATCH .*variables/u,
    things: [theVariable((now, { tokens }) => now === tokens[1])],
  },
  {
    name: "status",
    prepare: setUpAll,
    run: stood,
    things: [],
  },
  {
    name: "verify",
    prepare: setUpAll,
    run: verified,
    things: [],
  },
  {
    name: "audit of many, --fix",
    prepare: async (world) => {
      await list(world);
      return [];
    },
    run: fleetFixed({ fix: true, unsafeFixes: "all", yes: true }),
    things: [
      { name: "the variables", now: switches, goal: () => true, told: /variable|access|role/iu },
    ],
  },
  {
    name: "audit of many, --resume",
    prepare: async (world) => {
      await list(world);
      return [];
    },
    run: (world) => fleetFixed({ resume: join(world.folder, resumed) })(world),
    things: [],
  },
];

function said({ out, err, failure }: Awaited<ReturnType<typeof runSetup>>): Said {
  return { text: `${out}\n${err}`, failure };
}

/** Where every cell of an operation begins. */
interface Beginning {
  readonly state: string;
  readonly tokens: readonly string[];
}

let top: string;
const beginnings = new Map<string, Beginning>();

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), "machinist-test-"));
}, 120_000);

afterAll(async () => {
  await rm(top, { recursive: true, force: true });
  printTable();
});

// The journal knows a directory by its path, so that each cell is played at the same one.
const folderOf = ({ name }: Operation) => join(top, name.replaceAll(/\W/gu, ""));

async function openWorld(folder: string, { state, tokens }: Partial<Beginning>): Promise<World> {
  const read = state === undefined ? undefined : readState(state);
  const contents = read?.kind === "usable" ? { contents: read.contents } : {};
  const sandbox = await startSandbox({ activityMs: 1, ...contents });
  return {
    folder,
    directory: join(folder, "shop"),
    file: join(folder, "shop", ".platform.app.yaml"),
    sandbox,
    tokens: tokens ?? [],
    env: {
      PATH: process.env["PATH"] ?? "",
      MACHINIST_HOME: join(folder, "state"),
      MACHINIST_CONSOLE_URL: sandbox.consoleUrl,
      PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
      PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
      PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
    },
  };
}

/** Gives some work a world as it is before the operation, the same each time. */
async function inWorld<T>(operation: Operation, work: (world: World) => Promise<T>): Promise<T> {
  const folder = folderOf(operation);
  const kept = `${folder}.kept`;
  const beginning = beginnings.get(operation.name) ?? (await begun(operation));
  await rm(folder, { recursive: true, force: true });
  await cp(kept, folder, { recursive: true });
  const world = await openWorld(folder, beginning);
  try {
    return await work(world);
  } finally {
    await world.sandbox.close();
  }
}

async function begun(operation: Operation): Promise<Beginning> {
  const folder = folderOf(operation);
  const world = await openWorld(folder, {});
  await mkdir(world.directory, { recursive: true });
  await layDownShop(world.directory);
  const tokens = await operation.prepare(world);
  const beginning = { state: world.sandbox.state(), tokens };
  await world.sandbox.close();
  await cp(folder, `${folder}.kept`, { recursive: true });
  beginnings.set(operation.name, beginning);
  return beginning;
}

const nowOf = (operation: Operation, world: World) =>
  Promise.all(operation.things.map(async (thing) => thing.now(world)));

/** What was asked of the platform that changed something. */
const changesAt = ({ sandbox }: World) =>
  sandbox.requests
    .filter(
      ({ method, path, status }) =>
        method !== "GET" && Number(status) < 300 && !/oauth2/u.test(path),
    )
    .map(({ method, path }) => `${method} ${path}`);

/** In what the words about one thing and the thing disagree. */
function disagreementsAbout(
  thing: Thing,
  world: World,
  [before = "", now = ""]: readonly string[],
  words: Said,
): readonly string[] {
  const lines = words.text.split("\n").filter((line) => thing.told.test(line));
  const says = (start: RegExp) => lines.some((line) => start.test(line));
  const isSame = before === now;
  const isGoal = thing.goal(now, world);
  const { name } = thing;
  const isOver = words.failure === undefined && (words.ended ?? "done") === "done";
  const isDone = says(/^(?:done: |Changed |Deleted |Removed |Created )/u);
  const checks: readonly (readonly [boolean, string])[] = [
    [isOver && !isGoal, `success is said, and ${name} is not as wished`],
    [isDone && isSame && !isGoal, `${name} is said to be done, and isn't`],
    [
      !isSame && !isDone && !says(/^not known whether done: /u),
      `${name} is changed, and nothing says so`,
    ],
    [
      !isSame && !isDone && says(/^(?:failed, and not done|left out): /u),
      `${name} is said not to be done, and is`,
    ],
    [!isSame && /nothing was changed/iu.test(words.text), `${name} is changed, not nothing`],
  ];
  return checks.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

/** How a cell ended: what was said, and in what that is wrong. */
async function played(operation: Operation, cell: Cell, world: World): Promise<readonly string[]> {
  const { things, run, again = run, name, repeats } = operation;
  const before = await nowOf(operation, world);
  let words: Said = { text: "", failure: undefined };
  await onFaultyDisk(cell.faultOf, async () => {
    words = await run(world);
  });
  const now = await nowOf(operation, world);
  const wrong = things.flatMap((thing, at) =>
    disagreementsAbout(thing, world, [before[at] ?? "", now[at] ?? ""], words),
  );
  if (words.failure !== undefined && !(words.failure instanceof Failure))
    wrong.push(`a failure without words: ${words.failure}`);
  const changed = things.flatMap((thing, at) => (before[at] === now[at] ? [] : [thing.name]));
  enter(name, cell, changed.length === 0 ? "as before" : `changed: ${changed.join(", ")}`, words);
  await holdNoSecret(world.folder, world.tokens, [allWords(words)]);
  await settled(world);
  // With the disk well again the same command comes to the end, and asks nothing twice of the platform.
  const last = await again(world);
  const then = await nowOf(operation, world);
  for (const [at, thing] of things.entries())
    if (thing !== theCommit && !thing.goal(then[at] ?? "", world))
      wrong.push(`${thing.name} is not as wished after the next run:\n${allWords(last)}`);
  const asked = changesAt(world).filter((line) => repeats?.test(line) !== true);
  const twice = asked.filter((line, at) => asked.indexOf(line) !== at);
  if (twice.length > 0) wrong.push(`asked twice of the platform: ${twice.join(", ")}`);
  return wrong.map((what) => `${cell.shown}: ${what}\n${allWords(words)}`);
}

describe.each(oneOf(operations, 0).map((operation) => [operation.name, operation] as const))(
  "a disk that fails under %s",
  (_name, operation) => {
    test("leaves no sentence that the disk or the platform contradicts", async () => {
      const calls = await inWorld(operation, (world) =>
        onFaultyDisk(
          () => undefined,
          async () => void (await operation.run(world)),
        ),
      );
      expect(calls.length).toBeGreaterThan(3);
      const wrong: string[] = [];
      for (const cell of someCells(cellsOf(calls)))
        wrong.push(...(await inWorld(operation, (world) => played(operation, cell, world))));
      expect(wrong).toEqual([]);
    });
  },
);
