// Writes what repeats the code: the tables of the documentation, a page for each rule, the
// schemas of what programs read, and the manual page.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import packageJson from "../package.json" with { type: "json" };
import { manualPage } from "./manual.ts";
import { pagesWithTables, withTables } from "./readme-tables.ts";
import { rulePages } from "./rule-pages.ts";
import { schemas } from "./schemas.ts";

for (const folder of ["docs/rules", "schemas", "man"]) await mkdir(folder, { recursive: true });
for (const path of pagesWithTables) await writeFile(path, withTables(await readFile(path, "utf8")));
for (const [path, text] of [...rulePages(), ...schemas()]) await writeFile(path, text);
await writeFile("man/machinist.1", manualPage(packageJson));
