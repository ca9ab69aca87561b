// Preloaded into the program by NODE_OPTIONS: kills it right before one of its calls that change something on disk, and
// writes at each how many there were.
import { writeFileSync } from "node:fs";
import fs from "node:fs/promises";

const { searchParams } = new URL(import.meta.url);
const [killAt, log] = [Number(searchParams.get("at")), searchParams.get("log")];
let calls = 0;

function counted(target, name) {
  const real = target[name];
  target[name] = function (...args) {
    if (name === "open" && (args[1] === undefined || args[1] === "r"))
      return real.apply(this, args);
    calls += 1;
    if (calls === killAt) process.kill(process.pid, "SIGKILL");
    writeFileSync(log, String(calls));
    return real.apply(this, args);
  };
}

const handle = await fs.open(import.meta.filename);
for (const name of ["chmod", "sync", "writeFile"]) counted(Object.getPrototypeOf(handle), name);
await handle.close();
for (const name of ["chmod", "link", "mkdir", "open", "rename", "rm", "writeFile"])
  counted(fs, name);
