import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { readFleetRequest } from "../../src/commands/audit/fleet/request.ts";
import { fleetCommand } from "../../src/commands/audit/fleet/run.ts";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { auditCommand } from "../../src/commands/audit/run.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { rotateMany } from "../../src/commands/rotate/fleet.ts";
import { fleetSelection } from "../../src/commands/rotate/fleet-request.ts";
import { rotateCommand, rotateRequest } from "../../src/commands/rotate/run.ts";
import { setupCommand, setupRequest } from "../../src/commands/setup/run.ts";
import type { Io } from "../../src/commands/terminal/io.ts";
import { undoCommand } from "../../src/commands/undo/run.ts";
import { verifyCommand, verifyRequest } from "../../src/commands/verify/run.ts";
import { connect } from "../../src/platform/connection.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { runHome } from "../../src/tui/home.tsx";
import { heldPresses } from "../amounts.ts";
import { machineUserEmail, openAutomatedShop, setUpShop } from "../setup/automated-shop.ts";
import { runSetupOn } from "../setup/run-setup.ts";
import { openShop, type Shop, setTokenVariable } from "../setup/shop.ts";
import { type FakeTerminal, fakeTerminal, keys } from "../terminal/fake-terminal.ts";

/** How a command is run where a person is asked on screens. */
const screens = {
  vendor: undefined,
  face: "screens",
  yes: false,
  reasons: false,
  json: false,
  verbose: false,
  pollMs: 10,
  flags: [],
} as const;

const auditFlags = (flags: Readonly<Record<string, unknown>>) => flagsOf("audit", flags);

/** A shop as a person sees it who isn't signed in. */
async function signedOut(shop: Promise<Shop>): Promise<Shop> {
  const { env, ...rest } = await shop;
  const { PLATFORMSH_CLI_TOKEN: _, ...without } = env;
  return { ...rest, env: without };
}

/** Goes to the button of a plan and presses it: what it shows is agreed to. */
const apply = `${keys.tab}${keys.enter}`;

/** A shop whose setup was left at the token, after the invitation was sent. */
async function leftAtToken(): Promise<Shop> {
  const shop = await openShop();
  const terminal = fakeTerminal(80, 24);
  const left = runSetupOn(terminal, shop, { task: "backup" });
  await terminal.shows("Nothing is done yet.");
  terminal.type(apply);
  await terminal.shows("paste it here");
  terminal.type(keys.interrupt);
  await left;
  return shop;
}

/** A shop with a token variable for every environment, beside the right one. */
async function withStray(): Promise<Shop> {
  const shop = await openShop();
  await setTokenVariable(shop);
  const { apiUrl, authUrl, consoleUrl, operatorToken } = shop.sandbox;
  const addresses = { api: apiUrl, auth: authUrl, console: consoleUrl };
  const connection = connect({ addresses, token: new Secret(operatorToken) });
  const body = { name: "env:PLATFORMSH_CLI_TOKEN", value: "old-token-3f8e", is_sensitive: false };
  await connection.send("POST", `/projects/${demoProjectId}/variables`, body, () => undefined);
  await connection.close();
  return shop;
}

/** A shop whose project can't be read. */
async function withoutProject(): Promise<Shop> {
  const shop = await openShop();
  const on = { method: "GET", path: `/projects/${demoProjectId}` };
  shop.sandbox.faults.add({ on, times: "always", effect: { kind: "status", status: 500 } });
  return shop;
}

const rotated =
  (machineToken?: string) =>
  ({ directory }: Shop, io: Io) => {
    const request = rotateRequest(directory, flagsOf("rotate", { email: machineUserEmail }));
    return rotateCommand(
      machineToken === undefined ? request : { ...request, machineToken: new Secret(machineToken) },
      screens,
      io,
    );
  };

