import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { oneOf } from "../amounts.ts";
import { runSetup } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";
import { holdNoSecret } from "../setup/secrets.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { keys, type PtyRun, runInPty, runInShell } from "./pty.ts";

const email = "operator+shop-backup@example.org";
const sizes = [
  { columns: 60, rows: 16 },
  { columns: 120, rows: 40 },
  { columns: 40, rows: 12 },
] as const;

function start(
  shop: Shop,
  size: { readonly columns: number; readonly rows: number },
  ...args: string[]
) {
  return runInPty(["setup", ...args], size, { env: shop.env, cwd: shop.directory });
}

const thePlan = "The plan. Nothing is done yet.";

/** Takes the task that is offered and applies the plan, up to the pause for the token. */
async function upToToken(run: PtyRun): Promise<void> {
  await run.sees("to do?");
  run.type(keys.enter);
  await apply(run);
  await run.sees("API token");
}

/** Goes to the button of the plan, and presses it. */
async function apply(run: PtyRun): Promise<void> {
  await run.sees(thePlan);
  run.type(keys.tab + keys.enter);
}

/** The lines that the terminal had to break, with what comes after the break. */
function linesCutIn({ emulator, scrollback }: PtyRun): readonly string[] {
  const { active } = emulator.buffer;
  return scrollback().filter((_, row) => active.getLine(row + 1)?.isWrapped === true);
}

/** No byte of the run wipes the scrollback, and the terminal is as it was before. */
function leftTheTerminalAsItWas(run: PtyRun): void {
  expect(run.output()).not.toContain("\u001b[3J");
  expect(run.output().lastIndexOf("\u001b[?25h")).toBeGreaterThan(
    run.output().lastIndexOf("\u001b[?25l"),
  );
  expect(run.output().lastIndexOf("\u001b[?2004l")).toBeGreaterThan(
    run.output().lastIndexOf("\u001b[?2004h"),
  );
}

describe.each(sizes)("the wizard at $columns × $rows", (size) => {
  test("goes from the first question to the patched project, and shows no secret", async () => {
    const shop = await openShop();
    const before = await readFile(shop.file, "utf8");
    const report = join(shop.folder, "record.md");
    const run = start(shop, size, "--report", report);
    await upToToken(run);
    const { token } = await shop.sandbox.acceptInvitation(email);
    run.type(keys.paste(` ${token}\r\n`));
    run.type(keys.enter);
    expect(await run.ended).toBe(0);

    expect(run.scrollback().join(" ").replace(/\s+/gu, " ")).toContain("machinist undo");
    const after = await readFile(shop.file, "utf8");
    expect(after).toContain("platform backup:create --yes --no-wait");
    const removed = execFileSync("git", ["-C", shop.directory, "diff", "--numstat"], {
      encoding: "utf8",
    });
    expect(removed).toMatch(/^\d+\t0\t/u);
    leftTheTerminalAsItWas(run);
    // The terminal itself breaks within words; where a command has no room even alone, it has to.
    if (size.columns >= 60) expect(linesCutIn(run)).toEqual([]);
    expect(await readFile(report, "utf8")).toContain("## To take it back");
    await holdNoSecret(
      shop.folder,
      [token, shop.sandbox.operatorToken],
      [run.output(), ...run.frames()],
    );

    await runUndo(shop);
    expect(await readFile(shop.file, "utf8")).toBe(before);
  });
});

describe("leaving the wizard", () => {
  const size = { columns: 80, rows: 24 };

  const ways = [
    ["Ctrl-C", (run: PtyRun) => run.type(keys.ctrlC)],
    ["SIGTERM", (run: PtyRun) => run.kill("SIGTERM")],
    ["SIGHUP", (run: PtyRun) => run.kill("SIGHUP")],
  ] as const;
  test.each(oneOf(ways, 0))(
    "by %s ends with 130, a clean terminal and the command to go on",
    async (_how, leave) => {
      const shop = await openShop();
      const run = start(shop, size);
      await upToToken(run);
      leave(run);
      expect(await run.ended).toBe(130);
      expect(linesCutIn(run)).toEqual([]);
      const said = run.scrollback().join(" ").replace(/\s+/gu, " ");
      expect(said).toContain("done: Invited");
      expect(said).toContain("machinist setup");
      expect(said).toContain("--email operator+shop-backup@example.org");
      leftTheTerminalAsItWas(run);
    },
  );
});

