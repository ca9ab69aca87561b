// Writes THIRD-PARTY-NOTICES: whose packages are in the bundles, and under which licence, each text once.
// With --check it only compares, and fails where the file isn't what it should be.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundledPackages } from "./build.js";

/** Licences under which a package may be bundled. */
const allowed = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0"];

/**
 * @typedef {object} Notice
 * @property {string} name of the package
 * @property {string} license as SPDX names it
 * @property {readonly string[]} holders its lines of copyright
 * @property {string} text the licence without them; empty where the package has no file with it
 * @property {string} notice what its NOTICE file says; empty where it has none
 */

/** @param {string} folder @returns {Promise<Notice>} throws where the licence isn't one of those that are allowed */
async function noticeOf(folder) {
  const { name, license, author } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  if (!allowed.includes(license))
    throw new Error(`${name} has the licence ${license}: may it be bundled?`);
  const files = await readdir(folder);
  /** @param {RegExp} named */
  const textOf = async (named) => {
    const file = files.find((candidate) => named.test(candidate));
    return file === undefined
      ? ""
      : (await readFile(join(folder, file), "utf8")).replaceAll("\r", "");
  };
  const whole = await textOf(/^licen[cs]e(?:[.-]|$)/iu);
  const lines = whole.split("\n").map((line) => line.trimEnd());
  /** @param {string} line */
  const isHolder = (line) => /^\s*Copyright (?!notice|holder|owner)/u.test(line);
  const holders = lines.filter(isHolder).map((line) => line.trim());
  const text = lines.filter(
    (line) =>
      !isHolder(line) && !/^\W*(?:the )?(?:mit|isc) license\W*(?:\(mit\))?\W*$/iu.test(line),
  );
  const by = typeof author === "string" ? author : author?.name;
  return {
    name,
    license,
    holders: holders.length > 0 ? holders : [`Copyright (c) ${by ?? `the authors of ${name}`}`],
    text: text
      .join("\n")
      .replace(/\n{3,}/gu, "\n\n")
      .trim(),
    notice: (await textOf(/^notice(?:[.-]|$)/iu)).trim(),
  };
}

/** @param {string} text @returns {string} the same for two texts that differ only in their lines and quotes */
const sameText = (text) => text.replaceAll(/[\s"“”'*]+/gu, " ").trim();

/** @param {readonly Notice[]} notices @returns {string} */
function written(notices) {
  /** @type {Map<string, Notice[]>} */
  const byText = new Map();
  for (const one of notices) {
    // Without a file of its own, a package has the text that the others of its licence have.
    const { text } =
      one.text === ""
        ? (notices.find(({ license, text: has }) => license === one.license && has !== "") ?? one)
        : one;
    const key = sameText(text);
    byText.set(key, [...(byText.get(key) ?? []), { ...one, text }]);
  }
  const sections = [...byText.values()].map((group) =>
    [
      "-".repeat(80),
      ...group.map(({ name, license, holders }) =>
        [`${name} (${license})`, ...holders.map((line) => `    ${line}`)].join("\n"),
      ),
      "",
      group[0]?.text ?? "",
      ...group.flatMap(({ name, notice }) =>
        notice === "" ? [] : ["", `Notice of ${name}:`, "", notice],
      ),
      "",
    ].join("\n"),
  );
  const head =
    "machinist is made with the packages below, parts of which are in its files. Each is under its own licence.\n";
  return [head, ...sections].join("\n");
}

const path = "THIRD-PARTY-NOTICES";
const folders = await bundledPackages();
const notices = await Promise.all(folders.map(noticeOf));
const once = notices.filter(
  ({ name, text }, at) =>
    notices.findIndex((other) => other.name === name && other.text === text) === at,
);
const text = written(once);
if (!process.argv.includes("--check")) await writeFile(path, text);
else if ((await readFile(path, "utf8").catch(() => "")) !== text) {
  console.log(`${path} isn't what is bundled now: npm run docs writes it anew`);
  process.exit(1);
}
