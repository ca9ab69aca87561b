import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownVendor } from "../../src/vendors/own.ts";
import { allVendors } from "../../src/vendors/registry.ts";
import { runSetup } from "../setup/run-setup.ts";
import { layDown, projects } from "./projects.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");

/** Runs the built program: what the environment says of a vendor is read once, when a process starts. */
function runProgram(words: readonly string[], env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...words], {
    encoding: "utf8",
    env,
    timeout: 60_000,
  });
  return { code: status, out: stdout, err: stderr };
}

const own = (env: NodeJS.ProcessEnv) => ownVendor(env, allVendors);

test("a CLI and what its variables begin with are enough for a vendor, and a token's name for the latter", () => {
  const byPrefix = own({
    MACHINIST_VENDOR_CLI: "shopware",
    MACHINIST_VENDOR_PREFIX: "SHOPWARE_CLI_",
  });
  const byToken = own({
    MACHINIST_VENDOR_CLI: "shopware",
    MACHINIST_VENDOR_TOKEN: "SHOPWARE_CLI_TOKEN",
  });
  for (const one of [byPrefix, byToken])
    expect(one).toMatchObject({
      kind: "vendor",
      vendor: {
        id: "shopware",
        binary: "shopware",
        prefix: "SHOPWARE_CLI_",
        tokenVariable: "env:SHOPWARE_CLI_TOKEN",
        installation: { kind: "unknown" },
      },
    });
});

test("a token's name that doesn't follow from the prefix is taken as it is", () => {
  const env = {
    MACHINIST_VENDOR_CLI: "shopware",
    MACHINIST_VENDOR_PREFIX: "SHOPWARE_CLI_",
    MACHINIST_VENDOR_TOKEN: "SHOPWARE_TOKEN",
  };
  expect(own(env)).toMatchObject({ vendor: { tokenEnv: "SHOPWARE_TOKEN" } });
});

test.each([
  [{ MACHINIST_VENDOR_CLI: "shopware" }, "MACHINIST_VENDOR_PREFIX", "it is not set"],
  [{ MACHINIST_VENDOR_PREFIX: "SHOPWARE_CLI_" }, "MACHINIST_VENDOR_CLI", "it is not set"],
  [{ MACHINIST_VENDOR_CLI: "./shopware" }, "MACHINIST_VENDOR_CLI", "no name of a program"],
  [
    { MACHINIST_VENDOR_CLI: "shopware", MACHINIST_VENDOR_PREFIX: "SHOPWARE CLI" },
    "MACHINIST_VENDOR_PREFIX",
    "like SHOPWARE_CLI_",
  ],
  [
    { MACHINIST_VENDOR_CLI: "shopware", MACHINIST_VENDOR_PREFIX: "UPSUN_CLI_" },
    "MACHINIST_VENDOR_PREFIX",
    "that is Upsun's",
  ],
  [
    { MACHINIST_VENDOR_CLI: "platform", MACHINIST_VENDOR_PREFIX: "OURS_" },
    "MACHINIST_VENDOR_CLI",
    "that is Platform.sh's",
  ],
  [
    {
      MACHINIST_VENDOR_CLI: "shopware",
      MACHINIST_VENDOR_PREFIX: "SHOPWARE_CLI_",
      MACHINIST_VENDOR_INSTALLER: "curl http://cli.example.org | bash; rm -rf /",
    },
    "MACHINIST_VENDOR_INSTALLER",
    "it is not like https://",
  ],
])("half a description is none, and what is wrong is named: %o", (env, where, why) => {
  expect(own(env)).toMatchObject({ kind: "wrong", where, why: expect.stringContaining(why) });
});

const called = {
  ...projects.platformsh,
  ".platform.app.yaml": projects.platformsh[".platform.app.yaml"].replace(
    "crons:\n",
    `crons:
    copies:
        spec: '40 4 * * *'
        commands:
            start: |
                if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then
                    shopware backup:list
                fi
`,
  ),
};
const backup = { task: "backup", branch: "main", offline: true, yes: true };

test("a CLI of no known vendor stops what writes, and names the two ways on", async () => {
  const project = await layDown(called);
  const { failure } = await runSetup(project, backup);
  expect(failure).toMatchObject({
    reason: "usage",
    parts: {
      what: "Whose project this is can't be told",
      why: expect.stringContaining("shopware (from the cron copies) is the CLI of no vendor"),
      next: expect.stringMatching(/--vendor platformsh; or set MACHINIST_VENDOR_CLI=shopware/u),
    },
  });
  const file = join(project.directory, ".platform.app.yaml");
  expect(await readFile(file, "utf8")).toBe(called[".platform.app.yaml"]);
  expect((await runSetup(project, { ...backup, vendor: "platformsh" })).failure).toBeUndefined();
});

const described = { MACHINIST_VENDOR_CLI: "shopware", MACHINIST_VENDOR_PREFIX: "SHOPWARE_CLI_" };

test("setup writes what a person's environment says of their vendor, and leaves as steps what nobody knows", async () => {
  const { directory, env } = await layDown(called);
  const words = ["setup", directory, "--task", "backup", "--branch", "main", "--yes"];
  const run = runProgram(words, { ...env, ...described });
  expect(run.code).toBe(0);
  expect(run.out).toContain("Vendor: shopware (from the cron copies, with shopware)");
  expect(run.out).toContain("no public source says where the API of shopware is");
  const left = run.out.split("\n").filter((line) => line.startsWith("left to you: "));
  expect(left.map((line) => line.slice(13, 45))).toEqual([
    "in the console of shopware, give",
    "signed in as that account, make ",
    "put it into env:SHOPWARE_CLI_TOK",
    "unless the build hook installs s",
    "look at git diff, commit and pus",
  ]);
  const text = await readFile(join(directory, ".platform.app.yaml"), "utf8");
  expect(text).toContain("shopware backup:create --yes --no-wait");
  expect(text).not.toMatch(/\bplatform backup|installer\.sh/u);

  const audit = runProgram(["audit", directory, "--offline"], { ...env, ...described });
  expect(audit.out).toContain("build hook of blog doesn't install it");
  expect(audit.out).not.toContain("no vendor that is known here");
});

test("an installer that the environment names is written as any other, and checked behind", async () => {
  const { directory, env } = await layDown(called);
  const words = ["setup", directory, "--task", "backup", "--branch", "main", "--offline", "--yes"];
  const installer = { MACHINIST_VENDOR_INSTALLER: "https://cli.example.org/installer | bash" };
  const run = runProgram(words, { ...env, ...described, ...installer });
  expect(run.code).toBe(0);
  const text = await readFile(join(directory, ".platform.app.yaml"), "utf8");
  expect(text).toContain("curl -fsSL https://cli.example.org/installer -o /tmp/shopware");
  expect(text).toContain("shopware --version || exit 1");
});

test("a vendor that is described by halves ends every command before it does anything", async () => {
  const { directory, env } = await layDown(called);
  const words = ["audit", directory, "--offline"];
  const run = runProgram(words, { ...env, MACHINIST_VENDOR_CLI: "shopware" });
  expect(run.code).toBe(2);
  expect(run.err).toContain("MACHINIST_VENDOR_PREFIX");
});
