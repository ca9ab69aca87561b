import { actsFromCi, type CiJobCall, type CiUse, ciUses } from "../../automation/ci-jobs.ts";
import { inDoing } from "../../automation/wish.ts";
import type { CiReading } from "../../cifile/read.ts";
import { type Start, whyConditional, whyNotStarted } from "../../cifile/starts.ts";
import { hasFlag, isLiveBackup, waitsByDefault } from "../../shell/cli-call.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import { type CiTask, detailsOf } from "../tasks/chosen.ts";
import { writtenSystemOf } from "./target.ts";

/** A job that runs all commands of a task on its environment, whoever wrote it. */
export interface JobThere {
  /** "the job backup in .github/workflows/backup.yml". */
  readonly called: string;
  /** The file that it stands in, by its absolute path. */
  readonly file: string;
  /** What it does otherwise than the task asks, clauses; none where it does the task. */
  readonly differences: readonly string[];
}

/**
 * The job that does a task, or the one that comes nearest to it; undefined where none runs all its commands.
 *
 * @param o.repository "acme/shop"; undefined where it isn't known
 * @param o.lines the lines of the task in a job, which count for one whose commands aren't all of the CLI
 */
export function jobThere(
  task: CiTask,
  session: Session,
  ci: CiReading,
  { repository, lines }: Pick<Wanted, "repository"> & { readonly lines: readonly string[] },
): JobThere | undefined {
  const details = detailsOf(session);
  const names = task.work.commands(details);
  const place = { project: projectOf(session), environment: environmentOf(session) };
  const start: Start =
    task.work.kind === "push" ? { kind: "push", branch: place.environment } : { kind: "schedule" };
  const { live } = details;
  const what = task.work.kind === "cron" ? task.work.what?.(details) : undefined;
  const isLiteral = task.work.kind === "cron" && task.work.literally === true;
  const text = lines.join("\n");
  return ciUses(ci)
    .flatMap((use): readonly JobThere[] => {
      if (use.job.system !== writtenSystemOf(session)) return [];
      const calls = use.calls.filter((each) => actsFromCi(each, place) === "yes");
      if (!names.every((name) => calls.some(({ call }) => call.name === name))) return [];
      return [
        {
          called: calledWithFile(use.job),
          file: use.job.spot.in.file,
          differences: [
            ...differences(use, { names, calls, start, repository, what, live }),
            ...(isLiteral && !use.parts.some((part) => part.text.includes(text))
              ? ["its lines are others"]
              : []),
          ],
        },
      ];
    })
    .toSorted((a, b) => a.differences.length - b.differences.length)[0];
}

/** A job as people find it: "the job backup in .github/workflows/backup.yml". */
export function calledWithFile({ called, spot }: Pick<CiUse["job"], "called" | "spot">): string {
  return `${called} in ${spot.in.shown}`;
}

interface Wanted {
  readonly names: readonly string[];
  /** Those that act on the environment. */
  readonly calls: readonly CiJobCall[];
  readonly start: Start;
  readonly repository: string | undefined;
  /** The words behind the command that say what it works on; none for a task without such. */
  readonly what: readonly string[] | undefined;
  /** Whether a backup is to be a live one. */
  readonly live: boolean;
}

function differences({ job }: CiUse, wanted: Wanted): readonly string[] {
  const { start, repository } = wanted;
  const started = whyNotStarted(job, start, repository);
  const inOrder = callsInOrder(wanted);
  return [
    ...(started === undefined ? [] : [started]),
    ...(job.tolerant ? ["its failure is let pass"] : []),
    ...("late" in inOrder
      ? [`${inOrder.late} doesn't come behind ${inOrder.before}`]
      : inOrder.calls.flatMap((each) => differencesOf(each, wanted))),
  ];
}

/** The first call of each command behind that of the command before it, or the command that comes too early. */
function callsInOrder({
  names,
  calls,
}: Wanted):
  | { readonly calls: readonly CiJobCall[] }
  | { readonly late: string; readonly before: string } {
  const found: CiJobCall[] = [];
  let from = 0;
  for (const name of names) {
    const at = calls.findIndex(({ call }, index) => index >= from && call.name === name);
    const each = calls[at];
    if (each === undefined) return { late: name, before: found.at(-1)?.call.name ?? name };
    found.push(each);
    from = at + 1;
  }
  return { calls: found };
}

function differencesOf(
  { call, part: { step } }: CiJobCall,
  { start, repository, what, live }: Wanted,
): readonly string[] {
  const { name, command } = call;
  const isLive = isLiveBackup(call);
  const conditional = whyConditional(step.condition, start, repository);
  return [
    ...inDoing(call, what === undefined ? {} : { what }).map(({ words }) => `it ${words}`),
    ...(name === "backup:create" && live !== isLive
      ? [isLive ? "its backup is a live one" : "its backup isn't a live one"]
      : []),
    ...(conditional === undefined ? [] : [`of ${name}, ${conditional}`]),
    ...(command.conditional ? [`${name} may be passed over`] : []),
    ...(step.tolerant || command.failing.kind === "lost"
      ? [`a failure of ${name} is let pass`]
      : []),
    ...(waitsByDefault(call) && hasFlag(call, "--no-wait", "W")
      ? [`it doesn't wait for ${name}`]
      : []),
  ];
}
