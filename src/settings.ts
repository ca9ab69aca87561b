import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { Failure } from "./failure.ts";
import { printable } from "./printable.ts";

/**
 * The directory for everything that is kept between runs: preferences, journals, locks. Never a secret.
 * `MACHINIST_HOME` overrides it; otherwise the platform's place for the state of programs is taken (XDG Base
 * Directory Specification 0.8, which ignores relative paths; macOS File System Programming Guide; Windows known
 * folder LocalAppData).
 *
 * @returns an absolute path; nothing is created
 */
export function stateDirectory(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  const { MACHINIST_HOME, XDG_STATE_HOME, LOCALAPPDATA, HOME } = env;
  if (MACHINIST_HOME) return resolve(MACHINIST_HOME);
  const home = HOME || homedir();
  if (platform === "darwin") return join(home, "Library", "Application Support", "machinist");
  if (platform === "win32") {
    return join(LOCALAPPDATA || join(homedir(), "AppData", "Local"), "machinist");
  }
  const state = XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : undefined;
  return join(state ?? join(home, ".local", "state"), "machinist");
}

/** A project that was worked on before. */
export interface RecentProject {
  readonly id: string;
  readonly title: string;
}

const configName = "settings";
const kept = 10;

/**
 * The projects that were worked on lately, the last one first.
 *
 * @returns at most ten; none when there are no settings yet or they can't be read
 */
export async function recentProjects(env: NodeJS.ProcessEnv): Promise<readonly RecentProject[]> {
  // Conf makes the directory even when it only reads.
  if (!existsSync(join(stateDirectory(env), `${configName}.json`))) return [];
  try {
    return listOf((await settings(env)).get("recentProjects"));
  } catch {
    return [];
  }
}

/**
 * Puts a project first among the recent ones. Settings that can't be written don't end a run: they are a convenience.
 *
 * @param title as the platform shows it; without one the id stands for it
 */
export async function rememberProject(
  env: NodeJS.ProcessEnv,
  id: string,
  title: string = id,
): Promise<void> {
  try {
    await mkdir(stateDirectory(env), { recursive: true, mode: 0o700 });
    const store = await settings(env);
    const others = listOf(store.get("recentProjects")).filter((project) => project.id !== id);
    const first = { id, title: printable(title) };
    store.set("recentProjects", [first, ...others].slice(0, kept));
  } catch {
    return;
  }
}

/** For which accounts a token is kept in the system keychain; the tokens themselves are only there. */
export async function keptAccounts(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  if (!existsSync(join(stateDirectory(env), `${configName}.json`))) return [];
  try {
    return textsOf((await settings(env)).get("keptAccounts"));
  } catch {
    return [];
  }
}

/**
 * Notes that a token is kept for an account, or is so no more. Throws a Failure when that can't be written: a token that
 * nobody knows of would be forgotten by no logout.
 */
export async function noteKept(
  env: NodeJS.ProcessEnv,
  account: string,
  isKept: boolean,
): Promise<void> {
  try {
    await mkdir(stateDirectory(env), { recursive: true, mode: 0o700 });
    const store = await settings(env);
    const others = textsOf(store.get("keptAccounts")).filter((other) => other !== account);
    store.set("keptAccounts", isKept ? [...others, account] : others);
  } catch (error) {
    throw new Failure(
      "unexpected",
      {
        what: "The settings can't be written",
        where: stateDirectory(env),
        why: error instanceof Error ? error.message : String(error),
        next: "make their directory writable, or name another one in MACHINIST_HOME",
      },
      { cause: error },
    );
  }
}

/** Conf is slow to load, so it is loaded when it is used; its own default would leave the file readable for everyone. */
async function settings(env: NodeJS.ProcessEnv) {
  const { default: Conf } = await import("conf");
  return new Conf<{ recentProjects?: unknown; keptAccounts?: unknown }>({
    cwd: stateDirectory(env),
    configName,
    configFileMode: 0o600,
    clearInvalidConfig: true,
  });
}

function listOf(value: unknown): readonly RecentProject[] {
  return Array.isArray(value) ? value.filter(isRecentProject) : [];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function isRecentProject(value: unknown): value is RecentProject {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "title" in value &&
    typeof value.title === "string"
  );
}
