import { isMap } from "yaml";
import type { AppFile, Cron } from "../appfile/app-file.ts";
import { positionals } from "../shell/cli-call.ts";
import { rangeOf } from "../yaml/nodes.ts";
import type { AppJob, Job } from "./job.ts";
import { misshapenCrons } from "./job-shapes.ts";
import {
  another,
  type Candidate,
  commandOf,
  differencesOfCall,
  distanceOf,
  doubt,
  inLines,
  inPlace,
  inTime,
  isWorker,
  type Wish,
} from "./wish/differences.ts";

export {
  type Candidate,
  inDoing,
  placesOf,
  type Wish,
} from "./wish/differences.ts";
export { candidatesInCi } from "./wish/in-ci.ts";

/**
 * The jobs of an app that run all commands of a wish, wherever and whenever, and those that may because they can't be
 * followed; the one that comes nearest to it first.
 */
export function candidatesFor(
  wish: Wish,
  app: AppFile,
  jobs: readonly AppJob[],
): readonly Candidate[] {
  return [
    ...jobs.flatMap((job) => {
      if (runsAll(job, wish)) return [candidateOf(job, wish)];
      return byOperation(job, wish, jobs) ?? unfollowed(job, wish) ?? [];
    }),
    ...withoutCommand(wish, app),
  ].sort((one, other) => distanceOf(one) - distanceOf(other));
}

function runsAll({ calls }: AppJob, { commands }: Wish): boolean {
  const names = new Set(calls.map(({ name }) => name));
  return commands.every((name) => names.has(name));
}

/** Of several calls of one command, the one that comes nearest to the wish counts. */
function candidateOf(job: AppJob, wish: Wish): Candidate {
  const nearest = wish.commands.flatMap((name) => {
    const [found] = job.scripts
      .flatMap((from) => from.reading.commands.map((call) => ({ from, call })))
      .filter(({ call }) => call.name === name)
      .map(({ from, call }) => ({ call, differences: differencesOfCall(from, call, wish) }))
      .sort((one, other) => distanceOf(one) - distanceOf(other));
    return found ?? [];
  });
  const ofCalls = nearest.flatMap(({ differences }) => differences);
  return {
    job,
    call: nearest[0]?.call,
    differences: [...ofCalls, ...inLines(job, wish), ...inTime(job, wish)],
  };
}

/** A cron that has an operation of the app run, which does it. */
function byOperation(
  job: AppJob,
  wish: Wish,
  jobs: readonly AppJob[],
): readonly Candidate[] | undefined {
  if (job.kind !== "cron") return undefined;
  const found = job.calls.flatMap((call): readonly Candidate[] => {
    if (call.name !== "operation:run") return [];
    const named = positionals(call)[0]?.text;
    const does = jobs.some((other) => {
      const command = commandOf(other);
      return command?.of === "operation" && command.name === named && runsAll(other, wish);
    });
    const differences = [
      ...inPlace(call, wish),
      doubt(`runs the operation ${named}, which runs ${wish.commands.join(" and ")}`),
      ...inTime(job, wish),
    ];
    return does ? [{ job, call, differences }] : [];
  });
  return found.length === 0 ? undefined : found;
}

/** What can't be followed may do anything; where it is called like the work that is wished for, it may well do that. */
function unfollowed(job: AppJob, wish: Wish): readonly Candidate[] | undefined {
  const { followed, cron, scripts } = job;
  if (followed.kind === "whole") return undefined;
  const isLike = isCalledLike(wish, [cron, ...scripts.map(({ script }) => script.text)].join(" "));
  // Of what starts at no time of its own, most does something else.
  if (job.kind !== "cron" && !(isLike && isWorker(job))) return undefined;
  const words = `can't be followed: ${followed.why}`;
  return [{ job, call: undefined, differences: [isLike ? doubt(words) : another(words)] }];
}

/** The crons that the platform doesn't run as they are written, and those of which nothing can be read. */
function withoutCommand(wish: Wish, app: AppFile): readonly Candidate[] {
  const refused = new Set(misshapenCrons(app).map(({ cron }) => cron));
  return app.crons
    .filter((cron) => cron.script === undefined && isCalledLike(wish, textOf(cron)))
    .map((cron): Candidate => {
      const { name, spec } = cron;
      const when: Job["when"] =
        spec === undefined ? { kind: "absent" } : { kind: "known", value: spec.value };
      return {
        job: { called: `the cron ${name}`, cron: name, when },
        call: undefined,
        differences: [
          refused.has(cron)
            ? another("is written in a form that the platform refuses")
            : doubt("can't be read: its command is in another file"),
        ],
      };
    });
}

function textOf({ name, map, in: file }: Cron): string {
  const [start, end] = isMap(map) ? rangeOf(map) : [0, 0];
  return `${name} ${file.text.slice(start, end)}`;
}

function isCalledLike({ commands }: Wish, told: string): boolean {
  return commands.some((name) => signsOf(name).test(told));
}

/** How people call the work of a command, in names of crons, scripts and targets. */
function signsOf(command: string): RegExp {
  const [verb = ""] = command.split(":").filter((part) => !tooCommon.has(part));
  return verb.length < 4 ? /$^/u : new RegExp(verb.slice(0, 8).replace("synchron", "sync"), "iu");
}

const tooCommon = new Set(["environment", "create", "run", "project", "list"]);
