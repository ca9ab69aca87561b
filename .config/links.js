// Holds the links and pictures of the documentation to what is there: files, and headings of Markdown.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** @param {string} folder @returns {string[]} the pages below it, without what is installed or built */
const pagesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ["node_modules", "dist", "out", ".git"].includes(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });

/** @param {string} page @returns {Set<string>} the names that GitHub gives to its headings */
const headingsOf = (page) =>
  new Set(
    [...readFileSync(page, "utf8").matchAll(/^#{1,6} (.+)$/gmu)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

const broken = pagesIn(".").flatMap((page) => {
  const text = readFileSync(page, "utf8").replaceAll(/^```.*?^```|`[^`\n]*`/gmsu, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/gu)].flatMap(([, link = ""]) => {
    if (/^[a-z]+:/u.test(link)) return [];
    const [path = "", heading] = link.split("#");
    const target = path === "" ? page : normalize(join(dirname(page), path));
    if (!existsSync(target)) return [`${page}: there is no ${link}`];
    if (heading === undefined || !target.endsWith(".md")) return [];
    return headingsOf(target).has(heading) ? [] : [`${page}: there is no heading ${link}`];
  });
});

for (const line of broken) console.log(line);
if (broken.length > 0) process.exit(1);
