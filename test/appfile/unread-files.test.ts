import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readWithin } from "../../src/appfile/called-files.ts";
import { disk } from "../../src/appfile/files.ts";
import { locateApps } from "../../src/appfile/locate.ts";
import { notReadIn, readSubjects } from "../../src/audit/subject.ts";
import { unreadScripts } from "../../src/audit/unread.ts";

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
