#!/usr/bin/env node
// Left to itself Node opens its debugger on this signal, and whoever connects to it reads every secret.
process.on("SIGUSR1", () => undefined);

const [major, minor, patch] = process.versions.node.split(".").map(Number);
const isOld = major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1)));
// The launcher is CommonJS and answers --version itself: the module loader alone would double its time.
const [first, second] = process.argv.slice(2);
if (isOld) {
  // What is loaded below can't even be read by a Node that is much older.
  process.stderr.write(
    `machinist needs Node 20.18.1 or newer, and this is ${process.versions.node}: install a newer Node, or take machinist's single executable, which needs none\n`,
  );
  process.exitCode = 1;
} else if ((first === "--version" || first === "-V") && second === undefined) {
  process.stdout.on("error", ({ code, message }) => {
    process.exitCode = code === "EPIPE" ? 141 : 1;
    const why = code === "EPIPE" ? "standard output was closed before its end" : message;
    process.stderr.write(`machinist: the version could not be written: ${why}\n`);
  });
  process.stderr.on("error", () => undefined);
  const { version } = require("../package.json");
  process.stdout.write(`${version}\n`);
} else {
  require("./load.js").load("main.cjs");
}
