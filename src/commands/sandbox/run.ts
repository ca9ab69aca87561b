import { once } from "node:events";
import { Failure } from "../../failure.ts";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { type Io, tellFailure } from "../terminal/io.ts";
import { type Keeping, keeping } from "./keeping.ts";
import { openStateFile, type StateFile } from "./state-file.ts";

/** What `machinist sandbox` was asked for. */
export interface SandboxRequest {
  /** The TCP port on loopback; 0 takes any that is free. */
  readonly port: number;
  /** How many made-up projects there are beside the sample; in a state that is there already, as many as it has. */
  readonly projects?: number;
  /** Whether the shop of the sample is a project of Upsun. */
  readonly ofUpsun?: boolean;
  /** How long every answer is kept back. */
  readonly latencyMs: number;
  /** A folder whose files the sample project has in production; its own when left out. */
  readonly code?: string;
  /** The file that keeps the state; when left out, it is gone at the end. */
  readonly state?: string;
}

/**
 * Serves the embedded Platform.sh until interrupted, and prints how to point programs at it.
 *
 * @param io its signal ends the serving; what goes wrong meanwhile is told on its standard error
 * @throws Failure when the port can't be had, the folder isn't a project's, or the state can't be kept in the file; at the
 *   end, when the last of it couldn't be written
 */
export async function sandboxCommand(
  { state, ...request }: SandboxRequest,
  io: Streams,
): Promise<void> {
  if (state === undefined) {
    const running = await startSandbox(request);
    return serve(running, io, "What is changed in it is gone when it ends.");
  }
  requireWritable(request.projects ?? 0);
  const file = await openStateFile(state);
  try {
    await serveFrom(file, request, io);
  } finally {
    await file.close();
  }
}

type Streams = Pick<Io, "out" | "err" | "signal">;

/** How long a change may be in memory only. */
const delayMs = 200;

/** Beside the sample. All of them are made and written at every change, five megabytes where there are so many. */
const mostKept = 1000;

function requireWritable(projects: number): void {
  if (projects <= mostKept) return;
  throw new Failure("usage", {
    what: `A state that is kept has at most ${mostKept} made-up projects`,
    where: `--projects ${projects}`,
    next: `leave out --state, or give at most ${mostKept}`,
  });
}

async function serveFrom(
  file: StateFile,
  { projects, ...request }: Omit<SandboxRequest, "state">,
  io: Streams,
): Promise<void> {
  const { contents } = file;
  if (contents !== undefined && projects !== undefined && projects !== contents.madeUp) {
    throw new Failure("usage", {
      what: `The state in the file has ${contents.madeUp} made-up projects`,
      where: `--projects ${projects}`,
      next: "leave out --projects, or begin a new file with --state",
    });
  }
  const origin =
    contents === undefined
      ? { projects: projects ?? 0, note: `It begins with the sample, kept in ${file.path}.` }
      : { contents, note: `It goes on with what ${file.path} has.` };
  let kept: Keeping | undefined;
  const running = await startSandbox({
    ...request,
    ...origin,
    onChange: () => kept?.noteChange(),
  });
  const write = () => file.write(running.state());
  try {
    // Before anything is printed: what is printed is to hold at the next start as well.
    await write();
    kept = keeping(write, { delayMs, failed: (error) => tell(error, io) });
  } catch (error) {
    await running.close();
    throw error;
  }
  await serve(running, io, `${origin.note} Tokens and values are in it as they are.`);
  await kept.end().catch((error: unknown) => {
    // The interruption that ended the serving is all that is told otherwise.
    tell(error, io);
    throw error;
  });
}

function tell(error: unknown, io: Streams): void {
  const failure =
    error instanceof Failure
      ? error
      : new Failure("unexpected", { what: "The state can't be written", why: String(error) });
  tellFailure(failure, io);
}

async function serve(running: Sandbox, { out, signal }: Streams, note: string): Promise<void> {
  const settings = [
    ["API_BASE_URL", running.apiUrl],
    ["API_AUTH_URL", running.authUrl],
    ["TOKEN", running.operatorToken],
  ] as const;
  const lines = [
    `The sandbox listens at ${running.apiUrl}, on this machine only, until it is interrupted.`,
    note,
    "",
    `To be ${running.operatorEmail} there, with machinist or the official CLI:`,
    "",
    ...prefixes.flatMap((prefix) =>
      settings.map(([name, value]) => `    export ${prefix}${name}=${value}`),
    ),
    `    export MACHINIST_CONSOLE_URL=${running.consoleUrl}`,
    "",
    "To play the person who was invited, and get an API token of that account:",
    "",
    `    curl -fsS ${running.apiUrl}/sandbox/invitations/accept \\`,
    `        -H 'Content-Type: application/json' -d '{"email":"machine@example.org"}'`,
  ];
  try {
    for (const line of lines) out(line);
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await running.close();
  }
}

/** The prefixes under which machinist, the `platform` CLI and the `upsun` CLI read their settings. */
const prefixes = ["PLATFORMSH_CLI_", "UPSUN_CLI_"] as const;
