import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Place } from "../dash.ts";

/** A script in an environment in which some commands fail. */
export interface Staging extends Place {
  readonly script: string;
  /** Commands with their arguments. */
  readonly failing: readonly string[];
}

/** What dash did: each program with its arguments and its folder from the app's, in order, and the exit status. */
export interface Log {
  readonly lines: readonly string[];
  readonly status: number;
}

/** The programs that do nothing but tell of themselves, print a word, and fail where they are to. */
export const stubs = ["platform", "drush", "notify"];

// A script's own options hold in a function too, so that nothing in it may fail.
const told = `told() { case "
$FAILING
" in *"
$*
"*) echo "$* in \${PWD#$TOP}" >&9; echo out; return 1;; *) echo "$* in \${PWD#$TOP}" >&9; echo out; return 0;; esac; }`;

/**
 * What /usr/bin/dash does with scripts, each in the folder /app with another name. All of it is one process that starts the
 * others, and a script that goes round for ever is stopped.
 *
 * @param files scripts that the others may call, by their paths
 */
export function playedByDash(
  stagings: readonly Staging[],
  files: ReadonlyMap<string, string>,
): readonly Log[] {
  const folder = mkdtempSync(join(tmpdir(), "played-"));
  const app = join(folder, "app");
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  };
  for (const stub of stubs) write(`bin/${stub}`, `#!/bin/dash\n${told}\ntold ${stub} "$@"\n`);
  for (const [path, text] of files) write(`app/${path}`, text);
  write("app/here.txt", "");
  mkdirSync(join(app, "web"), { recursive: true });
  const functions = stubs.map((stub) => `${stub}() { told ${stub} "$@"; }`);
  const lines = stagings.map(({ branch, type, script, failing }, index) => {
    write(`scripts/${index}`, script);
    const settings = [
      ["FAILING", failing.join("\n").replaceAll("/app", app)],
      ["TOP", app],
      ["HOME", app],
      ...(branch === undefined ? [] : [["PLATFORM_BRANCH", branch]]),
      ...(type === undefined ? [] : [["PLATFORM_ENVIRONMENT_TYPE", type]]),
    ].map(([name, value]) => `export ${name}='${value}';`);
    const play = `(ulimit -t 1; ulimit -s 400; cd app; ${settings.join(" ")} . ../scripts/${index})`;
    return `${play} 9>logs/${index} >/dev/null 2>&1 </dev/null; echo $? >statuses/${index}`;
  });
  write("driver", [told, ...functions, ...lines].join("\n"));
  mkdirSync(join(folder, "logs"));
  mkdirSync(join(folder, "statuses"));
  spawnSync("dash", ["./driver"], {
    cwd: folder,
    env: { PATH: `${folder}/bin:/usr/bin:/bin` },
    stdio: "ignore",
  });
  const logs = stagings.map((_, index) => ({
    lines: readFileSync(join(folder, `logs/${index}`), "utf8")
      .replaceAll(app, "/app")
      .split("\n")
      .slice(0, -1),
    status: Number(readFileSync(join(folder, `statuses/${index}`), "utf8")),
  }));
  rmSync(folder, { recursive: true, force: true });
  return logs;
}
