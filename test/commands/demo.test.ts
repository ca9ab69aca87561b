import { rm } from "node:fs/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { runDemo } from "../../src/commands/demo/run.ts";
import { vendors } from "../../src/vendors/registry.ts";

/** Plays the demo without a terminal, and gives what it said. */
async function played(where: "cron" | "github" | "gitlab"): Promise<string> {
  const said: string[] = [];
  const note = (text: string) => {
    said.push(text);
  };
  vi.stubEnv("PATH", process.env["PATH"]);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const io = {
    out: note,
    err: note,
    document: note,
    env: process.env,
    signal: new AbortController().signal,
  };
  await runDemo({ face: "flags", vendor: vendors.platformsh, where }, io);
  const text = said.join("\n");
  const folder = /^The demo works in (\S+)/mu.exec(text)?.[1];
  if (folder !== undefined) await rm(folder, { recursive: true });
  return text;
}

test.each([
  ["github", "Made .github/workflows/machinist-backup.yml"],
  ["gitlab", "Made .gitlab/machinist-backup.yml"],
] as const)("the demo plays a job on %s to its end, its Git host too", async (where, made) => {
  const path = process.env["PATH"];
  const said = await played(where);
  expect(said).toContain(`https://${where}.example.org/acme/shop.git is played as well`);
  expect(said).toContain(`done: ${made}`);
  expect(said).toContain(
    `done: Set the secret PLATFORMSH_CLI_TOKEN of acme/shop on ${where}.example.org`,
  );
  expect(said).not.toMatch(/^failed|not done/mu);
  expect(process.env["PATH"]).toBe(path);
});
