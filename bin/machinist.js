#!/usr/bin/env node
// Left to itself Node opens its debugger on this signal, and whoever connects to it reads every secret.
process.on("SIGUSR1", () => undefined);

require("./node-floor.js");

// The launcher is CommonJS and answers --version itself: the module loader alone would double its time.
const [first, second] = process.argv.slice(2);
if ((first === "--version" || first === "-V") && second === undefined) {
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
