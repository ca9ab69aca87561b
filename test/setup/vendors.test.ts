import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Failure, LastingFailure } from "../../src/failure.ts";
import { layDown, projects } from "../vendors/projects.ts";
import { runSetup } from "./run-setup.ts";

const backup = { task: "backup", branch: "main", offline: true, yes: true };

test("a project of Upsun gets Upsun's CLI, and is told apart by its folder alone", async () => {
  const { project, run } = await setUp(projects.upsun, backup);
  expect(run.out).toContain("Vendor: Upsun (from .upsun/config.yaml)");
  const text = await project.read(".upsun/config.yaml");
  expect(text).toContain("raw.githubusercontent.com/upsun/cli/main/installer.sh");
  expect(text).toContain("upsun backup:create --yes --no-wait");
  expect(text).not.toMatch(/platformsh|\bplatform\b/u);
});

test("a project of Platform.sh gets its CLI, also where only Upsun's token is set", async () => {
  const { project, run } = await setUp(projects.platformsh, backup, { UPSUN_CLI_TOKEN: "a-token" });
  expect(run.out).toContain("Vendor: Platform.sh (from .platform.app.yaml)");
  expect(await project.read(".platform.app.yaml")).toContain("platform backup:create");
});

test("a project of Ibexa keeps its one CLI, and what only a person can do there is said in order", async () => {
  const { project, run } = await setUp(projects.ibexa, { ...backup, offline: false });
  const text = await project.read(".platform.app.yaml");
  expect(text).toContain("ibexa_cloud backup:create --yes --no-wait");
  expect(text).not.toMatch(/platformsh\/cli|\bplatform backup/u);
  expect(run.out).toContain("no public source says where the API of Ibexa Cloud is");
  const steps = run.out.split("\n").filter((line) => line.startsWith("left to you: "));
  expect(steps.map((step) => step.slice(13, 40))).toEqual([
    "in the console of Ibexa Clo",
    "signed in as that account, ",
    "put it into env:IBEXA_CLI_T",
    "look at git diff, commit an",
  ]);
  expect(steps[2]).toContain("ibexa_cloud variable:create --level environment --environment main");
  expect(steps[2]).not.toContain("--app-scope");
});

test("of several apps, the one with the cron alone gets the token that a person puts into the variable", async () => {
  const two = ["shop", "api"].map((name) => `- name: ${name}\n  type: 'php:8.3'\n`).join("");
  const files = { ".platform/applications.yaml": two };
  const wished = { ...backup, offline: false, vendor: "ibexa", app: "shop" };
  const { run } = await setUp(files, wished);
  expect(run.failure).toBeUndefined();
  expect(run.out).toMatch(/variable:create .* --app-scope shop$/mu);
});

test("a vendor that is named against the files is said beside what they speak for", async () => {
  const { project, run } = await setUp(projects.upsun, { ...backup, vendor: "platformsh" });
  expect(run.out).toContain(
    "Vendor: Platform.sh (--vendor; against it: Upsun (from .upsun/config.yaml))",
  );
  expect(await project.read(".upsun/config.yaml")).toContain("platform backup:create");
});

test("the CLI of another vendor among the packages of an app is not taken for its own", async () => {
  const path = ".upsun/config.yaml";
  const text = projects.upsun[path].replace(
    "    relationships:",
    "    dependencies:\n      php:\n        platformsh/cli: '^4.0'\n    relationships:",
  );
  const { project, run } = await setUp({ [path]: text }, backup);
  expect(run.out).toContain("platform is in its dependencies, and the job calls upsun.");
  expect(run.out).toContain("upsun/cli/main/installer.sh, run by bash, installs upsun.");
  expect(await project.read(path)).toContain("upsun --version || exit 1");
});

test("a CLI that is installed under a name nobody can tell is no reason to call it there already", async () => {
  const path = ".platform.app.yaml";
  const text = projects.platformsh[path].replace(
    "npm ci",
    'curl -fsSL "https://github.com/platformsh/cli/releases/download/5.9.0/$ARCHIVE" | tar -xz',
  );
  const files = { ...projects.platformsh, [path]: text };
  const { project, run } = await setUp(files, backup);
  expect(usage(run.failure)).toMatchObject({
    what: "Whether platform is installed already isn't known",
    why: "the build hook installs the CLI, and under which name can't be told",
  });
  expect(await project.read(path)).toBe(text);
});

