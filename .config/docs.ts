// Writes what the documentation repeats from the code: the tables of the README, and a page for each rule.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { withTables } from "./readme-tables.ts";
import { rulePages } from "./rule-pages.ts";

await mkdir("docs/rules", { recursive: true });
for (const path of ["README.md", "docs/vendors.md"])
  await writeFile(path, withTables(await readFile(path, "utf8")));
for (const [path, text] of rulePages()) await writeFile(path, text);
