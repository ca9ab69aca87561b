#!/usr/bin/env node
// Makes this checkout ready, then runs the program where it was called: for CI and hooks, which have only a checkout.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

// Installing runs what the dependencies bring along; none of it has any use for a token.
const { PLATFORMSH_CLI_TOKEN: _, UPSUN_CLI_TOKEN: _also, ...env } = process.env;
const { status } = spawnSync(process.execPath, [join(import.meta.dirname, "ready.js")], {
  env,
  stdio: ["ignore", 2, 2],
});
if (status !== 0) process.exit(1);
await import("../bin/machinist.js");
