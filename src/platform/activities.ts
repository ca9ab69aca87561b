import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { Failure } from "../failure.ts";
import type { Connection } from "./connection.ts";
import { path } from "./path.ts";
import { reader, text } from "./schema.ts";

/** Something that the platform does, such as a deployment. */
export interface Activity {
  readonly id: string;
  /** "environment.variable.create", "environment.backup"… */
  readonly type: string;
  /** "pending", "in_progress", "complete", "cancelled", "scheduled" or "staged". */
  readonly state: string;
  /** "success" or "failure", once it is over. */
  readonly result: string | undefined;
  /** How far it is, 0 to 100. */
  readonly percent: number;
  /** What it does, in words without tags; the type when it has none. */
  readonly description: string;
}

/** One activity as it stands now. Throws `ApiFailure`. */
export function activity(connection: Connection, projectId: string, id: string): Promise<Activity> {
  return connection.get(path`/projects/${projectId}/activities/${id}`, parseActivity);
}

/**
 * Waits for an activity to end, and gives it as it ended: complete, cancelled or staged.
 * `onProgress` hears of it at first and whenever it has changed. Throws `ApiFailure`, and
 * `Failure("interrupted")` once `signal` is aborted.
 * @param o.intervalMs how often to look, in milliseconds; 3,000 as in the official CLI
 */
export async function watchActivity(
  connection: Connection,
  projectId: string,
  id: string,
  o: {
    readonly onProgress?: (activity: Activity) => void;
    readonly signal?: AbortSignal;
    readonly intervalMs?: number;
  } = {},
): Promise<Activity> {
  let last: Activity | undefined;
  for (;;) {
    const now = await activity(connection, projectId, id);
    if (last === undefined || differs(last, now)) o.onProgress?.(now);
    if (ended.includes(now.state)) return now;
    last = now;
    await pause(o.intervalMs ?? 3_000, o.signal);
  }
}

const ended: readonly string[] = ["complete", "cancelled", "staged"];

function differs(a: Activity, b: Activity): boolean {
  return a.state !== b.state || a.percent !== b.percent || a.description !== b.description;
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, signal && { signal });
  } catch {
    throw new Failure("interrupted", { what: "Interrupted while waiting for an activity to end" });
  }
}

/** The `description` marks names with tags, `<user data-id="…">Jane</user>`, the `text` with Markdown's asterisks. */
export const activitySchema = v.pipe(
  v.object({
    id: v.string(),
    type: v.string(),
    state: v.string(),
    result: text,
    completion_percent: v.nullish(v.number(), 0),
    description: text,
    text,
  }),
  v.transform(
    ({ id, type, state, result, completion_percent, description, text }): Activity => ({
      id,
      type,
      state,
      result,
      percent: completion_percent,
      description:
        text?.replaceAll("**", "") ?? description?.replace(/<\/?[a-z][^<>]*>/gi, "") ?? type,
    }),
  ),
);

const parseActivity = reader(activitySchema);