describe("NO_COLOR", () => {
  test("leaves no colour in any frame", async () => {
    const shop = await openShop();
    const env = { ...shop.env, NO_COLOR: "1" };
    const run = runInPty(["setup"], { columns: 80, rows: 24 }, { env, cwd: shop.directory });
    await run.sees("to do?");
    run.type(keys.enter);
    await run.sees(thePlan);
    run.type(keys.ctrlC);
    await run.ended;
    const sequences = run.output().split("\u001b[").slice(1);
    expect(sequences.length).toBeGreaterThan(0);
    expect(
      sequences.filter((sequence) => /^(?:\d+;)*(?:3|4|9|10)\d(?:;\d+)*m/u.test(sequence)),
    ).toEqual([]);
  });
});

describe("in lines", () => {
  test("the whole setup is asked without drawing anything twice", async () => {
    const shop = await openShop();
    const run = start(shop, { columns: 80, rows: 24 }, "--accessible");
    const answer = async (question: string, reply: string) => {
      await run.sees(question);
      run.type(`${reply}\r`);
    };
    await answer("Enter for Back up", "1");
    await answer("Plan:", "5");
    await run.sees("5b Schedule: 0 5 * * *");
    run.type("5b\r");
    await answer("Enter for 0 5 * * *", "30 6 * * *");
    await run.sees("every day at 06:30 UTC");
    run.type("apply\r");
    await run.sees("Token (not shown)");
    const { token } = await shop.sandbox.acceptInvitation(email);
    await answer("Token (not shown)", token);
    expect(await run.ended).toBe(0);
    await holdNoSecret(
      shop.folder,
      [token, shop.sandbox.operatorToken],
      [run.output(), ...run.frames()],
    );
    expect(run.output()).not.toContain("\u001b[2K");
    expect(await readFile(shop.file, "utf8")).toContain("spec: '30 6 * * *'");
  });

  test("Ctrl-Z at a question, typed openly or hidden, gives the shell back, and fg asks again", async () => {
    const shop = await openShop();
    const run = runInShell({ columns: 80, rows: 24 }, { env: shop.env, cwd: shop.directory });
    const awayAndBack = async (question: RegExp) => {
      await run.sees(question);
      run.type(keys.ctrlZ);
      await run.sees(/Stopped.*\nready>\s*$/su);
      run.type("clear; fg\r");
      await run.sees(question);
    };
    run.type('PS1="ready> "\rmachinist setup --accessible\r');
    await awayAndBack(/Enter for Back up.*:\s*$/su);
    run.type("1\r");
    await run.sees(/Plan:\s*$/u);
    run.type("apply\r");
    await run.sees(/Token \(not shown\):\s*$/u);
    run.type("halfway");
    await awayAndBack(/Token \(not shown\):\s*$/u);
    run.type(keys.ctrlC);
    await run.sees(/to go on:.*ready>\s*$/su);
    expect(run.output()).not.toContain("halfway");
    run.type("exit 0\r");
    expect(await run.ended).toBe(0);
  });
});

