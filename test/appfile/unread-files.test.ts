import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readWithin } from "../../src/appfile/called-files.ts";
import { disk, type Files } from "../../src/appfile/files.ts";
import { locateAll, locateApps } from "../../src/appfile/locate.ts";
import { notReadIn, readSubjects } from "../../src/audit/subject.ts";
import { unreadFolders, unreadScripts } from "../../src/audit/unread.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "machinist-test-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const failing = () =>
  Promise.reject(Object.assign(new Error("EIO: i/o error"), { code: "EIO", syscall: "stat" }));

test("a pipe in the place of a script or of .environment, and a script that is too long, are told as not read", async () => {
  const top = await folder();
  await writeFile(
    join(top, ".platform.app.yaml"),
    "name: web\ntype: 'php:8.3'\nhooks:\n    deploy: |\n        bash pipe.sh\n        bash long.sh\n        bash gone.sh\n",
  );
  execFileSync("mkfifo", [join(top, "pipe.sh"), join(top, ".environment")]);
  await writeFile(join(top, "long.sh"), "#".repeat(300 * 1024));
  const told = unreadScripts(notReadIn(await readSubjects(top, {})));
  expect(told.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    "pipe.sh, which web runs: It is a named pipe, not a file",
    "long.sh, which web runs: It is larger than 256 KiB",
    ".environment, which web runs: It is a named pipe, not a file",
  ]);
});

test.each(["real", "isFile", "read"] as const)(
  "a disk that fails under %s leaves a script unread, and not absent",
  async (call) => {
    const top = await folder();
    await writeFile(join(top, "script.sh"), "true\n");
    const found = await readWithin(top, join(top, "script.sh"), { ...disk, [call]: failing });
    expect(found).toEqual({ kind: "unread", why: "EIO: i/o error" });
    expect((await readWithin(top, join(top, "gone.sh"), disk)).kind).toBe("absent");
  },
);

test.each(["real", "entries"] as const)(
  "a disk that fails under %s doesn't make a checkout one without an app",
  async (call) => {
    const top = await folder();
    await writeFile(join(top, ".platform.app.yaml"), "name: web\n");
    await expect(locateApps(top, undefined, { ...disk, [call]: failing })).rejects.toMatchObject({
      reason: "usage",
      parts: { what: "The directory can't be looked through", why: "EIO: i/o error" },
    });
  },
);

test("a folder below that can't be looked through is told beside the apps that are found, and no setup takes them for all", async () => {
  const top = await folder();
  await writeFile(join(top, ".platform.app.yaml"), "name: web\ntype: 'php:8.3'\n");
  await mkdir(join(top, "closed"));
  const files: Files = {
    ...disk,
    entries: (of) => (of.endsWith("closed") ? failing() : disk.entries(of)),
  };
  const { apps, closed } = await locateAll(top, undefined, files);
  expect(apps.map(({ name }) => name)).toEqual(["web"]);
  expect(closed).toEqual([{ shown: "closed", why: "EIO: i/o error" }]);
  const unread = unreadFolders(await readSubjects(top, {}, files));
  expect(unread.map(({ what }) => what)).toEqual(["the folder closed, where other apps may be"]);
  await expect(locateApps(top, undefined, files)).rejects.toMatchObject({
    parts: { what: "The directory can't be looked through", where: "closed" },
  });
  await rm(join(top, ".platform.app.yaml"));
  await expect(locateAll(top, undefined, files)).rejects.toMatchObject({
    parts: { what: "The directory can't be looked through", where: "closed" },
  });
});
