import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { expectPublished } from "../expect-document.ts";

const top = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "machinist-package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packageJson = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));

test("the package holds what runs and what a licence asks for, in less than a megabyte", () => {
  const flags = ["pack", "--dry-run", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = spawnSync("npm", flags, { cwd: top, encoding: "utf8" });
  const [{ size, files }] = JSON.parse(stdout);
  const names = files.map(({ path }: { path: string }) => path);
  for (const name of [
    ...["LICENSE", "README.md", "THIRD-PARTY-NOTICES", "bin/machinist.js", "bin/load.js"],
    ...["dist/main.cjs", "dist/library.js", "dist/library.d.ts", "schemas/audit.json"],
  ])
    expect(names).toContain(name);
  const known =
    /^(?:bin|dist|docs|man|schemas)\/|^(?:LICENSE|THIRD-PARTY-NOTICES|package\.json|[A-Z]+\.md)$/u;
  expect(names.filter((name: string) => !known.test(name))).toEqual([]);
  expect(
    names.filter(
      (name: string) => /compiled\/|\.map$|\.tsx?$/u.test(name) && !name.endsWith(".d.ts"),
    ),
  ).toEqual([]);
  expect(size).toBeLessThan(1_000_000);
});

/** A folder with what makes a checkout ready, and nothing to build. */
function emptyClone(): string {
  const clone = mkdtempSync(join(folder, "clone-"));
  for (const name of [".config", "src", "bin"]) mkdirSync(join(clone, name));
  for (const file of [".config/ready.js", "bin/node-floor.js", "bin/package.json"])
    copyFileSync(join(top, file), join(clone, file));
  writeFileSync(join(clone, "package.json"), '{ "type": "module" }');
  writeFileSync(join(clone, "package-lock.json"), "{}");
  return clone;
}

test("a clone that has nothing to build with is given it, also while npm installs for everybody", () => {
  const clone = emptyClone();
  writeFileSync(
    join(clone, ".config/build.js"),
    'import fs from "node:fs"; fs.mkdirSync("dist"); fs.writeFileSync("dist/main.cjs", "");',
  );
  writeFileSync(
    join(clone, "bin/npm"),
    '#!/bin/sh\nprintf "%s " "$@" >> npm-calls\nmkdir -p node_modules/esbuild && echo "{}" > node_modules/esbuild/package.json\n',
    { mode: 0o755 },
  );
  const prepare = () =>
    spawnSync(process.execPath, [join(clone, ".config/ready.js"), "--installed"], {
      env: { PATH: `${join(clone, "bin")}:${process.env["PATH"]}`, npm_config_global: "true" },
      encoding: "utf8",
    }).status;
  expect(prepare()).toBe(0);
  const calls = readFileSync(join(clone, "npm-calls"), "utf8");
  expect(calls).toMatch(/^ci .*--no-global --location=project --include=dev /u);
  rmSync(join(clone, "dist"), { recursive: true });
  expect(prepare()).toBe(0);
  expect(readFileSync(join(clone, "npm-calls"), "utf8")).toBe(calls);
});

test("what is built is built anew when the package is given another version or address", () => {
  const clone = emptyClone();
  mkdirSync(join(clone, "node_modules/esbuild"), { recursive: true });
  writeFileSync(join(clone, "node_modules/esbuild/package.json"), "{}");
  writeFileSync(
    join(clone, ".config/build.js"),
    'import fs from "node:fs"; fs.mkdirSync("dist", { recursive: true }); fs.writeFileSync("dist/main.cjs", fs.readFileSync("package.json"));',
  );
  const prepare = () => {
    const args = [join(clone, ".config/ready.js"), "--installed"];
    expect(spawnSync(process.execPath, args).status).toBe(0);
    return readFileSync(join(clone, "dist/main.cjs"), "utf8");
  };
  prepare();
  // The grain of the disk's clock must not decide which of the two is the newer.
  utimesSync(join(clone, "dist/main.cjs"), Date.now() / 1000 + 60, Date.now() / 1000 + 60);
  const changed = '{ "type": "module", "version": "2.0.0" }';
  writeFileSync(join(clone, "package.json"), changed);
  utimesSync(join(clone, "package.json"), Date.now() / 1000 + 120, Date.now() / 1000 + 120);
  expect(prepare()).toBe(changed);
});

test("from git for everybody, what npm would only link to a copy that it removes isn't installed", () => {
  const clone = emptyClone();
  writeFileSync(join(clone, ".config/build.js"), "");
  mkdirSync(join(clone, "node_modules/esbuild"), { recursive: true });
  writeFileSync(join(clone, "node_modules/esbuild/package.json"), "{}");
  writeFileSync(
    join(clone, "bin/npm"),
    '#!/bin/sh\n[ "$*" = "config get install-links" ] && echo "$INSTALL_LINKS"\n',
    { mode: 0o755 },
  );
  const prepare = (env: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [join(clone, ".config/ready.js"), "--installed"], {
      env: { PATH: `${join(clone, "bin")}:${process.env["PATH"]}`, ...env },
      encoding: "utf8",
    });
  const ofGit = { _PACOTE_NO_PREPARE_: "git+https://git.example.org/machinist.git" };
  const everybody = { npm_config_global: "true" };
  expect(prepare({ ...ofGit, ...everybody, INSTALL_LINKS: "false" })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("add --install-links to npm install --global\n"),
  });
  expect(prepare({ ...ofGit, ...everybody, INSTALL_LINKS: "true" }).status).toBe(0);
  expect(prepare({ ...ofGit, INSTALL_LINKS: "false" }).status).toBe(0);
  expect(prepare({ ...everybody, INSTALL_LINKS: "false" }).status).toBe(0);
});

