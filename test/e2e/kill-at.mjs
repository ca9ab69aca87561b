// Preloaded into the program by NODE_OPTIONS: kills it right before one of its calls that change something on disk or
// that send something, and once more right after it has sent it; writes at each how many there were. Which programs it
// starts, with which arguments and which environment, is written as well.
import childProcess from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import net from "node:net";

const { searchParams } = new URL(import.meta.url);
const [killAt, log] = [Number(searchParams.get("at")), searchParams.get("log")];
let calls = 0;

function moment() {
  calls += 1;
  if (calls === killAt) process.kill(process.pid, "SIGKILL");
  writeFileSync(log, String(calls));
}

function counted(target, name) {
  const real = target[name];
  target[name] = function (...args) {
    if (name === "open" && (args[1] === undefined || args[1] === "r"))
      return real.apply(this, args);
    moment();
    return real.apply(this, args);
  };
}

const handle = await fs.open(import.meta.filename);
for (const name of ["appendFile", "chmod", "sync", "writeFile"])
  counted(Object.getPrototypeOf(handle), name);
await handle.close();
for (const name of ["chmod", "link", "mkdir", "open", "rename", "rm", "writeFile"])
  counted(fs, name);

const { write } = net.Socket.prototype;
net.Socket.prototype.write = function (...args) {
  if (this.remotePort === undefined) return write.apply(this, args);
  moment();
  const result = write.apply(this, args);
  setImmediate(moment);
  return result;
};

for (const name of ["execFile", "spawn", "spawnSync"]) {
  const real = childProcess[name];
  childProcess[name] = function (program, args, options, ...rest) {
    appendFileSync(`${log}.children`, `${JSON.stringify({ program, args, env: options?.env })}\n`);
    return real.call(this, program, args, options, ...rest);
  };
}