/** The commands that show pages, each with the way to a page of it: what is to be seen, and the key that goes on from there. */
const commands = [
  {
    name: "the menu, and of the setup that it opens",
    open: openShop,
    run: async ({ directory }: Shop, io: Io) => {
      const header = { title: "machinist", account: "", place: [] };
      const setup = { value: "setup", label: "Set up", detail: "" };
      await runHome([setup], header, async () => ({ facts: [], header }), io.terminal);
      return setupCommand(setupRequest(directory, flagsOf("setup", {})), screens, io);
    },
    way: [["Set up", ""]],
  },
  {
    name: "setup, at its token, once the plan was agreed to",
    open: openShop,
    run: ({ directory }: Shop, io: Io) =>
      setupCommand(setupRequest(directory, flagsOf("setup", { task: "backup" })), screens, io),
    way: [
      ["Nothing is done yet.", apply],
      ["paste it here", ""],
    ],
  },
  {
    name: "setup",
    open: openShop,
    run: ({ directory }: Shop, io: Io) =>
      setupCommand(setupRequest(directory, flagsOf("setup", {})), screens, io),
    way: [["What is", ""]],
  },
  {
    name: "setup, with its button pointed at and left",
    open: openShop,
    run: ({ directory }: Shop, io: Io) =>
      setupCommand(setupRequest(directory, flagsOf("setup", { task: "backup" })), screens, io),
    way: [["Nothing", `${keys.tab}${keys.tab}`]],
  },
  {
    name: "setup, where the project can't be read",
    open: withoutProject,
    run: ({ directory }: Shop, io: Io) =>
      setupCommand(setupRequest(directory, flagsOf("setup", { task: "backup" })), screens, io),
    way: [["This did not work", ""]],
  },
  {
    name: "setup that was left",
    open: leftAtToken,
    run: ({ directory }: Shop, io: Io) =>
      setupCommand(setupRequest(directory, flagsOf("setup", {})), screens, io),
    way: [["Go on with the setup of Shop", ""]],
  },
  {
    name: "setup, at the list of projects",
    open: openShop,
    run: ({ directory }: Shop, io: Io) =>
      setupCommand(setupRequest(directory, flagsOf("setup", { task: "backup" })), screens, io),
    way: [
      ["Nothing is done yet.", keys.enter],
      ["❯ Address", `${keys.down}${keys.enter}`],
      ["Which project", ""],
    ],
  },
  {
    name: "setup, with what can't be taken back on its plan",
    open: withStray,
    run: ({ directory }: Shop, io: Io) =>
      setupCommand(setupRequest(directory, flagsOf("setup", { only: "variable" })), screens, io),
    way: [["These can't be taken back", keys.end]],
  },
  {
    name: "the demo, whose colleague hands over the token",
    open: openShop,
    run: ({ directory, sandbox }: Shop, io: Io) =>
      setupCommand(
        setupRequest(directory, flagsOf("setup", {})),
        {
          ...screens,
          colleague: {
            label: "let the sandbox do it",
            token: async (email) => new Secret((await sandbox.acceptInvitation(email)).token),
          },
        },
        io,
      ),
    way: [["What is", ""]],
  },
  {
    name: "rotate",
    open: openAutomatedShop,
    run: ({ directory }: Shop, io: Io) =>
      rotateCommand(rotateRequest(directory, flagsOf("rotate", {})), screens, io),
    way: [["Enter", ""]],
  },
  {
    name: "rotate, at the new token",
    open: openAutomatedShop,
    run: rotated(),
    way: [["paste it here", ""]],
  },
  {
    name: "rotate, at its plan",
    open: openAutomatedShop,
    run: (shop: Shop, io: Io) =>
      rotated(shop.sandbox.makeToken(machineUserEmail, "another"))(shop, io),
    way: [["Nothing is done yet.", ""]],
  },
  {
    name: "rotate, at the old token, once the plan was agreed to",
    open: openAutomatedShop,
    run: (shop: Shop, io: Io) =>
      rotated(shop.sandbox.makeToken(machineUserEmail, "another"))(shop, io),
    way: [
      ["Nothing is done yet.", apply],
      ["Which token is the old one", ""],
    ],
  },
  {
    name: "the rotation of many projects",
    open: openAutomatedShop,
    run: ({ directory }: Shop, io: Io) => {
      const flags = flagsOf("rotate", { all: true });
      const selection = fleetSelection(flags);
      if (selection === undefined) throw new Error("no projects were chosen");
      return rotateMany({ directory, selection, flags, tokens: new Map() }, screens, io);
    },
    way: [["Which account is the machine user?", ""]],
  },
  {
    name: "the rotation of many projects, at the plan of one",
    open: openAutomatedShop,
    run: ({ directory, sandbox }: Shop, io: Io) => {
      const flags = flagsOf("rotate", { all: true });
      const selection = fleetSelection(flags);
      if (selection === undefined) throw new Error("no projects were chosen");
      const token = new Secret(sandbox.makeToken(machineUserEmail, "another"));
      const tokens = new Map([[demoProjectId, { token, email: machineUserEmail }]]);
      return rotateMany({ directory, selection, flags, tokens }, screens, io);
    },
    way: [["Nothing is done yet.", ""]],
  },
  {
    name: "undo, signed out",
    open: () => signedOut(setUpShop()),
    run: ({ directory }: Shop, io: Io) =>
      undoCommand(directory, { ...screens, dryRun: false, waits: true }, io),
    way: [["Your own API token", ""]],
  },
  {
    name: "undo",
    open: setUpShop,
    run: ({ directory }: Shop, io: Io) =>
      undoCommand(directory, { ...screens, dryRun: false, waits: true }, io),
    way: [["Nothing is done yet.", ""]],
  },
  ...[
    { page: "board", way: [["1 of ", ""]] },
    {
      page: "fix",
      way: [
        ["1 of ", "f"],
        ["y  Make this change", ""],
      ],
    },
    {
      page: "plan of the safe fixes",
      way: [
        ["1 of ", "a"],
        ["Nothing is done yet.", ""],
      ],
    },
    {
      page: "reason",
      way: [
        ["1 of ", "i"],
        ["Why may this stay", "no reason\r"],
        ["y  Write this down", ""],
      ],
    },
    {
      page: "rule's explanation",
      way: [
        ["1 of ", "e"],
        ["Esc close", ""],
      ],
    },
    {
      page: "editor that isn't known",
      way: [
        ["1 of ", "o"],
        ["The editor was not opened", ""],
      ],
    },
    {
      page: "filter",
      way: [
        ["1 of ", "/cron"],
        ["Enter keep", ""],
      ],
    },
    { page: "help", way: [["1 of ", "?"]] },
  ].map(({ page, way }) => ({
    name: `audit, the ${page}`,
    open: openShop,
    run: ({ directory }: Shop, io: Io) =>
      auditCommand({ ...readAuditOptions({ directory }, auditFlags({})), ...screens }, io),
    way,
  })),
  {
    name: "the audit of many projects",
    open: openShop,
    run: ({ directory }: Shop, io: Io) => {
      const flags = auditFlags({ all: true, fix: true, unsafeFixes: "all", format: "jsonl" });
      const request = readFleetRequest(flags);
      if (request === undefined) throw new Error("no fleet was asked for");
      return fleetCommand({ ...readAuditOptions({ directory }, flags), ...screens }, request, io);
    },
    way: [["Nothing is done yet.", ""]],
  },
  {
    name: "verify",
    open: openAutomatedShop,
    run: ({ directory }: Shop, io: Io) =>
      verifyCommand(
        verifyRequest(directory, flagsOf("verify", {})),
        { ...screens, wait: false },
        io,
      ),
    way: [["the machine user's own token", ""]],
  },
  {
    name: "verify, at the machine user's token",
    open: openAutomatedShop,
    run: ({ directory }: Shop, io: Io) =>
      verifyCommand(
        verifyRequest(directory, flagsOf("verify", {})),
        { ...screens, wait: false },
        io,
      ),
    way: [
      ["the machine user's own token", `${keys.down}${keys.enter}`],
      ["paste it here", ""],
    ],
  },
  {
    name: "verify, signed out",
    open: () => signedOut(openShop()),
    run: ({ directory }: Shop, io: Io) =>
      verifyCommand(
        verifyRequest(directory, flagsOf("verify", {})),
        { ...screens, wait: false },
        io,
      ),
    way: [["token", ""]],
  },
];

