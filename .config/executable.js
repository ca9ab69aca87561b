// Makes one file that holds Node and machinist, for a machine without Node: out/machinist-linux-x64.tar.gz, with the
// licences beside it and its checksum in a file of its own. It is made for the system and the processor that it is made
// on, of the Node that runs this: on macOS, Windows and arm64 the same command makes theirs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import postject from "postject";
import { ofProgram } from "./build.js";

const { platform, arch } = process;
const systems = new Map([
  ["darwin", "macos"],
  ["win32", "windows"],
]);
const name = `machinist-${systems.get(platform) ?? platform}-${arch}`;
const program = platform === "win32" ? "machinist.exe" : "machinist";
/** Where Node looks for the blob (Node: "Single executable applications"). */
const fuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

const work = await mkdtemp(join(tmpdir(), "machinist-executable-"));
try {
  const folder = join(work, name);
  await mkdir(folder);
  await bundle(join(work, "main.cjs"));
  await embed(join(folder, program));
  for (const file of ["LICENSE", "THIRD-PARTY-NOTICES", "README.md"])
    await cp(file, join(folder, file));
  await mkdir("out", { recursive: true });
  const archive = join("out", `${name}.tar.gz`);
  run("tar", ["-czf", archive, "-C", work, name]);
  const checksum = createHash("sha256")
    .update(await readFile(archive))
    .digest("hex");
  await writeFile(`${archive}.sha256`, `${checksum}  ${basename(archive)}\n`);
  console.log(archive);
} finally {
  await rm(work, { recursive: true, force: true });
}

/** The program as one script; the first line is the launcher's. @param {string} path */
async function bundle(path) {
  const {
    splitting: _,
    entryPoints: _one,
    outdir: _folder,
    outExtension: _names,
    ...options
  } = ofProgram;
  await build({
    ...options,
    stdin: {
      contents: 'process.on("SIGUSR1", () => undefined); require("./src/main.ts");',
      resolveDir: ".",
    },
    format: "cjs",
    // In a single executable an import of Node's own modules fails, and require doesn't.
    supported: { "dynamic-import": false },
    outfile: path,
    write: true,
    define: { ...options.define, "import.meta.url": '"file:///machinist"' },
  });
}

/** Puts the script into a copy of this Node. @param {string} path */
async function embed(path) {
  const blob = join(work, "blob");
  const config = join(work, "config.json");
  const main = join(work, "main.cjs");
  await writeFile(
    config,
    JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true, useCodeCache: true }),
  );
  run(process.execPath, ["--experimental-sea-config", config]);
  await copyFile(process.execPath, path);
  await chmod(path, 0o755);
  // A signature of Node's would no longer be true. What is left of it, Linux has no use for.
  if (platform === "darwin") run("codesign", ["--remove-signature", path]);
  if (platform === "linux") spawnSync("strip", ["--strip-all", path], { stdio: "ignore" });
  const segment = platform === "darwin" ? { machoSegmentName: "NODE_SEA" } : {};
  await postject.inject(path, "NODE_SEA_BLOB", await readFile(blob), {
    sentinelFuse: fuse,
    ...segment,
  });
  if (platform === "darwin") run("codesign", ["--sign", "-", path]);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
}
