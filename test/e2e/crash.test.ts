import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { oneOf, someOf } from "../amounts.ts";
import { layDownMagazine } from "../setup/checkouts.ts";
import { runSetup } from "../setup/run-setup.ts";
import { holdNoSecret } from "../setup/secrets.ts";
import { openShop, type Shop, setTokenVariable } from "../setup/shop.ts";
import { keys, type PtyRun, runInPty } from "./pty.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const email = "operator+shop-backup@example.org";
const size = { columns: 70, rows: 20 };

/** What ends a run before its end, and what it exits with; a run that is killed outright says nothing any more. */
const ends = [
  { how: "an exception", signal: "SIGUSR2", crash: "throw", exits: 1 },
  { how: "a rejection that nobody handles", signal: "SIGUSR2", crash: "reject", exits: 1 },
  { how: "SIGTERM", signal: "SIGTERM", crash: "none", exits: 130 },
  { how: "SIGHUP", signal: "SIGHUP", crash: "none", exits: 130 },
  { how: "SIGKILL", signal: "SIGKILL", crash: "none", exits: undefined },
] as const;
type End = (typeof ends)[number];
/** The ends that differ most; the others are tried where there is most to be said. */
const mainEnds = ends.filter(({ how }) => how === "an exception" || how === "SIGKILL");

interface Scene extends Shop {
  /** Everything that the program writes is below `folder`. */
  readonly env: Readonly<Record<string, string>>;
  readonly report: string;
  /** Tokens that must not be seen. */
  readonly secrets: string[];
  /** Has the program crash with a message that holds these, the worst that a message can do. */
  arm(met: readonly string[]): Promise<void>;
}

async function openScene({ crash }: End, activityMs: number): Promise<Scene> {
  const shop = await openShop({ activityMs });
  const home = join(shop.folder, "home");
  await mkdir(join(home, "tmp"), { recursive: true });
  const outside = await mkdtemp(join(tmpdir(), "machinist-crash-"));
  onTestFinished(() => rm(outside, { recursive: true, force: true }));
  const hook = new URL("./crash.mjs", import.meta.url);
  hook.searchParams.set("how", crash);
  hook.searchParams.set("secrets", join(outside, "secrets"));
  const secrets = [shop.sandbox.operatorToken];
  return {
    ...shop,
    env: {
      ...shop.env,
      HOME: home,
      TMPDIR: join(home, "tmp"),
      NODE_OPTIONS: `--import=${hook.href}`,
    },
    report: join(shop.folder, "record.md"),
    secrets,
    arm: (met) => writeFile(join(outside, "secrets"), met.join(" ")),
  };
}

/** Gives the shop a machine user and a token, and the machine user a token of its own. */
async function automate(scene: Scene): Promise<string> {
  await runSetup(scene, { task: "backup", email, yes: true, only: "machine-user" });
  await accept(scene);
  await setTokenVariable(scene);
  const second = scene.sandbox.makeToken(email, "second");
  scene.secrets.push(second);
  return second;
}

/** Has the machine user's token made, once it was invited. */
async function accept({ sandbox, secrets }: Scene): Promise<string> {
  const { token } = await sandbox.acceptInvitation(email);
  secrets.push(token);
  return token;
}

const place = ["--project", demoProjectId, "--environment", "main"];
const setupFlags = ["--task", "backup", "--email", email, ...place];

/** A moment when tokens are in memory. */
interface Moment {
  readonly moment: string;
  /** Starts the program and brings it there. */
  readonly reach: (scene: Scene) => Promise<PtyRun>;
  /** Whether the program knows all the secrets by then; otherwise it knows the operator's token alone. */
  readonly knowsAll: boolean;
  /** What it says then, with how to go on. */
  readonly says: RegExp;
  /** How long the platform takes for a deployment; 50 ms when left out. */
  readonly activityMs?: number;
  /** All ends when left out. */
  readonly by?: readonly End[];
}

function start({ env, directory }: Scene, ...args: string[]): PtyRun {
  return runInPty(args, size, { env, cwd: directory });
}

/** Has another line stand at the top of the file than when the plan was made. */
async function editMeanwhile({ file }: Scene): Promise<void> {
  await writeFile(file, `# Edited meanwhile.\n${await readFile(file, "utf8")}`);
}

