import * as v from "valibot";
import type { EnvironmentType } from "./access.ts";
import type { Connection } from "./connection.ts";
import { linksSchema, operationsOf } from "./links.ts";
import { path } from "./path.ts";
import { list, reader, text } from "./schema.ts";

export interface Environment {
  /** The branch's name, slashes and all. */
  readonly id: string;
  readonly title: string;
  readonly type: EnvironmentType;
  /** "active", "inactive", "paused", "dirty" (an activity runs) or "deleting". */
  readonly status: string;
  readonly parent?: string;
  /** Whether it is the environment of the default branch. */
  readonly isMain: boolean;
  /** What this account may do with it now: "backup", "redeploy", "manage-variables"… */
  readonly operations: readonly string[];
}

/** The environments that the account sees: those of types it has no role on are missing. */
export function environments(
  connection: Connection,
  projectId: string,
): Promise<readonly Environment[]> {
  return connection.get(path`/projects/${projectId}/environments`, parseEnvironments);
}

/** One environment. Throws `ApiFailure` with status 403 or 404 when the account can't see it. */
export function environment(
  connection: Connection,
  projectId: string,
  id: string,
): Promise<Environment> {
  return connection.get(path`/projects/${projectId}/environments/${id}`, parseEnvironment);
}

const environmentSchema = v.pipe(
  v.object({
    id: text,
    name: v.string(),
    title: text,
    type: v.picklist(["production", "staging", "development"]),
    status: v.string(),
    parent: text,
    is_main: v.nullish(v.boolean(), false),
    _links: linksSchema,
  }),
  v.transform(
    ({ id, name, title, type, status, parent, is_main, _links }): Environment => ({
      id: id ?? name,
      title: title ?? name,
      type,
      status,
      ...(parent === undefined ? {} : { parent }),
      isMain: is_main,
      operations: operationsOf(_links),
    }),
  ),
);

const parseEnvironment = reader(environmentSchema);
const parseEnvironments = reader(list(environmentSchema));
