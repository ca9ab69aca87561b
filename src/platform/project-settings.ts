import * as v from "valibot";
import { path } from "./answers/path.ts";
import { optionalText, reader } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

/** What the plan of a project says about its crons; undefined where the API doesn't tell. */
export interface ProjectSettings {
  /** The shortest time between two runs of a cron, in minutes. */
  readonly cronMinimumInterval: number | undefined;
  /** How much later than its time a cron may start, in minutes. */
  readonly cronMaximumJitter: number | undefined;
  /** Whether accounts must have multi-factor authentication: API tokens made before they had it are then refused. */
  readonly enforceMfa: boolean;
}

/** Members of which the settings of any project have at least one; each of them alone may be left out. */
const known = [
  "cron_minimum_interval",
  "cron_maximum_jitter",
  "enforce_mfa",
  "product_code",
  "product_name",
];

/** Settings, and not what another service answers: of that it would seem that nothing is set. */
const settings = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((answer) => known.some((name) => name in answer), "no member of a project's settings"),
);

/** What the product is called that a project is of: "upsun"; undefined where the API doesn't tell. Throws `ApiFailure`. */
export function productCode(
  connection: Connection,
  projectId: string,
): Promise<string | undefined> {
  return connection.get(
    path`/projects/${projectId}/settings`,
    reader(
      v.pipe(
        settings,
        v.object({ product_code: optionalText }),
        v.transform(({ product_code }) => product_code),
      ),
    ),
  );
}

/** What an audit wants of the settings; undefined where the API doesn't tell. */
export type ProductSettings = Pick<ProjectSettings, "cronMinimumInterval"> & {
  /** What the product is called that the project is of: "upsun". */
  readonly productCode: string | undefined;
};

/** The product of a project and what that allows its crons. Throws `ApiFailure`. */
export function productSettings(
  connection: Connection,
  projectId: string,
): Promise<ProductSettings> {
  return connection.get(path`/projects/${projectId}/settings`, parseProductSettings);
}

/** The settings of a project. Throws `ApiFailure`. */
export function projectSettings(
  connection: Connection,
  projectId: string,
): Promise<ProjectSettings> {
  return connection.get(path`/projects/${projectId}/settings`, parseSettings);
}

const minutes = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? undefined),
);

const parseProductSettings = reader(
  v.pipe(
    settings,
    v.object({
      cron_minimum_interval: v.fallback(v.nullish(v.number()), null),
      product_code: optionalText,
    }),
    v.transform(
      ({ cron_minimum_interval, product_code }): ProductSettings => ({
        cronMinimumInterval: cron_minimum_interval ?? undefined,
        productCode: product_code,
      }),
    ),
  ),
);

const parseSettings = reader(
  v.pipe(
    v.object({
      cron_minimum_interval: minutes,
      cron_maximum_jitter: minutes,
      enforce_mfa: v.boolean(),
    }),
    v.transform(
      ({ cron_minimum_interval, cron_maximum_jitter, enforce_mfa }): ProjectSettings => ({
        cronMinimumInterval: cron_minimum_interval,
        cronMaximumJitter: cron_maximum_jitter,
        enforceMfa: enforce_mfa,
      }),
    ),
  ),
);