/** @param meanwhile is done while the plan waits for the token */
async function wizardWithToken(
  scene: Scene,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<PtyRun> {
  const run = start(scene, "setup", ...setupFlags, "--report", scene.report);
  await run.sees("Nothing is done yet");
  run.type(keys.tab + keys.enter);
  await run.sees("API token");
  await meanwhile();
  run.type(`${keys.paste(await accept(scene))}\r`);
  return run;
}

const onScreens: readonly Moment[] = [
  {
    moment: "the setup has taken the token",
    knowsAll: true,
    reach: async (scene) => {
      const run = await wizardWithToken(scene, () => editMeanwhile(scene));
      await run.sees("this has changed");
      return run;
    },
    says: /done: Invited .*to go on: machinist setup .*--report/u,
    by: mainEnds,
  },
  {
    moment: "the setup watches the redeployment",
    knowsAll: true,
    activityMs: 600_000,
    reach: async (scene) => {
      const run = await wizardWithToken(scene);
      await run.sees(/\d %: /u);
      return run;
    },
    says: /done: Created the variable .*to go on: machinist setup/u,
  },
  {
    moment: "rotate has taken the new token",
    knowsAll: false,
    reach: async (scene) => {
      const second = await automate(scene);
      const run = start(scene, "rotate", "--email", email, ...place, "--report", scene.report);
      await run.sees("new API token");
      run.type(`${keys.paste(second)}\r`);
      await run.sees("Put the new token in its place");
      return run;
    },
    says: /the token of the environment is as it was.*machinist rotate .*--report/u,
    by: mainEnds,
  },
  {
    moment: "verify has a token in its field",
    knowsAll: false,
    reach: async (scene) => {
      const second = await automate(scene);
      const run = start(scene, "verify", ...place, "--report", scene.report);
      await run.sees("own token, too?");
      run.type(keys.down + keys.enter);
      await run.sees("API token");
      run.type(keys.paste(second));
      await run.sees("pasted");
      return run;
    },
    says: /to look again: machinist verify .*--report/u,
    by: mainEnds,
  },
  {
    moment: "one's own token was pasted",
    knowsAll: true,
    reach: async (scene) => {
      const signedOut = { ...scene, env: { ...scene.env, PLATFORMSH_CLI_TOKEN: "" } };
      const run = start(signedOut, "setup", "--project", demoProjectId);
      await run.sees("Your own API token");
      run.type(`${keys.paste(scene.sandbox.operatorToken)}\r`);
      await run.sees("to do?");
      return run;
    },
    says: /nothing was changed to go on: machinist setup/u,
    by: mainEnds,
  },
  {
    moment: "the audit shows a finding about a token in a file",
    knowsAll: true,
    reach: async (scene) => {
      const run = await worstAudit(scene);
      await run.sees("Enter the diff");
      run.type(keys.down);
      await run.sees("token-in-repository");
      run.type(keys.enter);
      await run.sees("Revoke the token, then take it out");
      return run;
    },
    says: /to go on: machinist audit/u,
    by: mainEnds,
  },
  {
    moment: "undo asks",
    knowsAll: false,
    reach: async (scene) => {
      await automate(scene);
      const run = start(scene, "undo");
      await run.sees("Take back the run of");
      return run;
    },
    says: /nothing was changed to go on: machinist undo/u,
    by: mainEnds,
  },
];

/** The worst project has a token in its file, which an audit comes to know. */
async function worstAudit(scene: Scene, ...args: string[]): Promise<PtyRun> {
  const directory = join(scene.folder, "magazine");
  await mkdir(directory);
  await layDownMagazine(directory);
  scene.secrets.push("kT0w3JdVq8yRz5Lx2NfHc7Bs");
  return runInPty(["audit", ...args], size, { env: scene.env, cwd: directory });
}

const inLines: readonly Moment[] = [
  {
    moment: "the setup has taken the token",
    knowsAll: true,
    reach: async (scene) => {
      const run = start(scene, "setup", "--accessible", ...setupFlags, "--report", scene.report);
      await run.sees("Plan:");
      run.type("apply\r");
      await run.sees("Token (not shown)");
      await editMeanwhile(scene);
      run.type(`${await accept(scene)}\r`);
      await run.sees("this has changed");
      return run;
    },
    says: /done: Invited .*to go on: machinist setup .*--report/u,
  },
  {
    moment: "a token is typed for rotate and not sent",
    knowsAll: false,
    reach: async (scene) => {
      const second = await automate(scene);
      const run = start(scene, "rotate", "--accessible", "--email", email, ...place);
      await run.sees("Token (not shown)");
      run.type(second);
      return run;
    },
    says: /machinist rotate/u,
    by: mainEnds,
  },
  {
    moment: "the audit knows a token of a file",
    knowsAll: true,
    reach: async (scene) => {
      const run = await worstAudit(scene, "--accessible");
      await run.sees("Number of a finding");
      return run;
    },
    says: /nothing was changed to go on: machinist audit/u,
    by: mainEnds,
  },
];

const said = (run: PtyRun) => run.scrollback().join(" ").replace(/\s+/gu, " ");

describe.each([
  { face: "on screens", moments: onScreens },
  { face: "in lines", moments: inLines },
])("$face, when", ({ moments }) => {
  test.each(someOf(moments))("$moment, no end shows a token", async (moment) => {
    const { reach, knowsAll, says, by = ends, activityMs = 50 } = moment;
    await Promise.all(
      oneOf(by, moments.indexOf(moment)).map(async (end) => {
        const scene = await openScene(end, activityMs);
        const run = await reach(scene);
        await scene.arm(knowsAll ? scene.secrets : scene.secrets.slice(0, 1));
        run.kill(end.signal);
        const exited = await run.ended;
        await rm(join(scene.folder, "magazine"), { recursive: true, force: true });
        await holdNoSecret(scene.folder, scene.secrets, [run.output(), ...run.frames()]);
        if (end.exits === undefined) return;
        expect([end.how, exited]).toEqual([end.how, end.exits]);
        expect(said(run)).toMatch(says);
        expect(run.output()).not.toMatch(/^\s*at .*:\d+:\d+/mu);
        if (end.crash !== "none") expect(said(run)).toContain("unexpected failure: crashed with");
        expect(run.output()).not.toContain("\u001b[3J");
        expect(run.output().lastIndexOf("\u001b[?25h")).toBeGreaterThanOrEqual(
          run.output().lastIndexOf("\u001b[?25l"),
        );
      }),
    );
  });
});

/** The built program with pipes on all three ends, the token on standard input. */
function startPiped({ env, directory }: Scene, token: string, args: readonly string[]) {
  const program = spawn(process.execPath, [launcher, ...args], { cwd: directory, env });
  const printed = { out: "", err: "" };
  const heard = new Set<() => void>();
  for (const [name, stream] of [["out", program.stdout] as const, ["err", program.stderr] as const])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
      for (const look of heard) look();
    });
  program.stdin.end(token);
  return {
    program,
    printed,
    /** Resolves once standard error holds the text. */
    says: (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => printed.err.includes(text) && resolve();
        heard.add(look);
        look();
      }),
    ended: new Promise<number | null>((resolve) => program.once("close", resolve)),
  };
}

describe("with flags alone", () => {
  const flags = [...setupFlags, "--machine-token-stdin", "--yes", "--verbose"];

  test.each(oneOf(ends, 0))(
    "$how while the redeployment is watched shows no token",
    async (end) => {
      const scene = await openScene(end, 600_000);
      await runSetup(scene, { task: "backup", email, yes: true, only: "machine-user" });
      const token = await accept(scene);
      const args = ["setup", ...flags, "--report", scene.report, "--json"];
      const run = startPiped(scene, token, args);
      await run.says("/activities/");
      await scene.arm(scene.secrets);
      run.program.kill(end.signal);
      const exited = await run.ended;
      const { out, err } = run.printed;
      await holdNoSecret(scene.folder, scene.secrets, [out, err]);
      if (end.exits === undefined) return;
      expect(exited).toBe(end.exits);
      expect(err).toContain("done: Created the variable env:PLATFORMSH_CLI_TOKEN");
      // What was set a moment ago is not to be set again.
      expect(err).toMatch(
        /to go on: machinist setup .* --if-set leave .*--report \S+ --json --yes/u,
      );
      expect(err).not.toMatch(/to go on:.*--machine-token-stdin/u);
    },
  );
});
