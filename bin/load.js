const fs = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const dist = join(__dirname, "../dist");
// V8 itself refuses compiled code of another release; with a folder for each they don't overwrite each other's.
const compiledFolder = join(dist, "compiled");
const kept = join(compiledFolder, `${process.version}-${process.arch}`);
// It also refuses what was compiled with other flags of V8: a run with any keeps nothing.
const plain = process.execArgv.length === 0 && !process.env.NODE_OPTIONS;

const modules = new Map();
/** The files of the packs that were read, as functions. */
const packed = new Map();
/** The packs that files are in, by the names of the files. */
const packs = new Map([["main.cjs", "main.cjs"]]);
const compiledAnew = new Map();

/**
 * Loads a file of the program and runs it, once. What V8 compiled is kept beside the program and used again in the next
 * run, as long as nobody but root and this user can have written it; where it can't be kept, nothing is said.
 *
 * @param {string} name of a file in dist
 * @returns {unknown} what the file exports
 */
exports.load = function load(name) {
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const path = join(dist, name);
  const module = { exports: {} };
  modules.set(name, module);
  const requireHere = (wanted) =>
    wanted.startsWith("./") ? load(wanted.slice(2)) : require(wanted);
  functionOf(name, path)(module.exports, requireHere, module, path, dist);
  return module.exports;
};

/** A file of the program as the function that runs it. */
function functionOf(name, path) {
  const pack = packs.get(name);
  if (pack === undefined) return compiled(path, name);
  if (!packed.has(name)) {
    const { files = {}, audit = [] } = run(compiled(join(dist, pack), `${pack}-${name}`));
    for (const [file, content] of Object.entries(files)) packed.set(file, content);
    for (const file of Object.keys(files)) packs.set(file, pack);
    for (const file of audit) packs.set(file, "audit.cjs");
  }
  return packed.get(name);
}

/** What a pack exports; it needs nothing. */
function run(pack) {
  const exported = {};
  pack(exported);
  return exported;
}

/** @param keptAs what a command compiles of a pack is kept by the file that it begins with: each needs another part */
function compiled(path, keptAs) {
  const source = read(path);
  const { size, mtimeMs } = fs.statSync(path);
  const file = join(kept, `${keptAs}-${size}-${mtimeMs}`);
  const cachedData = readTrusted(file);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) { ${source}\n})`,
    { filename: path, cachedData },
  );
  if (plain && (cachedData === undefined || script.cachedDataRejected))
    compiledAnew.set(file, script);
  return script.runInThisContext();
}

function read(path) {
  try {
    // The bundler writes ASCII only, and what is not decoded is read faster.
    return fs.readFileSync(path, "latin1");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    process.stderr.write("machinist is not built yet; run: npm run build\n");
    process.exit(1);
  }
}

let foldersAreOurs;

/** What was kept: V8 runs it instead of the source, without comparing the two. */
function readTrusted(file) {
  foldersAreOurs ??= [compiledFolder, kept].every((folder) => isOurs(fs.lstatSync, folder));
  if (!foldersAreOurs) return undefined;
  let open;
  try {
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
    open = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return isOurs(fs.fstatSync, open) ? fs.readFileSync(open) : undefined;
  } catch {
    return undefined;
  } finally {
    if (open !== undefined) fs.closeSync(open);
  }
}

/** Whether nobody but root and this user may write there. Windows has neither: what is in the folder guards it. */
function isOurs(stat, place) {
  try {
    const found = stat(place);
    if (!found.isDirectory() && !found.isFile()) return false;
    if (process.getuid === undefined) return true;
    return [0, process.getuid()].includes(found.uid) && (found.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

// Done, findings, or something unread: a run that failed has called few functions, and others would compile the rest anew.
const wholeRuns = [0, 10, 11];

// At the end, because by then V8 has compiled the functions that were called, and only those.
process.on("exit", (code) => {
  try {
    if (!wholeRuns.includes(code)) return;
    if (compiledAnew.size === 0 || ![compiledFolder, kept].every(makeFolder)) return;
    for (const [file, script] of compiledAnew) writeTrusted(file, script.createCachedData());
  } catch {
    // A folder that can't be written is no reason to fail.
  }
});

/** Makes a folder that others may read, whatever the umask says; gives whether it is one that may be trusted. */
function makeFolder(folder) {
  try {
    fs.mkdirSync(folder, { mode: 0o755 });
    fs.chmodSync(folder, 0o755);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  return isOurs(fs.lstatSync, folder);
}

function writeTrusted(file, data) {
  const unfinished = `${file}.${process.pid}`;
  const open = fs.openSync(unfinished, "wx", 0o644);
  try {
    fs.fchmodSync(open, 0o644);
    fs.writeFileSync(open, data);
  } finally {
    fs.closeSync(open);
  }
  fs.renameSync(unfinished, file);
}
