import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** An environment to run a script in; undefined leaves the variable unset. */
export interface Place {
  readonly branch: string | undefined;
  readonly type: string | undefined;
}

export const places: readonly Place[] = [
  ...["main", "other"].flatMap((branch) =>
    ["production", "development"].map((type) => ({ branch, type })),
  ),
  { branch: "main", type: undefined },
  { branch: undefined, type: undefined },
];

/** The CLI as the scripts' own shell has it; other shells and programs find the executable. */
const stub = 'platform() { echo "$1" >&9; }';

/**
 * The names of the commands that dash really runs, by script and place; the CLI is a stub that tells its first
 * argument. All of it is one process that starts the others, and a script that goes round for ever is stopped.
 *
 * @param files scripts that the others may call, by their paths
 */
export function whatRuns(
  scripts: readonly string[],
  files: ReadonlyMap<string, string> = new Map(),
): readonly (readonly ReadonlySet<string>[])[] {
  const folder = mkdtempSync(join(tmpdir(), "dash-"));
  // The stub writes to a descriptor that no script redirects.
  writeFileSync(join(folder, "platform"), '#!/bin/dash\necho "$1" >&9\n', { mode: 0o755 });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  }
  for (const [index, script] of scripts.entries())
    writeFileSync(join(folder, `script-${index}`), script);
  const lines = scripts.flatMap((_, index) =>
    places.map((place, number) => runLine(place, `script-${index}`, `ran-${index}-${number}`)),
  );
  writeFileSync(join(folder, "driver"), [stub, ...lines].join("\n"));
  spawnSync("dash", ["./driver"], {
    cwd: folder,
    env: { PATH: `${folder}:/usr/bin:/bin` },
    stdio: "ignore",
  });
  const ran = scripts.map((_, index) =>
    places.map((_place, number) => namesIn(join(folder, `ran-${index}-${number}`))),
  );
  rmSync(folder, { recursive: true, force: true });
  return ran;
}

function namesIn(file: string): ReadonlySet<string> {
  return new Set(readFileSync(file, "utf8").split("\n").slice(0, -1));
}

function runLine({ branch, type }: Place, script: string, output: string): string {
  const settings = [
    ...(branch === undefined
      ? []
      : [`PLATFORM_BRANCH=${branch}`, `PLATFORM_ENVIRONMENT=${branch}-bvxea6i`]),
    ...(type === undefined ? [] : [`PLATFORM_ENVIRONMENT_TYPE=${type}`]),
  ];
  // A subshell of the driver starts as a shell of its own does, and costs no new process image.
  const exported = settings.map((setting) => `export ${setting}; `).join("");
  return `(ulimit -t 1; ulimit -s 400; ${exported}. ./${script}) 9>./${output} >/dev/null 2>&1 </dev/null`;
}
