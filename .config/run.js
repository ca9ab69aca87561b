#!/usr/bin/env node
// Runs the program where it was called, for CI and hooks: the released package that MACHINIST_VERSION names, where npm
// has it, or else this checkout, which is made ready first.
import "../bin/node-floor.js";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

// Installing runs what the dependencies bring along; none of it has any use for a token.
const {
  PLATFORMSH_CLI_TOKEN: _,
  UPSUN_CLI_TOKEN: _also,
  MACHINIST_VERSION: version,
  ...env
} = process.env;

/** @param {string} command @param {string[]} args */
const isDone = (command, args) =>
  spawnSync(command, args, { env, stdio: ["ignore", 2, 2], shell: process.platform === "win32" })
    .status === 0;

/** @returns {string | undefined} the launcher of the released package; undefined where none is named or to be had */
function released() {
  if (version === undefined || version === "") return undefined;
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version)) {
    process.stderr.write("MACHINIST_VERSION isn't a version such as 1.0.0\n");
    process.exit(2);
  }
  const folder = join(dirname(import.meta.dirname), "out", `released-${version}`);
  const launcher = join(folder, "node_modules/machinist/bin/machinist.js");
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional"];
  if (existsSync(launcher)) return launcher;
  if (isDone("npm", ["install", "--prefix", folder, ...quiet, `machinist@${version}`]))
    return launcher;
  process.stderr.write(`npm has no machinist ${version}: the checkout is built instead\n`);
  return undefined;
}

const launcher = released();
if (launcher !== undefined) await import(pathToFileURL(launcher).href);
else {
  if (!isDone(process.execPath, [join(import.meta.dirname, "ready.js")])) process.exit(1);
  await import("../bin/machinist.js");
}
