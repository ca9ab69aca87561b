import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { someMoments } from "../amounts.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const before = "name: web\ntype: 'php:8.3'\n";
const setUp = ["setup", "--offline", "--task", "backup", "--branch", "main", "--yes"];
const schedule = ["--schedule", "7 4 * * *"];
const badly = `${before}crons:\n    save:\n        spec: '11 2 * * *'\n        commands:\n            start: platform backup:create --yes\n`;

/** A checkout with its state, and the built program in it, killed before the call with this number. */
function place(text: string) {
  const folder = mkdtempSync(join(tmpdir(), "machinist-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [checkout, log] = [join(folder, "checkout"), join(folder, "calls")];
  mkdirSync(checkout);
  const file = join(checkout, ".platform.app.yaml");
  writeFileSync(file, text);
  const run = (args: readonly string[], killAt = 0) => {
    const preload = pathToFileURL(join(import.meta.dirname, "kill-at.mjs"));
    preload.search = String(new URLSearchParams({ at: String(killAt), log }));
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
      cwd: checkout,
      encoding: "utf8",
      input: "",
      timeout: 60_000,
      env: {
        PATH: process.env["PATH"] ?? "",
        MACHINIST_HOME: join(folder, "state"),
        NODE_OPTIONS: `--import=${preload}`,
      },
    });
    return { status, signal, said: `${stdout}\n${stderr}` };
  };
  return {
    run,
    calls: () => Number(readFileSync(log, "utf8")),
    text: () => readFileSync(file, "utf8"),
    entries: () => readdirSync(checkout),
  };
}

test.each([
  ["setup", before, [...setUp, ...schedule]],
  ["audit --fix", badly, ["audit", "--offline", "--fix"]],
] as const)(
  "%s that is killed before any of its writes can be taken back whole, and said what it had done by then",
  (_name, text, args) => {
    const whole = place(text);
    whole.run(args);
    const total = whole.calls();
    expect(total).toBeGreaterThan(8);
    for (const moment of someMoments(total)) {
      const at = place(text);
      const killed = at.run(args, moment + 1);
      expect(killed.signal).toBe("SIGKILL");
      const now = at.text();
      // What was said to be done is done.
      if (/^(?:done: )?Changed /mu.test(killed.said)) expect(now).not.toBe(text);
      const undone = at.run(["undo", "--yes"]);
      expect([moment, undone.status, at.text()]).toEqual([moment, 0, text]);
      expect(at.run(args).signal).toBeNull();
      expect(at.text()).toBe(whole.text());
      expect(at.entries()).toEqual([".platform.app.yaml"]);
    }
  },
);
