import { readdir, stat } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, parse, relative } from "node:path";
import { shellWord } from "../shell/guard.ts";
import { type GitConfiguration, parseConfiguration, withoutPrograms } from "./configuration.ts";

/** The Git repository of a checkout. */
export interface Repository {
  /** Absolute path of the directory that holds `.git`. */
  readonly root: string;
  /** All that Git's configuration says here, the checkout's own part included. */
  readonly configuration: GitConfiguration;
  /**
   * Runs one command of Git in the root.
   *
   * @returns what it printed. Rejects with an Error that has `stderr` when Git refuses or takes too long
   */
  git(args: readonly string[], o?: GitOptions): Promise<string>;
}

/** Why Git didn't do what it was asked; undefined for an error that isn't of Git. */
export function gitRefusal(error: unknown): string | undefined {
  return error instanceof Error && "stderr" in error ? error.message : undefined;
}

/** What a single command needs. */
interface GitOptions {
  /** What it reads from standard input; nothing when left out. */
  readonly input?: string;
  /** Another index than the repository's, as an absolute path. */
  readonly index?: string;
  /** How long it may take, in milliseconds; five seconds when left out. */
  readonly limitMs?: number;
}

const usualLimitMs = 5000;
const mostOutput = 16 * 1024 * 1024;

/**
 * Opens the repository of a checkout: the only way in which Git is started. It runs no program that a file of the
 * checkout names. What its configuration has by name (filters, hooks) is read first and switched off entry by entry;
 * transports, pagers, editors and questions are off for every command; it finds no Git in the checkout's own folders.
 *
 * @param root absolute path of the directory that holds `.git`
 * @param env where the path to Git and the person's name, language and folders are taken from; nothing else of it
 *   reaches Git, and so no token
 * @throws an Error when Git is missing, doesn't read the repository, or the repository holds something in place of a
 *   file that Git would wait for
 */
export async function openRepository(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Repository> {
  await refusePipes(join(root, ".git"));
  const listed = await start(root, env, [], ["config", "--list", "--show-scope", "--null"]);
  const configuration = parseConfiguration(listed);
  const settings = withoutPrograms(configuration);
  return {
    root,
    configuration,
    git: (args, o) => start(root, env, settings, args, o),
  };
}

/** What commands of Git open on their way; Git would wait at a named pipe until somebody writes. */
const opened = [
  ...["HEAD", "config", "config.worktree", "commondir", "index", "packed-refs"],
  ...["info/attributes", "objects/info/alternates", "../.gitattributes"],
];

async function refusePipes(gitDirectory: string): Promise<void> {
  const options = { recursive: true, withFileTypes: true } as const;
  const refs = await readdir(join(gitDirectory, "refs"), options).catch(() => []);
  const odd = refs.filter((entry) => !entry.isFile() && !entry.isDirectory());
  const paths = [
    ...opened.map((name) => join(gitDirectory, name)),
    ...odd.map(({ parentPath, name }) => join(parentPath, name)),
  ];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.isFile()) continue;
    throw new Error(`${path} is not a file`);
  }
}

async function start(
  root: string,
  env: NodeJS.ProcessEnv,
  settings: ReturnType<typeof withoutPrograms>,
  args: readonly string[],
  { input = "", index, limitMs = usualLimitMs }: GitOptions = {},
): Promise<string> {
  // Loading this takes as long as auditing a file, and the files of a checkout often answer without Git.
  const { execFile } = await import("node:child_process");
  const given = kept(env, root);
  const options = {
    // Where a program is searched for in the working directory, that is none of the checkout's.
    cwd: parse(root).root,
    env: {
      ...given,
      ...numbered([...ownSettings(env), ...settings]),
      // A checkout may say that its files lie elsewhere.
      GIT_WORK_TREE: root,
      // Where this is no repository after all, the one around it is not meant.
      GIT_CEILING_DIRECTORIES: dirname(root),
      ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
      // Objects that a partial clone lacks would be fetched by a program that its configuration names.
      GIT_NO_LAZY_FETCH: "1",
      GIT_ALLOW_PROTOCOL: "none",
    },
    timeout: limitMs,
    windowsHide: true,
    maxBuffer: mostOutput,
  };
  return new Promise((done, fail) => {
    const command = ["--no-pager", "--literal-pathspecs", "-C", root, ...args];
    const child = execFile("git", command, options, (error, stdout, stderr) =>
      error === null
        ? done(stdout)
        : fail(Object.assign(error, { stderr, message: refusal(stderr, root) ?? error.message })),
    );
    // A command that ends early closes its input; its exit code says what there is to say.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/**
 * Why Git refuses a whole checkout, and what to do about it, where it is another user's (git-config(1): safe.directory).
 * Its own words may be in any language; the name of the setting is in all of them.
 */
function refusal(stderr: string, root: string): string | undefined {
  if (!stderr.includes("safe.directory")) return undefined;
  return `Git refuses ${root}, which belongs to another user: run machinist as that user, or allow it with git config --global --add safe.directory ${shellWord(root)}`;
}

/** What Git and the program that signs for a person need of the environment (git(1), gpg(1), environ(7)). */
const needed =
  /^(?:HOME|USER|LOGNAME|EMAIL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TMP|TEMP|XDG_\w+|GNUPGHOME|SSH_AUTH_SOCK|DISPLAY|WAYLAND_DISPLAY|DBUS_SESSION_BUS_ADDRESS|LD_LIBRARY_PATH|GIT_(?:AUTHOR|COMMITTER)_\w+|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|GIT_EXEC_PATH|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(?:\(X86\))?)$/iu;

function kept(env: NodeJS.ProcessEnv, root: string): NodeJS.ProcessEnv {
  const entries = Object.entries(env).flatMap(([name, value]): [string, string | undefined][] => {
    if (/^path$/iu.test(name)) return [[name, outside(root, value ?? "")]];
    return needed.test(name) ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** The folders of a search path in which no program of the checkout lies. */
function outside(root: string, path: string): string {
  const isOutside = (folder: string) => {
    const inside = relative(root, folder);
    return isAbsolute(folder) && (inside.startsWith("..") || isAbsolute(inside));
  };
  return path.split(delimiter).filter(isOutside).join(delimiter);
}

/** What the person's environment says to Git's configuration, as far as it says whose checkouts and name are meant. */
function ownSettings(env: NodeJS.ProcessEnv): readonly (readonly [string, string])[] {
  const count = Math.min(Number(env["GIT_CONFIG_COUNT"]) || 0, 100);
  return Array.from({ length: count }, (_, n) => n).flatMap((n) => {
    const key = env[`GIT_CONFIG_KEY_${n}`] ?? "";
    const value = env[`GIT_CONFIG_VALUE_${n}`] ?? "";
    return /^(?:safe\.directory|user\.(?:name|email))$/iu.test(key) ? [[key, value] as const] : [];
  });
}

/** Settings as Git takes them from its environment: a name may hold any character there, also `=`. */
function numbered(settings: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  const entries = settings.flatMap(([key, value], n) => [
    [`GIT_CONFIG_KEY_${n}`, key],
    [`GIT_CONFIG_VALUE_${n}`, value],
  ]);
  return { ...Object.fromEntries(entries), GIT_CONFIG_COUNT: String(settings.length) };
}
