#!/usr/bin/env node
// The launcher is CommonJS and answers --version itself: the module loader alone would double its time.
const { enableCompileCache } = require("node:module");

const [first, ...rest] = process.argv.slice(2);
if (rest.length === 0 && (first === "--version" || first === "-V")) {
  process.stdout.write(`${require("../package.json").version}\n`);
} else {
  // Node 22 and later keep compiled code between runs; Node 20 has no such call.
  if (enableCompileCache !== undefined) enableCompileCache();
  import("../dist/main.js").catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    process.stderr.write("machinist is not built yet; run: npm run build\n");
    process.exitCode = 1;
  });
}
