import type { CiReading } from "../../cifile/read.ts";
import { rangeOf } from "../../yaml/nodes.ts";
import { actsFromCi, asCommand, type CiUse, ciUses } from "../ci-jobs.ts";
import { targetOf, targetWords } from "../target.ts";
import {
  another,
  type Candidate,
  type Difference,
  distanceOf,
  doubt,
  inDoing,
  type Wish,
} from "./differences.ts";

/**
 * The jobs of CI that run all commands of a wish on its environment, or may: none of them is a cron, so that at least
 * that differs. Lines of one's own are the project's, and no job of CI has them.
 */
export function candidatesInCi(wish: Wish, ci: CiReading): readonly Candidate[] {
  return wish.lines.length > 0 ? [] : ciUses(ci).flatMap((use) => candidateIn(use, wish) ?? []);
}

function candidateIn(use: CiUse, wish: Wish): Candidate | undefined {
  const nearest = wish.commands.flatMap((name) => differencesOfNearest(use, name, wish) ?? []);
  if (nearest.length < wish.commands.length) return undefined;
  const { called, spot } = use.job;
  return {
    job: {
      called: `${called} in ${spot.in.shown}`,
      cron: undefined,
      when: { kind: "unread", why: "a CI system starts it" },
    },
    call: undefined,
    differences: [startOf(use), ...nearest.flatMap(({ differences }) => differences)],
  };
}

/** Of several calls of one command, the one that comes nearest to the wish counts. */
function differencesOfNearest(
  use: CiUse,
  name: string,
  wish: Wish,
): Pick<Candidate, "differences"> | undefined {
  const { branch: environment, project } = wish.environment;
  const [nearest] = use.calls
    .filter(({ call }) => call.name === name)
    .flatMap((each) => {
      const acts = actsFromCi(each, { environment, project });
      const place =
        acts === "unknown"
          ? [doubt(`runs ${name} for ${targetWords(targetOf(asCommand(each)))}`)]
          : [];
      return acts === "no" ? [] : { differences: [...place, ...inDoing(each.call, wish)] };
    })
    .sort((one, other) => distanceOf(one) - distanceOf(other));
  return nearest;
}

/** What a cron and a job of CI have in common at the most: that a schedule starts them. */
function startOf({ job, calls, gitPushes }: CiUse): Difference {
  const { triggers } = job.file;
  if (job.system === "github")
    return triggers.schedules.length > 0 || triggers.events.has("workflow_call")
      ? doubt("is one of CI")
      : another("is one of CI that no schedule starts");
  const pushes = gitPushes.length > 0 || calls.some(({ call }) => call.name === "environment:push");
  const [start, end] = rangeOf(job.map);
  const isBare = !/^[ \t]*(?:rules|only|except|when|extends)[ \t]*:/mu.test(
    job.spot.in.text.slice(start, end),
  );
  const maySchedule = /schedul/iu.test(job.spot.in.text.slice(start, end));
  return maySchedule || (isBare && !pushes)
    ? doubt("is one of CI")
    : another("is one of CI that no schedule is known to start");
}
