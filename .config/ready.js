// Makes a checkout, or a folder with the sources alone, ready to run: installs from the lock file and builds, each only
// when it is needed. With --anew it builds in any case; with --installed npm is at it and has installed already.
import "../bin/node-floor.js";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

process.chdir(dirname(import.meta.dirname));

/** @param {string} path @returns {number} milliseconds since the epoch; 0 when there is no such file */
const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** @param {string} folder @returns {number} when the newest file below the folder changed */
const newestIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce(
    (newest, name) => Math.max(newest, changedAt(join(folder, name))),
    0,
  );

/** @param {string} why @param {string} command @param {string[]} args */
function run(why, command, args) {
  process.stderr.write(`${why}: ${[command, ...args].join(" ")}\n`);
  const { status, error } = spawnSync(command, args, {
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error !== undefined)
    process.stderr.write(`${command} can't be started (${error.message}): install it first\n`);
  if (status !== 0) process.exit(status ?? 1);
}

// npm installs a package from git for everybody as a link to a copy that it removes, and ends with 0 (npm's issue 6984). It
// prepares that copy by a second npm, which it tells so by this variable; that one fails, and so does the first, where we do.
const { _PACOTE_NO_PREPARE_: ofGit = "", npm_config_global: forEverybody } = process.env;
const copiesLinks = () =>
  spawnSync("npm", ["config", "get", "install-links"], {
    encoding: "utf8",
    shell: process.platform === "win32",
  }).stdout?.trim() === "true";
if (ofGit !== "" && forEverybody === "true" && !copiesLinks()) {
  process.stderr.write(
    "npm would link machinist to a copy that it removes: add --install-links to npm install --global\n",
  );
  process.exit(1);
}

// npm pack, npm publish and npm install --global come here from a fresh clone with nothing installed, npm ci --omit=dev
// without what builds.
const isThere = existsSync("node_modules/esbuild/package.json");
const isInstalled =
  isThere &&
  (process.argv.includes("--installed") ||
    changedAt("node_modules/.package-lock.json") >= changedAt("package-lock.json"));
if (!isInstalled) {
  // One development dependency, the official CLI, is a binary for Linux on x64; npm refuses it elsewhere unless forced.
  const force = process.platform === "linux" && process.arch === "x64" ? [] : ["--force"];
  // No package's script is needed, and machinist's own would build what is built below.
  // What npm was told on its own command line it hands on: that it installs for everybody, or without development.
  const here = ["--no-global", "--location=project", "--include=dev"];
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", ...here, ...force];
  run("Installing what the lock file names", "npm", ["ci", ...quietly]);
}
// The version, and where a release comes from, are built in.
const packageFiles = ["package.json", "package-lock.json"].map(changedAt);
const sources = Math.max(newestIn("src"), newestIn(".config"), ...packageFiles);
if (process.argv.includes("--anew") || changedAt("dist/main.cjs") < sources)
  run("Building dist", "node", [".config/build.js"]);
