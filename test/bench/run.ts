// Prints ratios measured side by side in one run: start-up, audit, first frame, patching, and keys in a long list.
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { spawn } from "@lydell/node-pty";
import { build } from "esbuild";
import * as v from "valibot";
import { noTopLevelAwait } from "../../.config/no-top-level-await.js";
import { layDownSampleProject } from "../../src/sandbox/sample-project.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { bundled } from "./bundled.ts";
import { fleetLines } from "./fleet.ts";
import { type Comparison, compare, comparison } from "./measure.ts";
import { measurePlanPage } from "./plan-page.ts";

const folder = mkdtempSync(join(tmpdir(), "machinist-bench-"));
const checkout = join(folder, "shop");
const corpus = join(import.meta.dirname, "../../../shared/corpus");
const launcher = join(import.meta.dirname, "../../bin/machinist.js");
// With NODE_EXTRA_CA_CERTS set, bare node alone takes a multiple of its time and every ratio would look better.
const { NODE_EXTRA_CA_CERTS: _unset, CI: _interactive, ...inherited } = process.env;
const env = { ...inherited, MACHINIST_HOME: join(folder, "state"), TERM: "xterm-256color" };

function node(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, {
    env,
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0 && status !== 10)
    throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
}

/** Starts a program in a pseudo-terminal and waits for its first frame. */
function firstFrame(args: readonly string[], content: string): Promise<void> {
  return new Promise((resolve) => {
    const terminal = spawn(process.execPath, [...args], { cols: 100, rows: 30, env, cwd: folder });
    let seen = "";
    terminal.onExit(() => resolve());
    const subscription = terminal.onData((data) => {
      seen += data;
      if (!seen.includes(content)) return;
      subscription.dispose();
      terminal.kill("SIGKILL");
    });
  });
}

/** A program that loads the two parsers and reads a file with them, bundled as ours is. */
async function bareParsers(): Promise<string> {
  const [source, bundled] = [join(folder, "parsers.mjs"), join(folder, "parsers.cjs")];
  writeFileSync(
    source,
    `import { readFileSync } from "node:fs"; import { parse } from "yaml"; import { parse as parseScript } from "unbash";
const { hooks = {}, crons = {} } = parse(readFileSync(process.argv[2], "utf8"));
for (const script of [...Object.values(hooks), ...Object.values(crons).map((cron) => cron.commands.start)]) parseScript(script);`,
  );
  await build({
    entryPoints: [source],
    outfile: bundled,
    bundle: true,
    format: "cjs",
    platform: "node",
    minify: true,
    nodePaths: [join(import.meta.dirname, "../../node_modules")],
  });
  return bundled;
}

async function bareInk(): Promise<string> {
  const source = join(folder, "hello.jsx");
  const bundled = join(folder, "hello.cjs");
  writeFileSync(
    source,
    'import { createElement } from "react"; import { render, Text } from "ink"; render(createElement(Text, null, "hello"));',
  );
  await build({
    entryPoints: [source],
    outfile: bundled,
    bundle: true,
    format: "cjs",
    platform: "node",
    minify: true,
    nodePaths: [join(import.meta.dirname, "../../node_modules")],
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [noTopLevelAwait],
  });
  return bundled;
}

function layDownApp(name: string, lines: readonly string[]): void {
  mkdirSync(join(folder, name));
  const head = ["name: app", "type: 'php:8.3'", "crons:"];
  writeFileSync(join(folder, name, ".platform.app.yaml"), [...head, ...lines, ""].join("\n"));
}

/** Crons of which each is found to wait, and to run on every environment. */
function cronsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => [
    `    job-${at}:`,
    `        spec: '${at % 60} ${at % 24} * * *'`,
    "        commands:",
    "            start: |",
    `                echo ${at}`,
    "                platform backup:create --yes",
  ]).flat();
}

