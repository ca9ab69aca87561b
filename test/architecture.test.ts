import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const top = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(top, path), "utf8");

/** The page's section of each room: from its heading to the next one. */
const sections = new Map(
  read("docs/architecture.md")
    .split(/^## src\//mu)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section]),
);

const rooms = readdirSync(join(top, "src"), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

test("every room has its section, and no section is of a room that isn't there", () => {
  expect([...sections.keys()].sort()).toEqual(rooms.sort());
});

test.each([...sections])(
  "%s says what comes in, what goes out and what it never does",
  (_, section) => {
    const kinds = [...section.matchAll(/\*\*(In|Out|Never):\*\* \S/gu)].map(([, kind]) => kind);
    expect(kinds).toEqual(["In", "Out", "Never"]);
  },
);

test.each(["docs/architecture.md", "docs/one-command.md"])(
  "%s names files that are there",
  (page) => {
    const paths = [...read(page).matchAll(/`((?:src|bin|test|\.config)\/[\w./-]+)`/gu)];
    expect(paths.length).toBeGreaterThan(1);
    expect(paths.flatMap(([, path = ""]) => (existsSync(join(top, path)) ? [] : path))).toEqual([]);
  },
);
