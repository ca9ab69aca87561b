import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

/** What the runner of the cases prints with --json, as far as it is needed here. */
const report = v.object({
  cases: v.array(v.object({ name: v.string(), problems: v.array(v.string()) })),
});

/** A case that was run, and what was not as it has to be: nothing, when it passed. */
export type CaseRun = v.InferOutput<typeof report>["cases"][number];

/** What is printed at the end, and whether the run counts as passed. */
export interface Verdict {
  readonly passed: boolean;
  readonly lines: readonly string[];
}

/**
 * Runs the executable cases of a folder against this checkout's build, and holds what came of them to the list of those
 * that are known to fail.
 * @param root the built checkout
 * @param folder holds run.mjs and the cases in open/; kept beside the checkout, and not everybody has it
 * @param list the text of known-failures.txt
 * @param names the cases to run; all of them when there is none
 */
export function runCases(
  root: string,
  folder: string,
  list: string,
  names: readonly string[],
): Verdict {
  const cases = join(folder, "open");
  if (!existsSync(cases)) {
    const why = `No case was run: they are kept beside the checkout, and there is no folder ${cases}.`;
    return { passed: true, lines: [why] };
  }
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [join(folder, "run.mjs"), root, cases, ...names, "--json"],
    { encoding: "utf8", maxBuffer: 64 * 2 ** 20, stdio: ["ignore", "pipe", "pipe"] },
  );
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), report), stdout);
  if (!read.success)
    return {
      passed: false,
      lines: [`The cases could not be run: ${error?.message ?? stderr.trim()}`],
    };
  return judge(read.output.cases, list, names.length === 0);
}

/**
 * The list can only shrink: a case that it names and that passes fails the run as one does that fails and isn't named.
 * @param whole all cases were run, so that one without an outcome doesn't exist
 */
function judge(ran: readonly CaseRun[], list: string, whole: boolean): Verdict {
  const known = list.split("\n").filter((line) => line !== "");
  const failed = ran.filter(({ problems }) => problems.length > 0);
  const names = new Set(ran.map(({ name }) => name));
  const failing = new Set(failed.map(({ name }) => name));
  const wrong = [
    ...failed
      .filter(({ name }) => !known.includes(name))
      .map(({ name, problems }) => `FAIL ${name}: ${problems.join("; ")}`),
    ...known
      .filter((name) => names.has(name) && !failing.has(name))
      .map((name) => `${name} passes: take it off the list of known failures`),
    ...(whole ? known.filter((name) => !names.has(name)) : []).map(
      (name) => `${name} is on the list of known failures, and there is no such case`,
    ),
    ...known
      .filter((name, index) => index > 0 && name <= (known[index - 1] ?? ""))
      .map((name) => `${name} is out of order on the list of known failures, or there twice`),
  ];
  const passed = ran.length - failed.length;
  const count = `${ran.length} cases: ${passed} passed, ${failed.length} failed; ${known.length} are known to fail`;
  return { passed: wrong.length === 0, lines: [...wrong, count] };
}
