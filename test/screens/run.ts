// Draws the pictures of the README: the built program in a pseudo-terminal, on the sample project.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { layDownSampleProject } from "../../src/sandbox/sample-project.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { inPty, keys, type PtyRun, runInPty } from "../e2e/pty.ts";
import { palettes } from "./palettes.ts";
import { drawScenes, drawScreen, type Scene, sceneOf } from "./svg.ts";

// The day on which they are drawn must not make each run's pictures differ.
const clock = join(import.meta.dirname, "clock.cjs");
createRequire(import.meta.url)(clock);

const pictures = join(import.meta.dirname, "../../docs/screens");
// The path is in the pictures, so it is the same in each run.
const folder = join(tmpdir(), "machinist-pictures");
await rm(folder, { recursive: true, force: true });
const directory = join(folder, "shop");
await mkdir(directory, { recursive: true });
await mkdir(pictures, { recursive: true });
await layDownSampleProject(directory, demoProjectId);
/** The moment at which the sandbox's clock stands; unset, it goes. */
let standsAt: number | undefined;
const sandbox = await startSandbox({
  activityMs: 3000,
  now: () => new Date(standsAt ?? Date.now()),
});
const env = {
  MACHINIST_HOME: join(folder, "state"),
  NODE_OPTIONS: `--require ${JSON.stringify(clock)}`,
  // A port of its own in each run must not make each run's pictures differ.
  MACHINIST_CONSOLE_URL: "https://console.example.org",
  PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
  PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
  PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
};

const size = { columns: 92, rows: 28 };
const [first] = palettes;

/** Draws a screen in every palette, once it is whole: a frame may come in pieces. The README has those of the first. */
async function draw(name: string, run: PtyRun): Promise<void> {
  for (let length = -1; length !== run.output().length; await setTimeout(60))
    length = run.output().length;
  await drawNow(name, run);
}

async function drawNow(name: string, run: PtyRun): Promise<void> {
  for (const palette of palettes) {
    const folderOf = palette === first ? pictures : join(pictures, palette.name);
    await mkdir(folderOf, { recursive: true });
    await writeFile(join(folderOf, `${name}.svg`), drawScreen(run, `machinist: ${name}`, palette));
  }
}

/** The scenes of a recording so far. */
let scenes: Scene[] = [];

function keep(run: PtyRun, ms: number): void {
  if (first !== undefined) scenes.push(sceneOf(run, first, ms));
}

async function record(name: string, title: string): Promise<void> {
  if (first === undefined) return;
  // The still is the one that stays longest: the page that matters most.
  const longest = Math.max(...scenes.map(({ ms }) => ms));
  const still = scenes.findIndex(({ ms }) => ms === longest);
  const drawn = drawScenes(scenes, still, size.columns, title, first);
  await writeFile(join(pictures, `${name}.svg`), drawn);
  scenes = [];
}

/** Types a key, and waits for what it brings. */
async function press(run: PtyRun, key: string, until: string | RegExp): Promise<void> {
  run.type(key);
  await run.sees(until);
}

async function setUp(): Promise<void> {
  const run = runInPty(["setup"], size, { env, cwd: directory });
  await run.sees("to do?");
  await draw("task", run);
  keep(run, 2500);
  await press(run, keys.enter, "The plan.");
  await draw("plan", run);
  keep(run, 4500);
  await press(run, keys.down + keys.down, "❯ [x] 3");
  await draw("variable", run);
  keep(run, 1800);
  await press(run, keys.down + keys.down, "❯ [x] 5");
  keep(run, 1800);
  await press(run, keys.enter, "❯ Environment");
  await draw("item", run);
  keep(run, 2500);
  await press(run, keys.escape, "Apply 4 changes");
  await press(run, keys.tab, "❯ [ Apply");
  keep(run, 1200);
  await press(run, keys.enter, "isn't accepted yet");
  keep(run, 2500);
  const { token } = await sandbox.acceptInvitation("operator+shop-backup@example.org");
  await run.sees("is on the project");
  await draw("token", run);
  await press(run, keys.paste(token), "pasted");
  keep(run, 1500);
  // The same share of the redeployment in each run, the same second, and the same sign of it.
  const begun = Date.now();
  standsAt = begun;
  run.type(keys.enter);
  await run.sees(/⠋ .* · 1 s$/mu);
  standsAt = begun + 1700;
  await run.sees(/⠋ 42 %.* · 3 s$/mu);
  await drawNow("applying", run);
  keep(run, 1500);
  standsAt = undefined;
  await run.ended;
  await draw("end", run);
  keep(run, 4000);
  await record("setup", "machinist setup, from the question to the end");
}

