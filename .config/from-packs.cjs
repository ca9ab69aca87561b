// Loads files of the program for those who import the library; the build puts this file into dist. The launcher has a
// loader of its own, which keeps what V8 compiled.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { compileFunction } = require("node:vm");

const modules = new Map();
const packed = Object.assign({}, ...["main.cjs", "audit.cjs"].map(filesOf));

/**
 * @param {string} name of a file of the program, in a pack or by itself
 * @returns {any} what the file exports
 */
exports.load = function load(name) {
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const path = join(__dirname, name);
  const module = { exports: {} };
  modules.set(name, module);
  /** @param {string} wanted */
  const requireHere = (wanted) =>
    wanted.startsWith("./") ? load(wanted.slice(2)) : require(wanted);
  const run = packed[name] ?? compiled(path);
  run(module.exports, requireHere, module, path, __dirname);
  return module.exports;
};

/** @param {string} pack @returns {object} the functions that it holds, by the names of their files */
function filesOf(pack) {
  return require(join(__dirname, pack)).files;
}

/** @param {string} path @returns {Function} the file as a function */
function compiled(path) {
  const parameters = ["exports", "require", "module", "__filename", "__dirname"];
  return compileFunction(readFileSync(path, "utf8"), parameters, { filename: path });
}
