import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { oneOf } from "../amounts.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const preload = pathToFileURL(join(import.meta.dirname, "tell-opened.mjs")).href;
const folder = mkdtempSync(join(tmpdir(), "machinist-test-"));
const app = join(folder, ".platform.app.yaml");

/** A file that no command is done with in half a minute. */
const text = [
  "name: web",
  "type: 'php:8.3'",
  "crons:",
  ...Array.from({ length: 9_000 }, (_, index) => [
    `    job${index}:`,
    `        spec: '${index % 60} 4 * * *'`,
    "        commands:",
    "            start: |",
    '                if [ "$PLATFORM_BRANCH" = main ]; then',
    "                    platform backup:create --yes",
    "                fi",
  ]).flat(),
  "",
].join("\n");

beforeAll(() => writeFileSync(app, text));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sends a command a signal as soon as it has the file before it. */
async function ended(args: readonly string[], signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"] ?? "",
      MACHINIST_HOME: join(folder, "state"),
      NODE_OPTIONS: `--import=${preload}`,
    },
  });
  let said = "";
  child.stderr?.on("data", (part) => {
    said += part;
  });
  let sent = 0;
  child.stdio[3]?.once("data", () => {
    sent = performance.now();
    child.kill(signal);
  });
  return new Promise<{ code: number | null; said: string; ms: number }>((done) =>
    child.once("close", (code) => done({ code, said, ms: performance.now() - sent })),
  );
}

const setUp = "setup --offline --task backup --branch main --schedule=7,4,*,*,*";
const commands = [
  "audit --offline",
  "audit --offline --json",
  "audit --offline --fix",
  "audit --offline --write-baseline baseline.json",
  `${setUp} --yes`,
  `${setUp} --yes --commit`,
  `${setUp} --dry-run`,
  "verify",
  "rotate --yes",
  "undo --yes",
];
const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
const cells = signals.flatMap((signal) => commands.map((command) => [signal, command] as const));

test.each([
  ...oneOf(cells.slice(0, commands.length), 0),
  ...oneOf(cells.slice(commands.length), 1),
])(
  "%s ends %s in the middle of a long file, which says that nothing was changed and how to go on",
  async (signal, command) => {
    const args = command.split(" ").map((word) => word.replace(/,(?=[\d*])/gu, " "));
    const { code, said, ms } = await ended(args, signal);
    expect([command, code]).toEqual([command, 130]);
    expect(said).toContain("nothing was changed");
    expect(said).toMatch(/to go on/u);
    // A second is promised. The work itself would take many times this limit, which is for a machine that is busy.
    expect(ms).toBeLessThan(15_000);
    expect(readFileSync(app, "utf8") === text).toBe(true);
  },
);

test("Ctrl-C after changes were made is heard once, so that the demo says what is left of it", async () => {
  const child = spawn(process.execPath, [launcher, "demo"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", TMPDIR: folder },
  });
  const first = "is waited for";
  const said = { out: "", err: "" };
  child.stdout.on("data", (part) => {
    const before = said.out;
    said.out += part;
    if (said.out.includes(first) && !before.includes(first)) child.kill("SIGINT");
  });
  child.stderr.on("data", (part) => {
    said.err += part;
  });
  const code = await new Promise((done) => child.once("close", done));
  expect(said.err).toMatch(/^done: Invited .*\n(?:.*\n)*to remove it: rm -r \S+\n$/mu);
  expect(said.err).not.toContain("machinist undo");
  expect(code).toBe(130);
});
