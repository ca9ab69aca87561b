import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { filesWithTokens } from "../../src/audit/token-files.ts";
import { redact } from "../../src/secret.ts";

const token = "tK4mW9xQ2vB7nL5cJ8dR1fH6gZ3sY0pA_uE-iO9yT2k";
const line = `UPSUN_CLI_TOKEN=${token}\n`;
const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

/** A folder with these files; a repository that keeps track of those that are named. */
function folderWith(files: Readonly<Record<string, string>>, tracked?: readonly string[]): string {
  const top = realpathSync(mkdtempSync(join(tmpdir(), "machinist-tokens-")));
  folders.push(top);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  if (tracked === undefined) return top;
  execFileSync("git", ["init", "--quiet", top]);
  execFileSync("git", ["-C", top, "add", "--force", "--", ...tracked]);
  return top;
}

async function shownIn(directory: string): Promise<readonly string[]> {
  const { files: found } = await filesWithTokens(directory, process.env);
  return found.kind === "known" ? found.value.map(({ shown }) => shown) : [found.kind];
}

test("only what Git keeps track of is in the repository", async () => {
  const top = folderWith({ ".env": line, ".env.local": line, "ci/run": line }, [".env", "ci/run"]);
  expect(await shownIn(top)).toEqual([".env", "ci/run"]);
});

test("a variable whose TOKEN is mistyped counts, and a line below a login by token", async () => {
  const login = `#!/bin/sh\nplatform auth:api-token-login <<EOT\n${token}\nEOT\n`;
  const other = `#!/bin/sh\nupsun auth:info <<EOT\n${token}\nEOT\n`;
  const top = folderWith({ a: `UPSUN_CLI_TOCKEN=${token}\n`, b: login, c: other }, ["."]);
  expect(await shownIn(top)).toEqual(["a", "b"]);
});

test("paths are those from the directory under audit, and nothing beside it is told", async () => {
  const top = folderWith({ "shop/.ddev/config.yaml": line, "blog/.env": line }, ["shop", "blog"]);
  expect(await shownIn(join(top, "shop"))).toEqual([".ddev/config.yaml"]);
});

test("what is no text, or too large for one, is left out", async () => {
  const top = folderWith(
    { "a.png": line, "b.bin": `\0${line}`, "c.sql": line + "-- dump\n".repeat(100_000), d: line },
    ["."],
  );
  expect(await shownIn(top)).toEqual(["d"]);
});

test("a text that is too large is told", async () => {
  const large = line + "-- dump\n".repeat(100_000);
  const top = folderWith({ "c.sql": large, "package-lock.json": large, "a.png": large }, ["."]);
  expect((await filesWithTokens(top, process.env)).leftOut).toEqual(["c.sql"]);
});

test("a link is not followed", async () => {
  const top = folderWith({ a: line });
  symlinkSync(join(top, "a"), join(top, "b"));
  execFileSync("git", ["init", "--quiet", top]);
  execFileSync("git", ["-C", top, "add", "--", "b"]);
  expect(await shownIn(top)).toEqual([]);
});

test("without Git nothing is said of other files", async () => {
  expect(await shownIn(folderWith({ ".env": line }))).toEqual(["absent"]);
});

test("where the files can't be listed, that is told", async () => {
  const top = folderWith({ ".env": line }, [".env"]);
  writeFileSync(join(top, ".git", "index"), "broken");
  expect(await filesWithTokens(top, process.env)).toMatchObject({
    files: { kind: "unread" },
  });
});

test("a token that is found is in nothing that is shown, also where its variable is mistyped", async () => {
  const [named, mistyped] = ["aB3dE5fG7hJ9kL1mN2pQ4rS6", "zY8xW6vU4tS2rQ1pN3mL5kJ7"];
  const text = `UPSUN_CLI_TOKEN=${named}\nUPSUM_CLI_TOKEN: ${mistyped}\n`;
  await filesWithTokens(folderWith({ ".env": text }, ["."]), process.env);
  expect(redact(text)).not.toContain(named);
  expect(redact(text)).not.toContain(mistyped);
});
