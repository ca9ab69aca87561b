import { Failure } from "../failure.ts";
import type { Part } from "./parts.ts";
import type { TaskId } from "./tasks/task.ts";

/** What a flag of setup is for; where none of it is set up, the flag would be dropped. */
export interface FlagUse {
  /** The tasks that it says something about; any unless given. */
  readonly tasks?: readonly TaskId[];
  /** The parts of the setup that use it; any unless given. */
  readonly parts?: readonly Part[];
  /** Where the work has to run for it to count; anywhere unless given. */
  readonly place?: "cron" | "ci";
  /** Of a job of a CI system, the tasks that use it; all unless given. */
  readonly inCi?: readonly TaskId[];
  /** Whether the platform is asked for what it says. */
  readonly online?: true;
  /** Whether a job of a CI system rests on it, so that it counts where the platform isn't asked, too. */
  readonly namedInCi?: true;
  /** What to give in its stead where the platform isn't asked. */
  readonly offline?: string;
}

/** A flag that was given, and what it is for. */
export interface GivenFlag {
  /** As it is typed: "--operation". */
  readonly flag: string;
  readonly use: FlagUse;
}

/** Why the platform isn't asked where a person wants that, as the end of a sentence. */
export const offlineLeavesOut = "--offline leaves that out";

/** What is set up, as far as that is known. */
export interface SetupExtent {
  readonly tasks?: readonly string[] | undefined;
  readonly parts?: readonly Part[] | undefined;
  readonly place?: "cron" | "ci" | undefined;
  /** Why the platform isn't asked. */
  readonly offline?: string | undefined;
}

/** Why a flag would be dropped, as a sentence without its end; undefined where it is used, or that isn't known yet. */
function whyUnused({ use }: GivenFlag, extent: SetupExtent): string | undefined {
  const { tasks, parts, place, online, inCi, namedInCi } = use;
  if (tasks !== undefined && extent.tasks?.some((id) => isAmong(id, tasks)) === false)
    return `it is for the task ${tasks.join(", ")}, and not for ${extent.tasks.join(", ")}`;
  if (parts !== undefined && extent.parts?.some((part) => parts.includes(part)) === false)
    return `it is for the part ${parts.join(", ")}, and only ${extent.parts.join(", ")} is set up`;
  if (place !== undefined && extent.place !== undefined && extent.place !== place)
    return place === "cron"
      ? "it is for a cron of the project, and a CI system does the work"
      : "it is for a job of a CI system, and a cron does the work";
  if (
    inCi !== undefined &&
    extent.place === "ci" &&
    extent.tasks?.some((id) => isAmong(id, inCi)) === false
  )
    return `in a CI system it is for the task ${inCi.join(", ")}`;
  const isInJob = namedInCi === true && extent.place === "ci";
  return online === true && extent.offline !== undefined && !isInJob
    ? `it says what to ask the platform for, and ${extent.offline}`
    : undefined;
}

function isAmong(id: string, tasks: readonly string[]): boolean {
  return tasks.includes(id);
}

/** What an answer is refused with that would have a flag dropped, as a sentence; undefined where each is used. */
export function unusedIn(extent: SetupExtent, given: readonly GivenFlag[]): string | undefined {
  for (const one of given) {
    const why = whyUnused(one, extent);
    if (why !== undefined) return `${one.flag} would not be used: ${why}`;
  }
  return undefined;
}

/** Refuses the first flag that would be dropped. Throws a `Failure` ("usage") with the reason. */
export function refuseUnused(given: readonly GivenFlag[], extent: SetupExtent): void {
  for (const one of given) {
    const why = whyUnused(one, extent);
    if (why !== undefined)
      throw unusedFlag(one.flag, why, extent.offline === undefined ? undefined : one.use.offline);
  }
}

/** The failure that says why a flag would be dropped. */
export function unusedFlag(
  flag: string,
  why: string,
  next = "leave it out, or choose what it is for",
): Failure {
  return new Failure("usage", { what: `${flag} would not be used`, why, where: flag, next });
}
