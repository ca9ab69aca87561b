import * as v from "valibot";
import { type Activity, activitySchema } from "../activities.ts";
import { list, reader, writeAnswer } from "./schema.ts";

/** What a write set going: the redeployment, or nothing on an inactive environment. */
export interface Write {
  readonly activities: readonly Activity[];
}

/** The envelope around what a write gives back; some services send the bare resource, or nothing. */
export const parseWrite: (json: unknown) => Write = reader(
  v.pipe(
    writeAnswer,
    v.nullish(v.object({ _embedded: v.nullish(v.object({ activities: list(activitySchema) })) })),
    v.transform((envelope): Write => ({ activities: envelope?._embedded?.activities ?? [] })),
  ),
);
