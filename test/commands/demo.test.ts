import { rm } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { runDemo } from "../../src/commands/demo/run.ts";
import { vendors } from "../../src/vendors/registry.ts";

/**
 * Plays the demo without a terminal, and gives what it said, and how it failed, if it did.
 * @param cutOff the line after which it is interrupted, as by Ctrl-C
 */
async function played(where: "cron" | "github" | "gitlab", cutOff?: RegExp) {
  const said: string[] = [];
  const paths = new Set<string | undefined>();
  const controller = new AbortController();
  const note = (text: string) => {
    said.push(text);
    paths.add(process.env["PATH"]);
    if (cutOff?.test(text)) controller.abort();
  };
  const io = { out: note, err: note, document: note, env: process.env, signal: controller.signal };
  const failure: unknown = await runDemo(
    { face: "flags", vendor: vendors.platformsh, where, activityMs: 1, pollMs: 1 },
    io,
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  const text = said.join("\n");
  const folder = /^The demo works in (\S+)/mu.exec(text)?.[1] ?? "";
  if (folder !== "") await rm(folder, { recursive: true });
  return { said: text, last: said.slice(-3), folder, failure, paths };
}

/** What the demo says last, however it ends. */
const lastWords = (folder: string) => [
  "This was the demo: the platform that it played is gone, and so is what was done there.",
  `Its sample project stays in ${folder}/shop, where git status and git diff show what was changed.`,
  `to remove it: rm -r ${folder}`,
];

afterEach(() => {
  vi.unstubAllEnvs();
});

test("without Git the demo says that it is missing", async () => {
  vi.stubEnv("PATH", "/nowhere");
  const { failure } = await played("cron");
  expect(failure).toMatchObject({
    parts: {
      why: "spawn git ENOENT",
      next: "install Git 2.28 or newer: the sample project is a checkout",
    },
  });
});

/** What begins a line with a command for the platform that is gone. */
const hint = /to take it back|to go on|to look whether|for what is not done|nothing was changed/u;

test.each([
  ["github", "Made .github/workflows/machinist-backup.yml"],
  ["gitlab", "Made .gitlab/machinist-backup.yml"],
] as const)("the demo plays a job on %s to its end, its Git host too", async (where, made) => {
  const path = process.env["PATH"];
  const { said, failure, last, folder, paths } = await played(where);
  expect(failure).toBeUndefined();
  expect(said).toContain(`https://${where}.example.org/acme/shop.git is played as well`);
  expect(said).toContain(`done: ${made}`);
  expect(said).toContain(
    `done: Set the secret PLATFORMSH_CLI_TOKEN of acme/shop on ${where}.example.org`,
  );
  expect(said).not.toMatch(/^failed|not done/mu);
  expect(said).not.toMatch(hint);
  expect(last).toEqual(lastWords(folder));
  expect([...paths]).toEqual([path]);
});

test.each([
  ["its first change", /^done: /u],
  ["the setup", /^Now the audit/u],
])(
  "a demo that is interrupted after %s names no command for the platform that is gone",
  async (_when, cutOff) => {
    const { said, failure, last, folder } = await played("cron", cutOff);
    expect(failure).toMatchObject({ reason: "interrupted", parts: { what: "Interrupted" } });
    expect(said).not.toMatch(hint);
    expect(last).toEqual(lastWords(folder));
  },
);
