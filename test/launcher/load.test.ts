import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { oneOf, someOf } from "../amounts.ts";

const repository = join(import.meta.dirname, "../..");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "machinist-launcher-"));
  for (const part of ["bin", "package.json"])
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  cpSync(join(repository, "dist"), join(folder, "dist"), {
    recursive: true,
    filter: (path) => !path.endsWith("compiled"),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { NODE_OPTIONS: _flags, ...env } = process.env;

interface RunOptions {
  /** Of Node. */
  readonly flags?: readonly string[];
  readonly umask?: string;
  /** Of the program; `rules` where nothing is said. */
  readonly words?: readonly string[];
}

function rules({ words = ["rules"], ...options }: RunOptions = {}) {
  const program = [...(options.flags ?? []), join(folder, "bin/machinist.js"), ...words];
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", `umask ${options.umask ?? "022"}; exec "$@"`, "sh", process.execPath, ...program],
    { encoding: "utf8", env },
  );
  return { status, stdout, stderr };
}

const compiledFiles = () =>
  readdirSync(join(folder, "dist/compiled"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

test("what was compiled is kept, and the next run says the same with it", () => {
  const first = rules();
  expect(first).toMatchObject({ status: 0, stderr: "" });
  const files = compiledFiles();
  expect(files.some((file) => file.includes("main.cjs"))).toBe(true);
  const before = files.map((file) => readFileSync(file));
  expect(rules()).toEqual(first);
  expect(compiledFiles().map((file) => readFileSync(file))).toEqual(before);
});

test("damaged files are made anew", () => {
  const first = rules();
  for (const file of compiledFiles()) {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
  }
  expect(rules()).toEqual(first);
  expect(rules()).toEqual(first);
});

test("where nothing can be kept, nothing is said of it", () => {
  writeFileSync(join(folder, "dist/compiled"), "in the way");
  expect(rules()).toMatchObject({ status: 0, stderr: "" });
});

test("a run with flags of its own keeps nothing", () => {
  expect(rules({ flags: ["--max-lazy"] })).toMatchObject({ status: 0, stderr: "" });
  expect(readdirSync(join(folder, "dist"))).not.toContain("compiled");
});

test("a run that failed keeps nothing: it called few of the functions that the next one needs", () => {
  expect(rules({ words: ["audit", "--offline", folder] })).toMatchObject({ status: 2 });
  expect(readdirSync(join(folder, "dist"))).not.toContain("compiled");
});

test("a program that is not built says how to build it", () => {
  rmSync(join(folder, "dist/main.cjs"));
  const { status, stderr } = rules();
  expect(status).toBe(1);
  expect(stderr).toBe("machinist is not built yet; run: npm run build\n");
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

test.each(oneOf(["000", "002", "077"], 0))(
  "under the umask %s what is kept is for others to read only",
  (umask) => {
    expect(rules({ umask })).toMatchObject({ status: 0 });
    const compiled = join(folder, "dist/compiled");
    const [release = ""] = readdirSync(compiled);
    expect([compiled, join(compiled, release)].map(modeOf)).toEqual([0o755, 0o755]);
    expect(new Set(compiledFiles().map(modeOf))).toEqual(new Set([0o644]));
  },
);

describe("what somebody else can have written is not run", () => {
  /** Puts code into the compiled form of the program that leaves a trace where V8 runs it. */
  function poison(): string {
    const name = compiledFiles().find((file) => file.includes("main.cjs")) ?? "";
    const source = readFileSync(join(folder, "dist/main.cjs"), "utf8");
    const head = "process.stdout.write('poisoned');return;//";
    // V8 takes a source of the same length for the same source.
    const body = head.padEnd(source.length, "x");
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) { ${body}\n})`,
      { filename: join(folder, "dist/main.cjs") },
    );
    script.runInThisContext();
    writeFileSync(name, script.createCachedData());
    return name;
  }

  test("code that was put into it by its owner is run, which shows what the trust is worth", () => {
    rules();
    poison();
    expect(rules().stdout).toBe("poisoned");
  });

  const kept = () => join(folder, "dist/compiled");
  const release = () => join(kept(), readdirSync(kept())[0] ?? "");
  const openings = [
    ["a file that its group may write", (file: string) => chmodSync(file, 0o664)],
    ["a file that everybody may write", (file: string) => chmodSync(file, 0o646)],
    ["a folder that its group may write", () => chmodSync(release(), 0o775)],
    ["a folder above it that everybody may write", () => chmodSync(kept(), 0o757)],
    [
      "a link to a file",
      (file: string) => {
        renameSync(file, join(folder, "elsewhere"));
        symlinkSync(join(folder, "elsewhere"), file);
      },
    ],
    [
      "a link to a folder",
      () => {
        renameSync(kept(), join(folder, "elsewhere"));
        symlinkSync(join(folder, "elsewhere"), kept());
      },
    ],
    ...(process.getuid?.() === 0
      ? ([
          ["a file of another user", (file: string) => chownSync(file, 65534, 65534)],
          ["a folder of another user", () => chownSync(release(), 65534, 65534)],
        ] as const)
      : []),
  ] as const;
  test.each(someOf(openings))("%s", (_what, open) => {
    const first = rules();
    open(poison());
    expect(rules()).toEqual(first);
  });

  test("a folder of others is not written into", () => {
    mkdirSync(kept());
    chmodSync(kept(), 0o777);
    expect(rules()).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(kept())).toEqual([]);
  });
});

test("the signal on which Node opens its debugger opens none", async () => {
  const child = spawn(
    process.execPath,
    [join(folder, "bin/machinist.js"), "sandbox", "--port", "0"],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  await new Promise((ready) => child.stdout.once("data", ready));
  child.kill("SIGUSR1");
  // It answers this one after that one, and is still there to do so.
  child.kill("SIGINT");
  const ended = await new Promise((done) =>
    child.once("close", (code, signal) => done({ code, signal })),
  );
  expect(ended).toMatchObject({ signal: null });
  expect(said).not.toContain("Debugger");
});
