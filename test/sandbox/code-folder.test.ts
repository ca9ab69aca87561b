import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { currentDeployment } from "../../src/platform/deployments.ts";
import { branchTree } from "../../src/platform/git-data.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";

const appFile = `name: tea\ntype: 'php:8.3'\ncrons:\n    brew:\n        spec: '5 4 * * *'\n        commands: { start: 'bin/brew' }\n`;

async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "machinist-code-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

test("the files of a folder are the code of the sample project, and what is deployed", async () => {
  const code = await folderWith({
    ".platform.app.yaml": appFile,
    "src/tea/Pot.php": "<?php // ü\n",
    "logo.png": Buffer.from([0x89, 0x50, 0xff]),
    ".git/config": "[core]\n",
  });
  const sandbox = await startSandbox({ code, activityMs: 0 });
  onTestFinished(() => sandbox.close());
  const addresses = { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl };
  const connection = connect({ addresses, token: new Secret(sandbox.operatorToken) });
  onTestFinished(() => connection.close());

  const tree = branchTree(connection, demoProjectId, { branch: "main" });
  const top = await tree.folder("");
  expect(top?.map(({ name }) => name).sort()).toEqual([".platform.app.yaml", "src"]);
  expect((await tree.file(".platform.app.yaml"))?.toString()).toBe(appFile);
  expect((await tree.file("src/tea/Pot.php"))?.toString()).toBe("<?php // ü\n");
  const deployed = await currentDeployment(connection, demoProjectId, "main");
  expect(deployed?.apps.map(({ name, crons }) => [name, crons])).toEqual([
    ["tea", [{ name: "brew", spec: "5 4 * * *", command: "bin/brew" }]],
  ]);
});

test("a folder that is no project's is refused in words", async () => {
  const empty = await folderWith({ "README.md": "Nothing here.\n" });
  await expect(startSandbox({ code: empty })).rejects.toThrow(/No file there describes an app/);
  const broken = await folderWith({ ".platform.app.yaml": "name: [\n" });
  await expect(startSandbox({ code: broken })).rejects.toThrow(/can't be deployed/);
  for (const gone of [join(empty, "gone"), ""]) {
    await expect(startSandbox({ code: gone })).rejects.toThrow(/can't be read/);
  }
});
