import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edit } from "../../src/yaml/edit.ts";
import { type Path, valueAt } from "../../src/yaml/nodes.ts";
import { provenInEntry } from "../../src/yaml/prove/entry-proof.ts";
import { readBySecondParser } from "../../src/yaml/prove/second-parser.ts";
import { differenceBeside } from "../../src/yaml/prove/value-difference.ts";
import { parseSource } from "../../src/yaml/source.ts";
import { ofTexts } from "../amounts.ts";

const file = { file: "/shop/.platform.app.yaml", shown: ".platform.app.yaml" };
const path: Path = ["crons", "night", "commands", "start"];

const lines = [
  "name: shop # the shop",
  "crons:",
  "    night:",
  "        spec: '0 3 * * *'",
  "        commands:",
  "            start: |",
  "                # At night.",
  "                platform backup:create",
  "                date",
  "",
  "    # By day.",
  "    day: { spec: '0 9 * * *', commands: { start: date } }",
  "disk: 1024",
  "",
];
const text = lines.join("\n");

function proven(edit: Edit, value: unknown, of = text): boolean {
  return provenInEntry({ in: parseSource(file, of), edits: [edit], path, value });
}

const at = text.indexOf("backup:create") + "backup:create".length;
const insert = (inserted: string, offset = at): Edit => ({ offset, length: 0, text: inserted });
const script = (line: string) => `# At night.\n${line}\ndate\n`;

describe("an edit is proven in its own entry", () => {
  test("where it gives the script that is meant", () => {
    expect(proven(insert(" --no-wait"), script("platform backup:create --no-wait"))).toBe(true);
  });

  test("not where it gives another script", () => {
    expect(proven(insert(" --yes"), script("platform backup:create --no-wait"))).toBe(false);
  });

  test.each([
    ["adds a key beside the script", "\n            stop: date"],
    ["adds a cron", "\n    third: { spec: '0 1 * * *', commands: { start: date } }"],
    ["adds a key of the application", "\nmounts: {}"],
    ["ends the document", "\n---\n"],
    ["ends the script with a comment of the file", "\n        # not the script's\n"],
  ])("not where it %s", (_, inserted) => {
    const whole = readBySecondParser(applyEdits(text, [insert(inserted)]))?.value;
    for (const value of [valueAt(whole, path), script(`platform backup:create${inserted}`)])
      expect(proven(insert(inserted), value)).toBe(false);
  });

  test.each([
    ["an anchor", text.replace("'0 3 * * *'", "&when '0 3 * * *'")],
    ["a tag", text.replace("disk: 1024", "disk: !size 1024")],
    ["the mark of a document", `---\n${text}`],
  ])("not where %s may tie it to another", (_, tied) => {
    const offset = tied.indexOf("backup:create") + "backup:create".length;
    const value = script("platform backup:create --no-wait");
    expect(proven(insert(" --no-wait", offset), value, tied)).toBe(false);
  });

  test("only where the whole file, read again, differs there and nowhere else", () => {
    const pieces = fc.array(
      fc.constantFrom(
        "\n",
        "    ",
        "        ",
        " ",
        "#",
        ":",
        "-",
        "|",
        "'",
        "date",
        "x: 1",
        "---",
      ),
      { maxLength: 8 },
    );
    const start = text.indexOf("night:");
    const source = parseSource(file, text);
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: text.indexOf("disk:") - 12 }),
        fc.integer({ min: 0, max: 12 }),
        pieces,
        (offset, length, inserted) => {
          const edits = [{ offset, length, text: inserted.join("") }];
          const whole = readBySecondParser(applyEdits(text, edits))?.value;
          const value = valueAt(whole, path);
          if (provenInEntry({ in: source, edits, path, value }))
            expect(differenceBeside(source.value, whole, path)).toBeUndefined();
        },
      ),
      ofTexts,
    );
  });
});
