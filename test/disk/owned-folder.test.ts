import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownedFolder } from "../../src/disk/owned-folder.ts";
import { thisProcess } from "../../src/disk/process-mark.ts";
import { emptyDirectory } from "../change/place.ts";

/** No process has a number as large as this (proc(5), pid_max). */
const gone = JSON.stringify({ pid: 2 ** 30 });

test("what a killed run left is removed by the next one, and nothing else", async () => {
  const parent = await emptyDirectory();
  const made = async (name: string, owner?: string) => {
    await mkdir(join(parent, name));
    if (owner !== undefined) await writeFile(join(parent, name, ".owner.json"), owner);
    return join(parent, name);
  };
  const killed = await made("demo-killed", gone);
  const me = await thisProcess();
  const kept = [
    await made("demo-running", JSON.stringify(me)),
    await made("demo-of-nobody"),
    await made("demo-odd", "{}"),
    await made("other-killed", gone),
  ];
  await symlink(kept[3] ?? "", join(parent, "demo-link"));
  const again = await made("demo-number-again", JSON.stringify({ ...me, started: "1" }));

  const { path, swept, release } = await ownedFolder(join(parent, "demo-"));
  const isTold = process.platform === "linux";
  expect([...swept].sort()).toEqual(isTold ? [killed, again] : [killed]);
  expect(existsSync(killed)).toBe(false);
  for (const one of [...kept, path, join(parent, "demo-link")]) expect(existsSync(one)).toBe(true);

  expect(existsSync(join(path, ".owner.json"))).toBe(true);
  await release();
  expect((await ownedFolder(join(parent, "demo-"))).swept).toEqual([]);
  expect(existsSync(path)).toBe(true);
});
