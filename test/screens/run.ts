// Draws the pictures of the README: the built program in a pseudo-terminal, on the sample project.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layDownSampleProject } from "../../src/sandbox/sample-project.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { keys, type PtyRun, runInPty } from "../e2e/pty.ts";
import { drawScreen } from "./svg.ts";

// The day on which they are drawn must not make each run's pictures differ.
const clock = join(import.meta.dirname, "clock.cjs");
createRequire(import.meta.url)(clock);

const pictures = join(import.meta.dirname, "../../docs/screens");
const folder = await mkdtemp(join(tmpdir(), "machinist-screens-"));
const directory = join(folder, "shop");
await mkdir(directory);
await mkdir(pictures, { recursive: true });
await layDownSampleProject(directory, demoProjectId);
const sandbox = await startSandbox({ activityMs: 100 });
const env = {
  MACHINIST_HOME: join(folder, "state"),
  NODE_OPTIONS: `--require ${JSON.stringify(clock)}`,
  // A port of its own in each run must not make each run's pictures differ.
  MACHINIST_CONSOLE_URL: "https://console.example.org",
  PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
  PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
  PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
};

const draw = (name: string, run: PtyRun) =>
  writeFile(join(pictures, `${name}.svg`), drawScreen(run, `machinist: ${name}`));

async function answer(
  run: PtyRun,
  question: string,
  reply: string,
  picture?: string,
): Promise<void> {
  await run.sees(question);
  if (picture !== undefined) await draw(picture, run);
  run.type(reply);
}

try {
  const size = { columns: 92, rows: 28 };
  const setup = runInPty(["setup"], size, { env, cwd: directory });
  await answer(setup, "to do?", keys.enter, "task");
  await setup.sees("The plan.");
  setup.type(keys.down.repeat(4));
  await answer(setup, "❯ [x] 5", keys.enter, "plan");
  await answer(setup, "❯ Environment", keys.escape, "item");
  await setup.sees("Apply 4 changes");
  setup.type(keys.tab + keys.enter);
  await setup.sees("waiting for");
  const { token } = await sandbox.acceptInvitation("operator+shop-backup@example.org");
  await answer(setup, "is on the project", keys.paste(token), "token");
  setup.type(keys.enter);
  await setup.ended;
  const audit = runInPty(["audit"], size, { env, cwd: directory });
  await audit.sees("asks for PLATFORM_BRANCH = master");
  await draw("audit", audit);
  audit.type(keys.ctrlC);
  await audit.ended;
} finally {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}