/** A cron that is guarded by a pattern of so many stars, which nothing fits. */
function patternOf(stars: number): readonly string[] {
  return [
    "    job:",
    "        spec: '0 5 * * *'",
    "        commands:",
    "            start: |",
    `                case "$PLATFORM_BRANCH$PLATFORM_BRANCH$PLATFORM_BRANCH" in`,
    `                    ${"*a".repeat(stars)}*b) platform backup:create --yes --no-wait ;;`,
    "                esac",
  ];
}

/** What is measured inside of one process, with nothing else in it. */
async function inProcess(): Promise<readonly Comparison[]> {
  const program = await bundled("in-process", folder);
  const { stdout } = await promisify(execFile)(process.execPath, [program, corpus], { env });
  return v.parse(v.array(comparison), JSON.parse(stdout));
}

try {
  await import("node:fs/promises").then(({ mkdir }) => mkdir(checkout));
  await layDownSampleProject(checkout, demoProjectId);
  for (const count of [100, 400]) layDownApp(`crons-${count}`, cronsOf(count));
  for (const count of [1, 40]) layDownApp(`stars-${count}`, patternOf(count));
  const hello = await bareInk();
  const parsers = await bareParsers();
  const comparisons = [
    await compare(
      "--version",
      "node -e 0",
      20,
      () => node(launcher, "--version"),
      () => node("-e", "0"),
    ),
    await compare(
      "--help",
      "node -e 0",
      20,
      () => node(launcher, "--help"),
      () => node("-e", "0"),
    ),
    await compare(
      "offline audit of one file",
      "node -e 0",
      20,
      () => node(launcher, "audit", "--offline", "--json", checkout),
      () => node("-e", "0"),
    ),
    await compare(
      "offline audit of one file",
      "yaml and unbash on the same file",
      20,
      () => node(launcher, "audit", "--offline", "--json", checkout),
      () => node(parsers, join(checkout, ".platform.app.yaml")),
    ),
    await compare(
      "the wizard's first frame",
      "a bare Ink hello, bundled alike",
      10,
      () => firstFrame([launcher, "setup", "--offline", checkout], "machinist"),
      () => firstFrame([hello], "hello"),
    ),
    await compare(
      "offline audit of 400 crons",
      "of 100; at most 4.5",
      5,
      () => node(launcher, "audit", "--offline", "--json", join(folder, "crons-400")),
      () => node(launcher, "audit", "--offline", "--json", join(folder, "crons-100")),
    ),
    await compare(
      "offline audit of a pattern of 40 *",
      "of a pattern of one",
      10,
      () => node(launcher, "audit", "--offline", "--json", join(folder, "stars-40")),
      () => node(launcher, "audit", "--offline", "--json", join(folder, "stars-1")),
    ),
    ...(await inProcess()),
  ];
  console.log(`Node ${process.version}; medians of runs in turns; NODE_EXTRA_CA_CERTS unset`);
  for (const { name, against, ours, theirs, ratio, says = "" } of comparisons) {
    console.log(
      `${name.padEnd(34)}${ours.toFixed(1).padStart(8)} ms  against ${against.padEnd(34)}${theirs.toFixed(1).padStart(8)} ms  ratio ${ratio.toFixed(2)}${says}`,
    );
  }
  const { measurePicker }: typeof import("./picker.ts") = await import(
    await bundled("picker", folder)
  );
  const { keys, median, p95, worst, bytes } = await measurePicker(5000);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `a key in the picker of 5,000 projects, to its painted frame: ${ms(median)} of CPU at the median of ${keys} keys, ${ms(p95)} at the 95th percentile, ${ms(worst)} at most; ${bytes} bytes for a moved pointer; the goals are 4 ms at the median, and 500 bytes`,
  );
  const shown = await measurePlanPage(checkout, env, 7);
  console.log(
    `the plan's page, from the last answer of the API to its frame: ${ms(shown.elapsed)} at the median${shown.processor === undefined ? "" : `, ${ms(shown.processor)} of CPU`}; the goal is 300 ms`,
  );
  for (const line of await fleetLines(folder, env)) console.log(line);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