/** The questions behind the items of the plan. */
async function questions(): Promise<void> {
  // It is left, and a later setup isn't to offer to go on with it.
  const own = { ...env, MACHINIST_HOME: join(folder, "state-of-questions") };
  const run = runInPty(["setup", "--task", "backup"], size, { env: own, cwd: directory });
  await run.sees("The plan.");
  await press(run, keys.enter, "❯ Address");
  await press(run, keys.down + keys.enter, "type to filter");
  await draw("choice", run);
  await press(run, keys.escape, "❯ Project");
  await press(run, keys.escape, "Apply 4 changes");
  await press(run, keys.down.repeat(4), "❯ [x] 5");
  await press(run, keys.enter, "❯ Environment");
  await press(run, keys.down + keys.enter, "Enter accept");
  await draw("text", run);
  run.type(keys.ctrlC);
  await run.ended;
}

async function audit(): Promise<void> {
  const run = runInPty(["audit"], size, { env, cwd: directory });
  await run.sees("asks for PLATFORM_BRANCH = master");
  await draw("audit", run);
  keep(run, 4000);
  await press(run, keys.down, "2 of ");
  keep(run, 1500);
  await press(run, keys.enter, "Make this change");
  await draw("fix", run);
  keep(run, 3000);
  await press(run, "y", "done (u takes it back)");
  keep(run, 3000);
  await press(run, "u", "done: Changed");
  // The last row: a busy machine draws the page in parts.
  await press(run, "?", "Esc close");
  await draw("help", run);
  await press(run, keys.escape, "of 5");
  await press(run, "a", "Tab to apply");
  await draw("fixes", run);
  await press(run, keys.escape, "of 5");
  run.type("q");
  await run.ended;
  await record("fixing", "machinist audit, a finding looked at and put right");
}

/** What the setup has changed in the sample project's file, as Git tells it. */
async function file(): Promise<void> {
  const args = ["--no-pager", "-c", "color.ui=always", "diff", "--unified=5"];
  const run = inPty("git", args, { columns: 92, rows: 44 }, { env: {}, cwd: directory });
  await run.ended;
  await draw("file", run);
}

async function others(): Promise<void> {
  const back = runInPty(["undo"], size, { env, cwd: directory });
  await back.sees("Take back the run of");
  await draw("undo", back);
  back.type(keys.ctrlC);
  await back.ended;
  const verify = runInPty(["verify"], size, { env, cwd: directory });
  await verify.sees("the machine user's own token");
  verify.type(keys.enter);
  await verify.ended;
  await draw("verify", verify);
  const rotate = runInPty(["rotate"], size, { env, cwd: directory });
  await rotate.sees("Which account");
  await press(rotate, keys.enter, "paste it here");
  const token = sandbox.makeToken("operator+shop-backup@example.org", "the new one");
  await press(rotate, keys.paste(token), "pasted");
  await press(rotate, keys.enter, "Tab to apply");
  await draw("rotate", rotate);
  rotate.type(keys.ctrlC);
  await rotate.ended;
  const many = runInPty(["audit", "--all", "--fix", "--unsafe-fixes", "all"], size, {
    env,
    cwd: directory,
  });
  await many.sees("Tab to apply");
  await draw("fleet", many);
  many.type(keys.ctrlC);
  await many.ended;
  const home = runInPty([], size, { env, cwd: directory });
  await home.sees("Set up");
  await home.sees("Last run");
  await draw("home", home);
  home.type("q");
  await home.ended;
}

try {
  await questions();
  await setUp();
  await file();
  await audit();
  await others();
} finally {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}
