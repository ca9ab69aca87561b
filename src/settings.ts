import { existsSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import * as v from "valibot";
import { makeFolders } from "./disk/folders.ts";
import { takeLock } from "./disk/lock.ts";
import { replaceFile } from "./disk/replace-file.ts";
import { Failure } from "./failure.ts";
import { printable } from "./printable.ts";
import { mebibyte, readRegularText } from "./regular-file.ts";

/**
 * The directory for everything that is kept between runs: preferences, journals, locks. Never a secret.
 * `MACHINIST_HOME` overrides it; otherwise the platform's place for the state of programs is taken (XDG Base
 * Directory Specification 0.8, which ignores relative paths; macOS File System Programming Guide; Windows known
 * folder LocalAppData).
 *
 * @param account gives the home that the system has for the account, and throws where it has none
 * @returns an absolute path; nothing is created
 * @throws Failure ("usage") where there is no home, and no place is named
 */
export function stateDirectory(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  account: () => string = () => userInfo().homedir,
): string {
  const { MACHINIST_HOME, XDG_STATE_HOME, LOCALAPPDATA, HOME } = env;
  if (MACHINIST_HOME) return resolve(MACHINIST_HOME);
  // A relative one would lead into the checkout: the home of the account is meant then.
  const home = HOME && isAbsolute(HOME) ? HOME : homeOf(account);
  if (platform === "darwin") return join(home, "Library", "Application Support", "machinist");
  if (platform === "win32") {
    return join(LOCALAPPDATA || join(homedir(), "AppData", "Local"), "machinist");
  }
  const state = XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : undefined;
  return join(state ?? join(home, ".local", "state"), "machinist");
}

function homeOf(account: () => string): string {
  try {
    return account();
  } catch (error) {
    throw new Failure(
      "usage",
      {
        what: "There is no place for the journal",
        why: "HOME isn't set, and the system has no home for this user",
        next: "name a folder in MACHINIST_HOME",
      },
      { cause: error },
    );
  }
}

/** A project that was worked on before. */
export interface RecentProject {
  readonly id: string;
  readonly title: string;
}

const configName = "preferences";
const kept = 10;

/**
 * The projects that were worked on lately, the last one first.
 *
 * @returns at most ten; none when there are no preferences yet or they can't be read
 */
export async function recentProjects(env: NodeJS.ProcessEnv): Promise<readonly RecentProject[]> {
  // Conf makes the directory even when it only reads.
  if (!existsSync(join(stateDirectory(env), `${configName}.json`))) return [];
  try {
    return listOf((await preferences(env)).get("recentProjects"));
  } catch {
    return [];
  }
}

/**
 * Puts a project first among the recent ones. Preferences that can't be written don't end a run: they are a convenience.
 *
 * @param title as the platform shows it; without one the id stands for it
 */
export async function rememberProject(
  env: NodeJS.ProcessEnv,
  id: string,
  title: string = id,
): Promise<void> {
  try {
    await makeFolders(stateDirectory(env), 0o700);
    await inTurn(env, `${configName}.json`, async () => {
      const store = await preferences(env);
      const others = listOf(store.get("recentProjects")).filter((project) => project.id !== id);
      const first = { id, title: printable(title) };
      store.set("recentProjects", [first, ...others].slice(0, kept));
    });
  } catch {
    return;
  }
}

/** Conf is slow to load, so it is loaded when it is used; its own default would leave the file readable for everyone. */
async function preferences(env: NodeJS.ProcessEnv) {
  const { default: Conf } = await import("conf");
  return new Conf<{ recentProjects?: unknown }>({
    cwd: stateDirectory(env),
    configName,
    configFileMode: 0o600,
    clearInvalidConfig: true,
  });
}

const projectsSchema = v.fallback(v.array(v.object({ id: v.string(), title: v.string() })), []);

function listOf(value: unknown): readonly RecentProject[] {
  return v.parse(projectsSchema, value);
}

/**
 * For which accounts a token is kept in the system keychain; the tokens themselves are only there.
 * Throws a Failure when the settings can't be read: then it isn't known.
 */
export async function keptAccounts(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  return (await readSurely(env)).keptAccounts;
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
  await change(env, ({ keptAccounts: all, ...rest }) => {
    const others = all.filter((other) => other !== account);
    return { ...rest, keptAccounts: isKept ? [...others, account] : others };
  }).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    throw new Failure(
      "unexpected",
      {
        what: "The settings can't be written",
        where: stateDirectory(env),
        why: reasonOf(error),
        next: "make their directory writable, or name another one in MACHINIST_HOME",
      },
      { cause: error },
    );
  });
}

const settingsSchema = v.object({
  keptAccounts: v.optional(v.array(v.string()), []),
});

type Settings = v.InferOutput<typeof settingsSchema>;

/** What the settings say, or why they can't be read. */
type ReadSettings =
  | { readonly settings: Settings }
  | { readonly settings?: undefined; readonly why: string };

async function read(env: NodeJS.ProcessEnv): Promise<ReadSettings> {
  try {
    return { settings: v.parse(settingsSchema, JSON.parse(await textOf(fileIn(env)))) };
  } catch (error) {
    const isDamaged = error instanceof SyntaxError || v.isValiError(error);
    return { why: isDamaged ? "the file is damaged" : reasonOf(error) };
  }
}

async function readSurely(env: NodeJS.ProcessEnv): Promise<Settings> {
  const found = await read(env);
  if (found.settings !== undefined) return found.settings;
  throw new Failure("unexpected", {
    what: "The settings can't be read, so it isn't known for whom a token is kept",
    where: fileIn(env),
    why: found.why,
    next: "delete the tokens of machinist in the system keychain, then that file",
  });
}

/** One run at a time: what another one notes meanwhile must not be lost. */
async function change(env: NodeJS.ProcessEnv, by: (before: Settings) => Settings): Promise<void> {
  const file = fileIn(env);
  await inTurn(env, "settings.json", async () => {
    const text = `${JSON.stringify(by(await readSurely(env)), null, 2)}\n`;
    await replaceFile(file, { text, mode: 0o600 });
  });
}

/** Reading a small file and writing it takes milliseconds; a disk of the network may take longer. */
const patienceMs = 5000;

/** Changes a file that is kept between runs, after the run that is at it just now. */
async function inTurn(
  env: NodeJS.ProcessEnv,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  const lock = join(stateDirectory(env), "locks", name);
  const release = await takeLock(lock, `Another machinist is writing ${name}`, patienceMs);
  try {
    await work();
  } finally {
    await release();
  }
}

function fileIn(env: NodeJS.ProcessEnv): string {
  return join(stateDirectory(env), "settings.json");
}

async function textOf(file: string): Promise<string> {
  return readRegularText(file, mebibyte).catch((error: NodeJS.ErrnoException) => {
    // Nor is there one below a folder that is none.
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return "{}";
    throw error;
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