/** What is pasted by mistake, with what would agree to something if it were typed. */
const pasted = keys.paste(" y\tapply\r\ny\r");

/** Sizes that the terminal gets meanwhile. */
const sizes = [
  [40, 12],
  [120, 40],
  [60, 16],
  [80, 24],
] as const;

/** Gives the terminal other sizes and pastes into each, then presses Enter as a key that is held does, with frames drawn in between. */
async function hold(terminal: FakeTerminal): Promise<void> {
  for (const [columns, rows] of sizes) {
    terminal.resize(columns, rows);
    await setImmediate();
    terminal.type(pasted);
    await setImmediate();
  }
  for (let press = 0; press < heldPresses; press += 1) {
    terminal.type(keys.enter);
    await setImmediate();
  }
}

test.each(commands)(
  "Enter held on the pages of $name agrees to nothing, nor does a paste or another size of the terminal",
  async ({ open, run, way }) => {
    const shop = await open();
    const terminal = fakeTerminal(80, 24);
    const signal = new AbortController();
    const io: Io = {
      out: () => undefined,
      err: () => undefined,
      document: () => undefined,
      terminal: terminal.streams,
      env: shop.env,
      signal: signal.signal,
    };
    const ended = run(shop, io).then(
      () => "left",
      () => "left",
    );
    for (const [sees = "", to = ""] of way) {
      await terminal.shows(sees);
      if (to !== "") terminal.type(to);
    }
    const before = await readFile(shop.file, "utf8");
    const from = shop.sandbox.requests.length;
    await hold(terminal);
    terminal.type(keys.interrupt);
    signal.abort();
    expect(await ended).toBe("left");
    expect(await readFile(shop.file, "utf8")).toBe(before);
    const changing = shop.sandbox.requests
      .slice(from)
      .filter(({ method, path }) => method !== "GET" && !path.includes("/oauth2/"));
    expect(changing).toEqual([]);
  },
);
