import * as v from "valibot";
import { path } from "./answers/path.ts";
import { reader, requiredList, requiredText } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

export interface Backup {
  readonly id: string;
  /** RFC 3339. */
  readonly createdAt: string | undefined;
  /** Whether the platform made it by its own schedule, and not a person or a cron. */
  readonly automated: boolean;
  /** Whether the site was held while it was made; a live backup is not safe. */
  readonly safe: boolean;
}

/** The backups of an environment, the newest first. Throws `ApiFailure`. */
export async function backups(
  connection: Connection,
  projectId: string,
  environmentId: string,
): Promise<readonly Backup[]> {
  const collection = path`/projects/${projectId}/environments/${environmentId}/backups`;
  const all = await connection.get(collection, parseBackups);
  return [...all].sort(({ createdAt: one = "" }, { createdAt: other = "" }) =>
    one < other ? 1 : one > other ? -1 : 0,
  );
}

const parseBackups = reader(
  requiredList(
    v.pipe(
      v.object({
        id: v.string(),
        created_at: requiredText,
        automated: v.boolean(),
        safe: v.boolean(),
      }),
      v.transform(
        ({ id, created_at, automated, safe }): Backup => ({
          id,
          createdAt: created_at,
          automated,
          safe,
        }),
      ),
    ),
  ),
);
