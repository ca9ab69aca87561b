import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { someOf } from "../amounts.ts";
import { emptyDirectory } from "../change/place.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");

const appFile = `name: app
type: 'php:8.3'
hooks:
    build: sh night.sh
crons:
    night:
        spec: '0 5 * * *'
        commands:
            start: sh night.sh
`;

async function checkoutWith(odd: string, make: (path: string) => unknown): Promise<string> {
  const root = await emptyDirectory();
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, stdio: "ignore" });
  git("init", "--quiet", "--initial-branch", "main");
  await writeFile(join(root, ".platform.app.yaml"), appFile);
  await writeFile(join(root, "night.sh"), "true\n");
  git("add", ".");
  git("-c", "user.name=Jane", "-c", "user.email=jane@example.org", "commit", "--message", "first");
  const path = join(root, odd);
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  await make(path);
  return root;
}

const commands = {
  audit: ["audit", "--offline"],
  setup: [
    ...["setup", "--offline", "--only", "cron", "--task", "backup", "--branch", "main"],
    ...["--schedule", "0 4 * * *", "--yes", "--dry-run"],
  ],
};

describe.each(
  someOf([
    [".platform.app.yaml"],
    [".machinist.yaml"],
    [".environment"],
    ["night.sh"],
    [".gitattributes"],
    [".platform/local/project.yaml"],
    [".git/HEAD"],
    [".git/config"],
    [".git/index"],
    [".git/packed-refs"],
    [".git/refs/heads/main"],
  ]),
)("%s that is no file", (odd) => {
  test.each([
    ["a named pipe", (path: string) => execFileSync("mkfifo", [path])],
    ["a link to a device that never ends", (path: string) => symlink("/dev/zero", path)],
  ])("%s: both commands come to an end of their own", async (_what, make) => {
    const cwd = await checkoutWith(odd, make);
    for (const args of Object.values(commands)) {
      const { signal, status, stderr } = spawnSync(process.execPath, [launcher, ...args], {
        cwd,
        encoding: "utf8",
        timeout: 30_000,
        env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(cwd, "state") },
      });
      expect({ signal, args }).toEqual({ signal: null, args });
      expect([0, 2, 5, 10]).toContain(status);
      expect(stderr).not.toContain("unexpected");
    }
  });
});

test("an app file of ten megabytes is refused with its size", async () => {
  const cwd = await checkoutWith(".platform.app.yaml", (path) =>
    writeFile(path, `${appFile}# ${"x".repeat(10_000_000)}\n`),
  );
  const { status, stdout } = spawnSync(process.execPath, [launcher, ...commands.audit], {
    cwd,
    encoding: "utf8",
    timeout: 30_000,
    env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(cwd, "state") },
  });
  expect(status).toBe(10);
  expect(stdout).toContain("It is larger than 2 MiB");
});
