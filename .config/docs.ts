// Writes what the documentation repeats from the code: the tables of the README, and a page for each rule.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { readmeWithTables } from "./readme-tables.ts";
import { rulePages } from "./rule-pages.ts";

await mkdir("docs/rules", { recursive: true });
await writeFile("README.md", readmeWithTables(await readFile("README.md", "utf8")));
for (const [path, text] of rulePages()) await writeFile(path, text);
