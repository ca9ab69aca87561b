import { environmentActivities, hasEnded } from "./activities.ts";
import { certainly } from "./answers/certainty.ts";
import { path } from "./answers/path.ts";
import { parseWrite, type Write } from "./answers/write.ts";
import type { Connection } from "./connection.ts";

const type = "environment.redeploy";

/**
 * Deploys an environment anew, with what is configured now. Should the answer be lost, a redeployment that was not
 * there before is taken for this one. Throws `ApiFailure`.
 */
export async function redeployEnvironment(
  connection: Connection,
  projectId: string,
  environmentId: string,
): Promise<Write> {
  const latest = () =>
    environmentActivities(connection, projectId, environmentId, { count: 10, type });
  const before = new Set((await latest()).map(({ id }) => id));
  const operation = path`/projects/${projectId}/environments/${environmentId}/redeploy`;
  return certainly(
    () => connection.send("POST", operation, undefined, parseWrite),
    async () => {
      const begun = (await latest()).filter(({ id }) => !before.has(id));
      return begun.length === 0
        ? undefined
        : { outcome: { activities: begun.filter((one) => !hasEnded(one)) } };
    },
  );
}
