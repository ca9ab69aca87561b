import { type Activity, watchActivity } from "../platform/activities.ts";
import type { Connection } from "../platform/connection.ts";

const lastLines = 5;

/**
 * Watches what a change set off to its end, one activity after the other, and gives how they ended, each way once:
 * "deployed". Throws as `watchActivity`.
 *
 * @param o.pollMs milliseconds between two looks
 * @param o.progress hears how far it is, and the lines of its log
 */
export async function watchDeployments(
  connection: Connection,
  project: string,
  activities: readonly Activity[],
  o: {
    readonly signal: AbortSignal;
    readonly pollMs: number;
    readonly progress: (line: string) => void;
  },
): Promise<readonly string[]> {
  const ends = new Set<string>();
  for (const { id } of activities) {
    const log: string[] = [];
    const activity = await watchActivity(connection, project, id, {
      signal: o.signal,
      intervalMs: o.pollMs,
      onProgress: ({ description, percent }) => o.progress(`${percent} %: ${description}`),
      onLog: ({ text }) => {
        if (text === "") return;
        log.push(text);
        log.splice(0, log.length - lastLines);
        o.progress(text);
      },
    });
    ends.add(ending(activity, log));
  }
  return [...ends];
}

/** How an activity ended; a failed one with the last lines of its log, which say why. */
function ending(
  { state, result, failedCommands, failureReason }: Activity,
  log: readonly string[],
): string {
  if (state === "staged") return "staged, not live until the environment is deployed";
  const hooks = failedCommands.join(", ");
  const atHook = hooks === "" && failureReason === "shell" ? "a hook" : hooks;
  const failed =
    result === "success"
      ? hooks !== "" && `deployed, but ${hooks} failed`
      : `the deployment failed${atHook === "" ? "" : ` at ${atHook}`}`;
  if (!failed) return "deployed";
  return log.length === 0 ? failed : `${failed}; its log ends with: ${log.join(" | ")}`;
}
