// Loads files of the program for those who import the library; the build puts this file into dist. The launcher has a
// loader of its own, which keeps what V8 compiled.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { compileFunction } = require("node:vm");

const modules = new Map();
/**
 * Where the text of a file stands in a pack: a pack as a whole is most of the program, and takes long to compile.
 *
 * @type {Record<string, readonly [pack: string, start: number, end: number]>}
 */
const parts = JSON.parse(readFileSync(join(__dirname, "parts.json"), "utf8"));
/** @type {Map<string, string>} */
const packs = new Map();

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
  const parameters = ["exports", "require", "module", "__filename", "__dirname"];
  const run = compileFunction(textOf(name), parameters, { filename: path });
  run(module.exports, requireHere, module, path, __dirname);
  return module.exports;
};

/** @param {string} name @returns {string} the text of a file */
function textOf(name) {
  const part = parts[name];
  if (part === undefined) return readFileSync(join(__dirname, name), "utf8");
  const [pack, start, end] = part;
  const text = packs.get(pack) ?? readFileSync(join(__dirname, pack), "utf8");
  packs.set(pack, text);
  return text.slice(start, end);
}
