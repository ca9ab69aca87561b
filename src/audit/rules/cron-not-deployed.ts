import type { Cron } from "../../appfile/app-file.ts";
import { jobsOf } from "../../automation/job.ts";
import { valueIn } from "../../fact.ts";
import type { Deployment } from "../../platform/deployments.ts";
import { isSameScript } from "../../shell/comment.ts";
import { homesRead } from "../evidence/at-home.ts";
import { placeAt } from "../findings/places.ts";
import { type EnvironmentFacts, type Rule, rule } from "../rule.ts";

/** What runs isn't what the file says. */
export const cronNotDeployed = rule({
  id: "cron-not-deployed",
  severity: "info",
  confidence: "medium",
  needs: "platform",
  reads: ["deployment"],
  fixable: "by-hand",
  what: "A cron that calls the CLI is deployed in another form than the file has it, or not at all.",
  why: "A change of the file counts once it is pushed and deployed; where a deployment failed or is to be started by hand, the old cron goes on. (Manual: “Build and deploy”.)",
  manual: "learn/overview/build-deploy",
  example: {
    before: "backup at 0 5 * * * in the file, at 0 4 * * * on main",
    after: "backup at 0 5 * * * in both",
  },
  ignore: "The change isn't pushed yet.",
  check: ({ app, platform }) =>
    platform === undefined
      ? []
      : jobsOf(app).flatMap((job) =>
          job.entry === undefined || job.calls.length === 0
            ? []
            : differing(job.entry, job.app, homesRead(job, platform)),
        ),
});

/** One finding for a cron, with the environments on which what is deployed differs from its file. */
function differing(
  cron: Cron,
  app: string,
  homes: readonly EnvironmentFacts[],
): ReturnType<Rule["check"]> {
  const told = homes.flatMap(({ environment, deployment }) => {
    const how = howCronIsDeployed(cron, app, valueIn(deployment));
    return how === undefined || how === asInTheFile ? [] : [`${how} on ${environment.id}`];
  });
  return told.length === 0
    ? []
    : [
        {
          message: `The cron ${cron.name} is ${told.join(", and ")}`,
          location: placeAt(cron.in, cron.nameStart, cron.nameEnd),
        },
      ];
}

const asInTheFile = "as it is in the file";

/**
 * How a cron is deployed: "as it is in the file", "not deployed", "deployed at another time"; undefined where its app
 * isn't deployed, or where that can't be told.
 */
export function howCronIsDeployed(
  { name, spec, script }: Cron,
  app: string,
  deployment: Deployment | undefined,
): string | undefined {
  const deployed = deployment?.apps.find((one) => one.name === app);
  if (deployed === undefined || script === undefined) return undefined;
  const running = deployed.crons.find((cron) => cron.name === name);
  if (running === undefined) return "not deployed";
  const differs = [
    ...(spec !== undefined && running.spec.trim() !== spec.value.trim() ? ["at another time"] : []),
    ...(running.command === undefined || isSameScript(running.command, script.text)
      ? []
      : ["with another command"]),
  ];
  if (differs.length > 0) return `deployed ${differs.join(" and ")}`;
  return running.command === undefined ? undefined : asInTheFile;
}
