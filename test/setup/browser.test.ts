import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { Failure } from "../../src/failure.ts";
import { openInBrowser } from "../../src/setup/browser.ts";

/** A folder with an xdg-open that writes down what it was given. */
async function fakeOpener() {
  const folder = await mkdtemp(join(tmpdir(), "machinist-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const seen = join(folder, "seen");
  const program = join(folder, "xdg-open");
  await writeFile(
    program,
    `#!/bin/sh\n{ printf '%s\\n' "$#" "$1"; /usr/bin/env; } > '${seen}.part'\n/bin/mv '${seen}.part' '${seen}'\n`,
  );
  await chmod(program, 0o755);
  return { folder, seen };
}

test.skipIf(process.platform === "win32")(
  "the system's program gets the address as it is, and no token",
  async () => {
    const { folder, seen } = await fakeOpener();
    const address = "https://console.example.org/-/users/~/settings/tokens?a=$(id)&b='c'";
    const env = { PATH: folder, DISPLAY: ":0", PLATFORMSH_CLI_TOKEN: "canary-b6f1c9d2" };
    await openInBrowser(address, env, "linux");
    const text = await vi.waitFor(() => readFile(seen, "utf8"), { timeout: 10_000 });
    expect(text.split("\n").slice(0, 2)).toEqual(["1", address]);
    expect(text).not.toContain("canary");
  },
);

test.each([
  ["without a screen", "https://console.example.org", {}, "there is no screen"],
  ["that is no web address", "file:///etc/passwd", { DISPLAY: ":0" }, "it is no web address"],
  [
    "without xdg-open",
    "https://console.example.org",
    { DISPLAY: ":0", PATH: "/nowhere" },
    "xdg-open is not there",
  ],
])("a page %s is not opened, and it is said why", async (_what, address, env, why) => {
  const failure: unknown = await openInBrowser(address, env, "linux").catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ parts: { why, next: "open the address yourself" } });
});