test("a project of OVHcloud, whose CLI invites nobody, gets its cron, and the rest as steps", async () => {
  const { project, run } = await setUp(projects.webpaas, { ...backup, offline: false });
  expect(await project.read(".platform.app.yaml")).toContain("webpaas backup:create");
  expect(run.out).toContain("OVHcloud Web PaaS takes no invitations from a program");
  expect(run.out).toContain("env:OVHCLOUD_WEBPAAS_CLI_TOKEN");
});

test("in a project of Adobe nothing is set up, in words, and no byte is changed", async () => {
  const { project, run } = await setUp(projects.magento, backup);
  expect(usage(run.failure)).toMatchObject({
    what: "Nothing is set up in a project of Adobe Commerce on Cloud",
    why: expect.stringContaining("a tool for workstations"),
  });
  // Neither another try nor a command to go on could change it.
  expect(run.failure).toBeInstanceOf(LastingFailure);
  expect(await project.read(".magento.app.yaml")).toBe(projects.magento[".magento.app.yaml"]);
});

test("files of two vendors stop what writes with the flag that says which, and the flag goes on", async () => {
  const both = { ...projects.platformsh, ...projects.upsun };
  const stopped = await setUp(both, backup);
  expect(usage(stopped.run.failure)).toMatchObject({
    what: "Whose project this is can't be told",
    next: "name the vendor: --vendor platformsh or --vendor upsun",
  });
  expect(await stopped.project.read(".upsun/config.yaml")).toBe(both[".upsun/config.yaml"]);
  const named = await setUp(both, { ...backup, vendor: "upsun" });
  expect(await named.project.read(".upsun/config.yaml")).toContain("upsun backup:create");
  expect(await named.project.read(".platform.app.yaml")).toBe(both[".platform.app.yaml"]);
});

test("a package of Ibexa or Shopware alone says too little to write anything, and the CLI that is called says enough", async () => {
  const { "composer.json": packages } = projects.ibexa;
  const unclear = await setUp({ ...projects.platformsh, "composer.json": packages }, backup);
  expect(usage(unclear.run.failure)?.why).toContain(
    "Ibexa Cloud (from ibexa/commerce in composer.json)",
  );
  const require = '{ "require": { "shopware/paas-meta": "^1" } }\n';
  const other = await setUp({ ...projects.platformsh, "composer.json": require }, backup);
  expect(usage(other.run.failure)?.why).toContain(
    "shopware (from shopware/paas-meta in composer.json) is the CLI of no vendor that is known",
  );
});

test("a vendor that can't have these files is refused, and names whose they are", async () => {
  const { run, project } = await setUp(projects.magento, { ...backup, vendor: "upsun" });
  expect(usage(run.failure)).toMatchObject({
    what: "This is no project of Upsun",
    why: "it is one of Adobe Commerce on Cloud (from .magento.app.yaml)",
  });
  expect(await project.read(".magento.app.yaml")).toBe(projects.magento[".magento.app.yaml"]);
});

test("who isn't signed in is told the token's name first, that of the project's own vendor", async () => {
  const { run } = await setUp(projects.upsun, {
    task: "backup",
    project: "abcdefgh12345",
    yes: true,
  });
  expect(run.failure).toBeInstanceOf(Failure);
  expect(run.failure).toMatchObject({
    reason: "signedOut",
    parts: { what: "Not signed in: UPSUN_CLI_TOKEN is not set" },
  });
});

async function setUp(
  files: Readonly<Record<string, string>>,
  flags: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv = {},
) {
  const project = await layDown(files);
  const run = await runSetup({ ...project, env: { ...project.env, ...env } }, flags);
  const read = (path: string) => readFile(join(project.directory, path), "utf8");
  return { run, project: { ...project, read } };
}

function usage(failure: unknown) {
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ reason: "usage" });
  return failure instanceof Failure ? failure.parts : undefined;
}
