import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An environment to run a script in; undefined leaves the variable unset. */
export interface Place {
  readonly branch: string | undefined;
  readonly type: string | undefined;
}

export const places: readonly Place[] = ["main", "other", undefined].flatMap((branch) =>
  ["production", "development", undefined].map((type) => ({ branch, type })),
);

export const hasDash = spawnSync("dash", ["-c", "exit 7"]).status === 7;

/** The names of the commands that dash really runs, by script and place; the CLI is a stub that tells its first argument. */
export function whatRuns(scripts: readonly string[]): readonly (readonly ReadonlySet<string>[])[] {
  const folder = mkdtempSync(join(tmpdir(), "dash-"));
  // The stub writes to a descriptor that no script redirects.
  writeFileSync(join(folder, "platform"), '#!/bin/sh\necho "$1" >&9\n', { mode: 0o755 });
  for (const [index, script] of scripts.entries())
    writeFileSync(join(folder, `script-${index}`), script);
  const lines = scripts.flatMap((_, index) =>
    places.map((place, number) => runLine(place, `script-${index}`, `ran-${index}-${number}`)),
  );
  writeFileSync(join(folder, "driver"), lines.join("\n"));
  const { stdout } = spawnSync("dash", ["./driver"], {
    cwd: folder,
    env: { PATH: `${folder}:/usr/bin:/bin` },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  rmSync(folder, { recursive: true, force: true });
  const ran = new Map(
    stdout.split("\n").map((line) => {
      const [key = "", ...names] = line.split(" ");
      return [key, new Set(names)] as const;
    }),
  );
  return scripts.map((_, index) =>
    places.map((_place, number) => ran.get(`ran-${index}-${number}`) ?? new Set()),
  );
}

function runLine({ branch, type }: Place, script: string, output: string): string {
  const settings = [
    ...(branch === undefined ? [] : [`PLATFORM_BRANCH=${branch}`]),
    ...(type === undefined ? [] : [`PLATFORM_ENVIRONMENT_TYPE=${type}`]),
  ];
  return [
    `env ${settings.join(" ")} timeout 5 dash ./${script} 9>./${output} >/dev/null 2>&1 </dev/null`,
    `echo ${output} $(cat ./${output})`,
  ].join("\n");
}
