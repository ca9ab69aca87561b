import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyChange } from "../../src/change/apply.ts";
import type { FileChange } from "../../src/change/change.ts";
import { openJournal } from "../../src/change/journal.ts";
import { planUndo, undoEntry } from "../../src/change/undo.ts";
import { emptyDirectory } from "./place.ts";

/** Another one each time: what a process has met once it knows for good. */
let number = 0;
function newToken(): string {
  number += 1;
  return `canary${number}of1the2journal3of4tokens5`;
}

/** A change of a whole file to another text, as fixes that were put together make it. */
async function changed(token: string, before: string, after: string) {
  const [directory, home] = [await emptyDirectory(), await emptyDirectory()];
  const path = join(directory, ".platform.app.yaml");
  await writeFile(path, before);
  const env = { MACHINIST_HOME: home };
  const change: FileChange = {
    kind: "file",
    path,
    shown: ".platform.app.yaml",
    before,
    after,
    edits: [{ offset: 0, length: before.length, text: after }],
    purpose: "change it",
  };
  const journal = await openJournal(directory, env);
  await applyChange(change, { journal });
  await journal.close();
  const names = await readdir(home, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const kept = await Promise.all(
    files.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")),
  );
  expect(kept.length).toBeGreaterThan(0);
  for (const text of kept) expect(text).not.toContain(token);
  const plan = async () => (await planUndo(directory, env)).entries;
  return { path, plan };
}

test.each([
  ["in a command", (token: string) => `PLATFORMSH_CLI_TOKEN=${token} platform backup\n`],
  ["in quotes", (token: string) => `env:\n    UPSUN_CLI_TOKEN: "${token}"\n`],
  ["on the next line", (token: string) => `env:\n    MY_API_TOKEN:\n        ${token}\n`],
  ["in a block", (token: string) => `env:\n    UPSUN_TOKEN: |-\r\n        ${token}\r\n`],
  ["twice", (token: string) => `CLI_TOKEN=${token}\nOTHER=${token}\n`],
])(
  "a line with a token %s is changed and given back to the byte, and the token is in no journal",
  async (_where, lineWith) => {
    const token = newToken();
    const line = lineWith(token);
    const before = `first\n${line}last\n`;
    const after = `FIRST\nnew\n${line}last --no-wait\n`;
    const { path, plan } = await changed(token, before, after);
    const entries = await plan();
    expect(await readFile(path, "utf8")).toBe(after);
    expect(entries.map(({ kind }) => kind)).toEqual(["ready"]);
    for (const entry of entries) await undoEntry(entry, {});
    expect(await readFile(path, "utf8")).toBe(before);
  },
);

test.each([
  ["taken out", (token: string) => [`a\nPLATFORMSH_CLI_TOKEN: ${token}\n`, "a\n"]],
  ["put in", (token: string) => ["a\n", `a\nPLATFORMSH_CLI_TOKEN: ${token}\n`]],
])(
  "a change by which a token was %s is in the journal without it, and undo says so",
  async (_how, texts) => {
    const token = newToken();
    const [before = "", after = ""] = texts(token);
    const { plan } = await changed(token, before, after);
    const entries = await plan();
    expect(entries).toMatchObject([
      {
        kind: "blocked",
        failure: {
          parts: {
            what: "The change put in or took out a token, so it can't be taken back",
            where: ".platform.app.yaml",
            next: "restore the file with git, if it is to be as before",
          },
        },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  },
);

test("a file that git gave back already needs no undo, token or not", async () => {
  const token = newToken();
  const before = `PLATFORMSH_CLI_TOKEN: ${token}\n`;
  const { path, plan } = await changed(token, before, "a\n");
  await writeFile(path, before);
  expect(await plan()).toMatchObject([{ kind: "settled", reason: "the file is as it was before" }]);
});
