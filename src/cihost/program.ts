import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join, parse, relative } from "node:path";
import { Failure } from "../failure.ts";
import type { Secret } from "../secret.ts";
import { allVendors } from "../vendors/registry.ts";

/** How a program ended. */
export interface ProgramEnd {
  /** Its exit code; undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly output: string;
}

/** How a program of a CI host is started. */
export interface ProgramContext {
  readonly env: NodeJS.ProcessEnv;
  /** The folder of the checkout, in which no program is looked for. */
  readonly root: string | undefined;
  /** Milliseconds after which it is given up; half a minute unless said. */
  readonly limitMs?: number | undefined;
}

const usualLimitMs = 30_000;
const mostOutput = 1024 * 1024;

/**
 * Where a program is, by its name; undefined where it isn't installed. One that lies in the checkout doesn't count.
 */
export async function findProgram(
  name: string,
  { env, root }: ProgramContext,
): Promise<string | undefined> {
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(folder) || (root !== undefined && isWithin(root, folder))) continue;
    const path = join(folder, process.platform === "win32" ? `${name}.exe` : name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

function isWithin(root: string, folder: string): boolean {
  const inside = relative(root, folder);
  return !inside.startsWith("..") && !isAbsolute(inside);
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Runs a program of a CI host. It asks nothing, finds no token of the platform in its environment, and is told a secret on
 * its standard input alone. What it writes to its errors is dropped, since that may repeat what it was told.
 *
 * @param program absolute path
 * @throws Failure "unexpected" where it can't be started, writes too much or takes longer than its limit
 */
export async function runHostProgram(
  program: string,
  args: readonly string[],
  { env, limitMs = usualLimitMs }: ProgramContext,
  input?: Secret,
): Promise<ProgramEnd> {
  const { execFile } = await import("node:child_process");
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      {
        // Where no file of the checkout can say what is done.
        cwd: parse(program).root,
        env: {
          ...withoutPlatform(env),
          GH_PROMPT_DISABLED: "1",
          NO_PROMPT: "1",
          GLAB_NO_PROMPT: "1",
        },
        timeout: limitMs,
        killSignal: "SIGKILL",
        maxBuffer: mostOutput,
        windowsHide: true,
      },
      (error, output) => {
        if (error === null) return resolve({ code: 0, output });
        if (typeof error.code === "number") return resolve({ code: error.code, output });
        const why =
          error.killed === true ? `it took longer than ${limitMs / 1000} seconds` : undefined;
        reject(
          new Failure("unexpected", {
            what: `${program} could not be run`,
            ...(why === undefined ? {} : { why }),
            next: "run it yourself, and look what it says",
          }),
        );
      },
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input?.reveal() ?? "");
  });
}

/** The person's own login to the host stays; what is for the platform goes. */
function withoutPlatform(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isPlatforms = (name: string) =>
    allVendors.some(
      ({ prefix, tokenEnv, accessTokenEnv }) =>
        name.startsWith(prefix) || name === tokenEnv || name === accessTokenEnv,
    );
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isPlatforms(name)));
}