/** Plays the usual setup to its end, on one of the three faces. */
const faces: Readonly<Record<string, (shop: Shop) => Promise<void>>> = {
  screens: async (shop) => {
    const run = start(shop, { columns: 80, rows: 24 });
    await upToToken(run);
    run.type(keys.paste((await shop.sandbox.acceptInvitation(email)).token) + keys.enter);
    expect(await run.ended).toBe(0);
  },
  lines: async (shop) => {
    const run = start(shop, { columns: 80, rows: 24 }, "--accessible");
    await run.sees("Enter for Back up");
    run.type("\r");
    await run.sees("Plan:");
    run.type("apply\r");
    await run.sees("Token (not shown)");
    run.type(`${(await shop.sandbox.acceptInvitation(email)).token}\r`);
    expect(await run.ended).toBe(0);
  },
  flags: async (shop) => {
    const flags = { task: "backup", email, yes: true };
    expect((await runSetup(shop, { ...flags, only: "machine-user" })).failure).toBeUndefined();
    const { token } = await shop.sandbox.acceptInvitation(email);
    expect((await runSetup(shop, flags, token)).failure).toBeUndefined();
  },
};

test("the usual setup comes to the same bytes and the same changing requests on screens, in lines and by flags", async () => {
  const came = await Promise.all(
    Object.values(faces).map(async (play) => {
      const shop = await openShop();
      await play(shop);
      const changing = shop.sandbox.requests.filter(
        ({ method, path }) => method !== "GET" && !path.endsWith("/oauth2/token"),
      );
      return {
        text: await readFile(shop.file, "utf8"),
        requests: changing.map(({ method, path }) => `${method} ${path}`),
      };
    }),
  );
  const [screens, lines, flags] = came;
  expect(screens?.requests.length).toBeGreaterThan(1);
  expect(lines).toEqual(screens);
  expect(flags).toEqual(screens);
});

const execute = promisify(execFile);
const officialCli = join(import.meta.dirname, "../../node_modules/@upsun/cli-linux-x64/bin/upsun");

describe.runIf(existsSync(officialCli))("the official CLI", () => {
  test("reads back the very variable and the invitation that a setup made", async () => {
    const shop = await openShop();
    const flags = { task: "backup", email, yes: true };
    expect((await runSetup(shop, { ...flags, only: "machine-user" })).failure).toBeUndefined();
    await mkdir(join(shop.folder, "cli"));
    // The sandbox answers in this very process, so the CLI must not be waited for synchronously.
    const cli = async (...args: string[]) => {
      const { stdout } = await execute(officialCli, [...args, "--project", "shopq4m2v7xk3"], {
        cwd: shop.folder,
        timeout: 30_000,
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: shop.folder,
          UPSUN_CLI_HOME: join(shop.folder, "cli"),
          UPSUN_CLI_API_BASE_URL: shop.sandbox.apiUrl,
          UPSUN_CLI_API_AUTH_URL: shop.sandbox.authUrl,
          UPSUN_CLI_TOKEN: shop.sandbox.operatorToken,
          UPSUN_CLI_NO_INTERACTION: "1",
          UPSUN_CLI_UPDATES_CHECK: "0",
        },
      });
      return stdout;
    };
    const invitations: unknown = JSON.parse(await cli("project:curl", "/invitations"));
    expect(invitations).toMatchObject([
      { email, state: "pending", permissions: [{ type: "production", role: "admin" }] },
    ]);
    const { token } = await shop.sandbox.acceptInvitation(email);
    expect((await runSetup(shop, flags, token)).failure).toBeUndefined();
    const property = async (name: string) => {
      const place = ["--level", "environment", "--environment", "main", "--property", name];
      return (await cli("variable:get", "env:PLATFORMSH_CLI_TOKEN", ...place)).trim();
    };
    expect(await property("is_sensitive")).toBe("true");
    expect(await property("is_inheritable")).toBe("false");
    expect(await property("visible_build")).toBe("false");
    expect(await cli("user:list", "--format", "plain", "--columns", "email")).toContain(email);
  });
});

test.each(oneOf([{ CI: "" }, { CI: "false", CONTINUOUS_INTEGRATION: "1" }], 0))(
  "a terminal whose environment has %j gets its screens",
  async (named) => {
    const shop = await openShop();
    const run = runInPty(["setup"], sizes[1], {
      env: { ...shop.env, ...named },
      cwd: shop.directory,
    });
    await run.sees("to do?");
    run.type(keys.ctrlC);
    expect(await run.ended).toBe(130);
  },
);