test("nothing but the keychain's binding is needed at run time, and that only where it is there", () => {
  expect(packageJson.dependencies).toBeUndefined();
  expect(Object.keys(packageJson.optionalDependencies)).toEqual(["@napi-rs/keyring"]);
});

test.each(["bin/machinist.js", ".config/ready.js", ".config/run.js"])(
  "%s tells a Node that is too old in one sentence what to do",
  (program) => {
    const [, least = ""] = /^>=([\d.]+)$/u.exec(packageJson.engines.node) ?? [];
    const run = (version: string, started = program) => {
      const pretend = join(folder, "pretend.cjs");
      const versions = `{ ...process.versions, node: ${JSON.stringify(version)} }`;
      writeFileSync(pretend, `Object.defineProperty(process, "versions", { value: ${versions} });`);
      const args = ["--require", pretend, join(top, started), "--version"];
      return spawnSync(process.execPath, args, { encoding: "utf8" });
    };
    const [major, minor, patch] = least.split(".").map(Number);
    for (const old of [
      "18.20.8",
      `${major}.${(minor ?? 0) - 1}.9`,
      `${major}.${minor}.${(patch ?? 0) - 1}`,
    ])
      expect(run(old)).toMatchObject({
        status: 1,
        stdout: "",
        stderr: `machinist needs Node ${least} or newer, and this is ${old}: install a newer Node, or take machinist's single executable, which needs none\n`,
      });
    for (const fine of [least, "22.0.0", "30.1.2"])
      expect(run(fine, "bin/machinist.js")).toMatchObject({
        status: 0,
        stderr: "",
        stdout: `${packageJson.version}\n`,
      });
  },
);

test("without npm, what makes a checkout ready says that npm is missing", () => {
  const clone = emptyClone();
  const { status, stderr } = spawnSync(process.execPath, [join(clone, ".config/ready.js")], {
    env: { PATH: join(clone, "bin") },
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain("npm can't be started (spawnSync npm ENOENT): install it first");
});

test("the version comes as a document too", () => {
  const args = [join(top, "bin/machinist.js"), "--version", "--json"];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(status).toBe(0);
  expectPublished(stdout);
  expect(JSON.parse(stdout)).toMatchObject({
    machinist: packageJson.version,
    node: process.versions.node,
  });
});
