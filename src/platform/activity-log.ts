import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { printable } from "../printable.ts";
import { redact } from "../secret.ts";
import { path } from "./answers/path.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";

/** A line of an activity's log, printable and without known secrets. */
export interface LogLine {
  readonly text: string;
  /** RFC 3339. */
  readonly at: string | undefined;
}

const reopenMs = 500;
const mostReopenings = 240;

/**
 * Reads the log of an activity as it is written, each line once, until it is sealed or `stop` is aborted. Where the
 * connection breaks off before, the log is opened anew, every half a second for up to two minutes, as the official CLI
 * does. A log that can't be had is no failure: the activity is what counts.
 *
 * The log is a stream of JSON values, one a line, ended by `{"seal":true}` (platform API reference, activities).
 * Its query is left out, since one that a link has from elsewhere is refused.
 */
export async function followLog(
  connection: Connection,
  projectId: string,
  id: string,
  o: { readonly onLog: (line: LogLine) => void; readonly stop: AbortSignal },
): Promise<void> {
  const log = path`/projects/${projectId}/activities/${id}/log`;
  const seen = new Set<string>();
  for (let opened = 0; opened < mostReopenings && !o.stop.aborted; opened += 1) {
    try {
      for await (const line of connection.lines(log, o.stop)) {
        const entry = parse(line);
        if (entry === undefined) continue;
        if ("seal" in entry) return;
        if (seen.has(entry._id)) continue;
        seen.add(entry._id);
        o.onLog({
          text: printable(redact(entry.data.message)).trimEnd(),
          at: entry.data.timestamp,
        });
      }
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.effect === "none") return;
    }
    await wait(reopenMs, undefined, { signal: o.stop }).catch(() => undefined);
  }
}

const entrySchema = v.union([
  v.object({ seal: v.literal(true) }),
  v.object({
    _id: v.string(),
    data: v.object({ message: v.string(), timestamp: v.optional(v.string()) }),
  }),
]);

function parse(line: string): v.InferOutput<typeof entrySchema> | undefined {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
