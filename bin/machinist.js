#!/usr/bin/env node
// Left to itself Node opens its debugger on this signal, and whoever connects to it reads every secret.
process.on("SIGUSR1", () => undefined);

// The launcher is CommonJS and answers --version itself: the module loader alone would double its time.
const [first, ...rest] = process.argv.slice(2);
if (rest.length === 0 && (first === "--version" || first === "-V")) {
  process.stdout.on("error", ({ code }) => {
    process.exitCode = code === "EPIPE" ? 141 : 1;
  });
  process.stdout.write(`${require("../package.json").version}\n`);
} else {
  require("./load.js").load("main.cjs");
}
