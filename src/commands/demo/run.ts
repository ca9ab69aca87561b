import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownedFolder } from "../../disk/owned-folder.ts";
import { Failure } from "../../failure.ts";
import type { CodeFiles } from "../../sandbox/git-objects.ts";
import {
  layDownSampleProject,
  sampleFiles,
  upsunSampleFiles,
} from "../../sandbox/sample-project.ts";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { demoProjectId } from "../../sandbox/seed.ts";
import { Secret } from "../../secret.ts";
import type { Colleague } from "../../setup/context.ts";
import { parts } from "../../setup/parts.ts";
import type { SetupRequest } from "../../setup/session.ts";
import { shellWord } from "../../shell/guard.ts";
import { vendors } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { auditCommand } from "../audit/run.ts";
import type { Face } from "../faces/choose.ts";
import { setupCommand } from "../setup/run.ts";
import { type Io, untilInterrupted } from "../terminal/io.ts";
import { type PlayedSystem, playHost } from "./ci-host.ts";

/** How the demo is shown, and what it plays. */
interface DemoOptions {
  readonly face: Face;
  readonly vendor: Vendor;
  readonly where: "cron" | PlayedSystem;
  /** How long an activity of the played platform takes, in milliseconds; 1500 when left out. */
  readonly activityMs?: number;
  /** Milliseconds between two looks at something that is waited for; 300 when left out. */
  readonly pollMs?: number;
}

/** What the demo works in. */
type DemoPlace = Awaited<ReturnType<typeof prepared>>;

/** Makes the folder with the sample project. Throws a `Failure` where that can't be written. */
async function prepared(files: CodeFiles, where: DemoOptions["where"], env: Io["env"]) {
  try {
    const { path: folder, ...owned } = await ownedFolder(join(tmpdir(), "machinist-demo-"));
    const directory = join(folder, "shop");
    await mkdir(directory);
    const host = where === "cron" ? undefined : await playHost(where, folder, env["PATH"]);
    await layDownSampleProject(directory, demoProjectId, files, host?.origin);
    return { ...owned, folder, directory, host };
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Failure) throw error;
    // What execFile throws has the command that failed, and that is Git's alone.
    const next =
      "cmd" in error
        ? "install Git 2.28 or newer: the sample project is a checkout"
        : "name a folder that can be written in TMPDIR";
    throw new Failure(
      "unexpected",
      {
        what: "The folder of the demo can't be made",
        where: tmpdir(),
        why: error.message,
        next,
      },
      { cause: error },
    );
  }
}

/**
 * Plays the whole job on a sample project against the sandbox: setup, then audit. In a terminal a person answers; without
 * one every step is told with its reason and its diff. Everything is written below one temporary folder. However it ends,
 * it says last that it was the demo, what is left of it and how to remove that. Throws what setup and audit throw.
 */
export async function runDemo(options: DemoOptions, io: Io): Promise<void> {
  const files = sampleOf(options.vendor);
  const place = await prepared(files, options.where, io.env);
  for (const path of place.swept) io.out(`Removed ${path}, left by a demo that was cut off.`);
  const last = lastWords(place);
  try {
    await untilInterrupted(() => play(options, place, io), io);
  } catch (error) {
    for (const line of last) io.err(line);
    // The commands to go on would be about a platform that is gone.
    throw error instanceof Failure && error.reason === "interrupted"
      ? new Failure("interrupted", { what: "Interrupted" })
      : error;
  } finally {
    // What is left of it is named, and the person's.
    await place.release();
  }
  io.out("");
  for (const line of last) io.out(line);
}

function lastWords({ directory, folder }: DemoPlace): readonly string[] {
  return [
    "This was the demo: the platform that it played is gone, and so is what was done there.",
    `Its sample project stays in ${directory}, where git status and git diff show what was changed.`,
    `to remove it: rm -r ${shellWord(folder)}`,
  ];
}

async function play(
  { face, vendor, where, activityMs = 1500, pollMs = 300 }: DemoOptions,
  { directory, folder, host }: DemoPlace,
  { env, ...streams }: Io,
): Promise<void> {
  const sandbox = await startSandbox({ activityMs, ofUpsun: vendor === vendors.upsun });
  const ofHost = host === undefined ? {} : { PATH: host.path };
  const io: Io = {
    ...streams,
    env: { ...env, ...sandboxEnvironment(sandbox, folder, vendor), ...ofHost },
  };
  io.out(
    `The demo works in ${folder} and touches nothing else; its ${vendor.name} listens on ${sandbox.apiUrl}.`,
  );
  if (host !== undefined)
    io.out(`Its Git host ${host.origin} is played as well: nothing leaves this computer.`);
  try {
    await setupCommand(
      requestFor(directory, face, where),
      {
        vendor: undefined,
        face,
        yes: face === "flags",
        reasons: true,
        json: false,
        verbose: false,
        colleague: colleagueIn(sandbox),
        pollMs,
        flags: [],
      },
      io,
    );
    io.out("");
    io.out("Now the audit, of the same project:");
    io.out("");
    await auditCommand(
      {
        directory,
        offline: false,
        format: "text",
        failOn: "error",
        fix: false,
        unsafeFixes: [],
        dryRun: false,
        complete: false,
        vendor: undefined,
        face,
        isPlayed: true,
        flags: [],
      },
      io,
    );
  } finally {
    await sandbox.close();
  }
}

/** The files of the shop as a vendor has them. Throws a Failure for one that the sandbox doesn't play. */
function sampleOf({ id, name }: Vendor): CodeFiles {
  if (id === vendors.upsun.id) return upsunSampleFiles;
  if (id === vendors.platformsh.id) return sampleFiles;
  throw new Failure("usage", {
    what: `There is no demo of ${name}`,
    where: "--vendor",
    next: "choose platformsh or upsun",
  });
}

/** The person who reads the machine user's mail: the sandbox plays them. */
function colleagueIn(sandbox: Sandbox): Colleague {
  return {
    label: "let the sandbox accept the invitation, make the token and hand it over",
    token: async (email) => new Secret((await sandbox.acceptInvitation(email)).token),
  };
}

function sandboxEnvironment(
  sandbox: Sandbox,
  folder: string,
  { prefix, tokenEnv }: Vendor,
): NodeJS.ProcessEnv {
  return {
    MACHINIST_HOME: join(folder, "state"),
    MACHINIST_CONSOLE_URL: sandbox.consoleUrl,
    [`${prefix}API_BASE_URL`]: sandbox.apiUrl,
    [`${prefix}API_AUTH_URL`]: sandbox.authUrl,
    [tokenEnv]: sandbox.operatorToken,
  };
}

/** Without a terminal the demo answers what only a person can know. */
function requestFor(directory: string, face: Face, where: DemoOptions["where"]): SetupRequest {
  return {
    directory,
    only: parts,
    offline: false,
    effect: "apply",
    installer: "bash",
    cronNames: {},
    given: {
      ...(where === "cron" ? {} : { where }),
      ...(face === "flags" ? { task: "backup", email: "operator+shop-backup@example.org" } : {}),
    },
  };
}
