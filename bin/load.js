const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const dist = join(__dirname, "../dist");
// V8 itself refuses compiled code of another release; with a folder for each they don't overwrite each other's.
const kept = join(dist, "compiled", `${process.version}-${process.arch}`);
// It also refuses what was compiled with other flags of V8: a run with any keeps nothing.
const plain = process.execArgv.length === 0 && !process.env.NODE_OPTIONS;

const modules = new Map();
const compiledAnew = new Map();

/**
 * Loads a file of the program and runs it, once. What V8 compiled is kept beside the program, where only somebody can
 * write who could change the program itself, and used again in the next run; where that can't be written, nothing is
 * kept and nothing is said.
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
  compiled(path, name)(module.exports, requireHere, module, path, dist);
  return module.exports;
};

function compiled(path, name) {
  const source = read(path);
  const { size, mtimeMs } = statSync(path);
  const file = join(kept, `${name}-${size}-${mtimeMs}`);
  const cachedData = readIfThere(file);
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
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    process.stderr.write("machinist is not built yet; run: npm run build\n");
    process.exit(1);
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

// At the end, because by then V8 has compiled the functions that were called, and only those.
process.on("exit", () => {
  try {
    for (const [file, script] of compiledAnew) {
      mkdirSync(kept, { recursive: true });
      const unfinished = `${file}.${process.pid}`;
      writeFileSync(unfinished, script.createCachedData());
      renameSync(unfinished, file);
    }
  } catch {
    // A folder that can't be written is no reason to fail.
  }
});
