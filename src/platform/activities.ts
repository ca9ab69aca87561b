import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { Failure } from "../failure.ts";
import { followLog, type LogLine } from "./activity-log.ts";
import { certainly } from "./answers/certainty.ts";
import { path } from "./answers/path.ts";
import {
  acceptance,
  list,
  optionalText,
  reader,
  requiredList,
  requiredText,
  word,
} from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

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
  /** RFC 3339. */
  readonly createdAt: string | undefined;
  /** RFC 3339, once it is over. */
  readonly completedAt: string | undefined;
  /** The environments it is about. */
  readonly environments: readonly string[];
  /** For a backup: its id. */
  readonly backup: string | undefined;
  /** For the run of a cron: its name. */
  readonly cron: string | undefined;
  /** The id of the account that set it off; "admin" when a cron did. */
  readonly user: string | undefined;
  /** Hooks and commands that ended with a code above 0: a deployment can be a success all the same. */
  readonly failedCommands: readonly string[];
  /** Why it failed, where the API tells: "shell" where a hook ended with a code above 0, or "error". */
  readonly failureReason?: string;
}

/** One activity as it stands now. Throws `ApiFailure`. */
export function activity(connection: Connection, projectId: string, id: string): Promise<Activity> {
  return connection.get(path`/projects/${projectId}/activities/${id}`, parseActivity);
}

/**
 * The latest activities of an environment, the newest first, each once. Throws `ApiFailure`.
 * @param o.count how many at most
 * @param o.type only those of this type, or of these types
 */
export async function environmentActivities(
  connection: Connection,
  projectId: string,
  environmentId: string,
  o: { readonly count: number; readonly type?: string | readonly string[] },
): Promise<readonly Activity[]> {
  const query = new URLSearchParams({ count: String(o.count) });
  for (const type of [o.type ?? []].flat()) query.append("type", type);
  const collection = path`/projects/${projectId}/environments/${environmentId}/activities`;
  const all = await connection.get(`${collection}?${query}`, parseActivities);
  return [...new Map(all.map((one) => [one.id, one])).values()].slice(0, o.count);
}

/**
 * Stops an activity that has not ended. Should the answer be lost, an activity that is cancelled is taken for stopped.
 * Throws `ApiFailure`, status 400 when it can't be stopped any more.
 */
export async function cancelActivity(
  connection: Connection,
  projectId: string,
  id: string,
): Promise<void> {
  const item = path`/projects/${projectId}/activities/${id}/cancel`;
  await certainly(
    () => connection.send("POST", item, undefined, acceptance),
    async () => {
      const { state } = await activity(connection, projectId, id);
      return state === "cancelled" ? { outcome: undefined } : undefined;
    },
  );
}

/**
 * Waits for an activity to end, and gives it as it ended: complete, cancelled or staged.
 * `onProgress` hears of it at first and whenever it has changed, `onLog` of each line of its log once, up to the end
 * of the log. Throws `ApiFailure`, and `Failure("interrupted")` once `signal` is aborted.
 * @param o.intervalMs how long to wait between two looks, in milliseconds; 3,000 as in the official CLI. At first it is
 *   less, so that what ends soon is soon known.
 */
export async function watchActivity(
  connection: Connection,
  projectId: string,
  id: string,
  o: {
    readonly onProgress?: (activity: Activity) => void;
    readonly onLog?: (line: LogLine) => void;
    readonly signal?: AbortSignal;
    readonly intervalMs?: number;
  } = {},
): Promise<Activity> {
  const { onLog, onProgress, signal, intervalMs = 3_000 } = o;
  const over = new AbortController();
  const log = onLog && followLog(connection, projectId, id, { onLog, stop: over.signal });
  try {
    let last: Activity | undefined;
    for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
      const now = await activity(connection, projectId, id);
      if (last === undefined || differs(last, now)) onProgress?.(now);
      if (hasEnded(now)) {
        // The last lines may be under way still; a log that isn't sealed by then never will be.
        const sealed = new AbortController();
        const limit = pause(
          intervalMs,
          AbortSignal.any([sealed.signal, ...(signal ? [signal] : [])]),
        );
        await Promise.race([log, limit]).finally(() => sealed.abort());
        return now;
      }
      last = now;
      await pause(Math.min(pauseMs, intervalMs), signal);
    }
  } finally {
    over.abort();
    await log;
  }
}

const firstPauseMs = 50;

/** Whether nothing more will happen to it. */
export function hasEnded({ state, percent }: Activity): boolean {
  return ended.includes(state) || percent >= 100;
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

const command = v.object({
  type: optionalText,
  app: optionalText,
  exit_code: v.nullish(v.number(), 0),
});

/** The `description` marks names with tags, `<user data-id="…">Jane</user>`, the `optionalText` with Markdown's asterisks. */
export const activitySchema = v.pipe(
  v.object({
    id: word,
    type: word,
    state: word,
    result: requiredText,
    completion_percent: v.nullish(v.number(), 0),
    description: optionalText,
    text: optionalText,
    created_at: optionalText,
    completed_at: optionalText,
    environments: list(v.string()),
    payload: v.nullish(
      v.object({
        user: v.nullish(v.object({ id: optionalText })),
        backup_name: optionalText,
        cron: optionalText,
      }),
    ),
    commands: list(command),
    failure_reason: optionalText,
  }),
  v.transform(
    ({ id, type, state, result, completion_percent, description, text, ...more }): Activity => ({
      id,
      type,
      state,
      result,
      percent: completion_percent,
      description:
        text?.replaceAll("**", "") ?? description?.replace(/<\/?[a-z][^<>]*>/gi, "") ?? type,
      createdAt: more.created_at,
      completedAt: more.completed_at,
      environments: more.environments ?? [],
      backup: more.payload?.backup_name,
      cron: more.payload?.cron,
      user: more.payload?.user?.id,
      ...(more.failure_reason === undefined ? {} : { failureReason: more.failure_reason }),
      failedCommands: (more.commands ?? [])
        .filter(({ exit_code }) => exit_code > 0)
        .map(({ type = "a command", app }) => (app === undefined ? type : `${type} of ${app}`)),
    }),
  ),
);

const parseActivity = reader(activitySchema);
const parseActivities = reader(requiredList(activitySchema));
