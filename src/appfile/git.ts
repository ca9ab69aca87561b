import { withoutTokens } from "../secret.ts";

/** Variables that would point Git at another repository than the directory's (`git rev-parse --local-env-vars`). */
const otherRepository =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|PREFIX|NAMESPACE)$/u;

/**
 * Runs Git, with nobody to ask and no token in its environment. The file system monitor is a program that the checkout's
 * configuration may name, so it is switched off.
 *
 * @param directory inside the checkout
 * @param o.env the environment to run it in, or a part of it
 * @param o.limitMs how long it may take, in milliseconds; five seconds when left out
 * @returns what it printed. Rejects with an Error that has `stderr` when Git is missing, refuses, or takes too long
 */
export async function git(
  directory: string,
  args: readonly string[],
  o: { readonly env: NodeJS.ProcessEnv; readonly limitMs?: number; readonly signal?: AbortSignal },
): Promise<string> {
  const clean = Object.entries(withoutTokens(o.env)).filter(
    ([name]) => !otherRepository.test(name),
  );
  // Loading this takes as long as auditing a file, and the files of a checkout often answer without Git.
  const [{ execFile }, { promisify }] = await Promise.all([
    import("node:child_process"),
    import("node:util"),
  ]);
  const running = promisify(execFile)(
    "git",
    ["--literal-pathspecs", "-c", "core.fsmonitor=false", ...args],
    {
      cwd: directory,
      env: { ...Object.fromEntries(clean), GIT_TERMINAL_PROMPT: "0" },
      timeout: o.limitMs ?? 5000,
      windowsHide: true,
      maxBuffer: 16 * 1024 * 1024,
      ...(o.signal === undefined ? {} : { signal: o.signal }),
    },
  );
  running.child.stdin?.end();
  return (await running).stdout;
}
