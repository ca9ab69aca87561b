// Holds the lock file to a checksum for every package: npm compares what it downloads with it, and installs nothing else.
import { readFile } from "node:fs/promises";

/** Packages that can have no checksum, each with the reason. @type {Readonly<Record<string, string>>} */
const without = {};

const { packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
/** @type {(entry: [string, { integrity?: string, link?: boolean }]) => boolean} */
const lacksChecksum = ([path, { integrity, link }]) =>
  path !== "" && link !== true && !/^sha(?:384|512)-/u.test(integrity ?? "");
const lacking = Object.entries(packages)
  .filter(lacksChecksum)
  .map(([path]) => path);
const unexplained = lacking.filter((path) => without[path] === undefined);
const outdated = Object.keys(without).filter((path) => !lacking.includes(path));

for (const path of lacking)
  console.log(`${path} has no checksum: ${without[path] ?? "nobody says why"}`);
for (const path of outdated)
  console.log(`${path} has a checksum, or is gone: take it off the list`);
if (unexplained.length + outdated.length > 0) {
  console.log(
    "npm install --package-lock-only adds the checksums, once the entries without are taken out",
  );
  process.exit(1);
}
