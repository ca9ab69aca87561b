import type { Cron } from "../../appfile/app-file.ts";
import { jobsOf } from "../../automation/job.ts";
import { valueIn } from "../../fact.ts";
import { isSameScript } from "../../shell/comment.ts";
import { homesRead } from "../evidence/at-home.ts";
import { placeAt } from "../places.ts";
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
  { name, spec, script, in: file, nameStart, nameEnd }: Cron,
  app: string,
  homes: readonly EnvironmentFacts[],
): ReturnType<Rule["check"]> {
  const told = homes.flatMap(({ environment, deployment }) => {
    const deployed = valueIn(deployment)?.apps.find((one) => one.name === app);
    if (deployed === undefined || script === undefined) return [];
    const running = deployed.crons.find((cron) => cron.name === name);
    if (running === undefined) return [`not deployed on ${environment.id}`];
    const differs = [
      ...(spec !== undefined && running.spec !== spec.value ? ["at another time"] : []),
      ...(running.command === undefined || isSameScript(running.command, script.text)
        ? []
        : ["with another command"]),
    ];
    return differs.length === 0 ? [] : [`deployed ${differs.join(" and ")} on ${environment.id}`];
  });
  return told.length === 0
    ? []
    : [
        {
          message: `The cron ${name} is ${told.join(", and ")}`,
          location: placeAt(file, nameStart, nameEnd),
        },
      ];
}
