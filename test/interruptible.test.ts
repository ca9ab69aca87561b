import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const module = join(import.meta.dirname, "../src/interruptible.ts");
const program = `
const { interruptibly } = await import(${JSON.stringify(module)});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.stdout.write("told "));
try {
  interruptibly(() => {
    require("node:fs").writeSync(1, "working ");
    for (;;);
  });
} catch (error) {
  process.stdout.write(error.reason);
  process.exit(130);
}`;

/** How a program ends that gets the signal in the middle of work that never ends. */
async function ended(signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [
    "--import",
    "tsx",
    "--input-type=commonjs",
    "--eval",
    `(async () => {${program}})()`,
  ]);
  let said = "";
  child.stdout.on("data", (text) => {
    if (said === "") child.kill(signal);
    said += text;
  });
  return new Promise((done) => child.once("close", (code, by) => done({ code, by, said })));
}

test("Ctrl-C ends work that waits for nothing, and its handlers are called", async () => {
  expect(await ended("SIGINT")).toEqual({ code: 130, by: null, said: "working told interrupted" });
});

test("SIGTERM ends work that waits for nothing", async () => {
  expect(await ended("SIGTERM")).toEqual({ code: null, by: "SIGTERM", said: "working " });
});
