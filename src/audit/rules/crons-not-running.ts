import { homesOf } from "../../automation/homes.ts";
import { jobsOf } from "../../automation/job.ts";
import type { Environment } from "../../platform/environments.ts";
import { environmentsOf } from "../evidence/at-home.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, platformFix } from "../findings/fix.ts";
import { type PlatformFacts, rule } from "../rule.ts";

/** No cron of the environment runs. */
export const cronsNotRunning = rule({
  id: "crons-not-running",
  severity: "warning",
  confidence: "high",
  needs: "platform",
  fixable: "unsafe",
  what: "The platform doesn't run the crons of the environment.",
  why: "The crons of an environment that isn't live, such as staging, are paused once nobody has deployed it for 14 days, and start again with its next deployment; until then the job isn't done. (Manual: “Crons”, “Paused crons”.)",
  manual: "create-apps/image-properties/crons",
  example: { before: "the crons of main are paused", after: "the crons of main are running" },
  ignore: "The environment rests on purpose.",
  check: ({ app, apps = [app], platform }) => {
    if (platform === undefined) return [];
    const environments = environmentsOf(platform);
    const jobs = apps
      .flatMap(jobsOf)
      .filter(({ kind, calls }) => kind === "cron" && calls.length > 0);
    return environments.all.flatMap((environment) => {
      const { id, status, deploymentState } = environment;
      const here = jobs.filter((job) => homesOf(job, environments).includes(environment));
      const called = [...new Set(here.map((job) => job.called))];
      const rest = `so ${called.join(" and ")} never run${called.length === 1 ? "s" : ""}`;
      const location = { kind: "resource" as const, resource: `crons of ${id}` };
      if (called.length === 0) return [];
      if (status !== undefined && resting.has(status))
        return [
          {
            message: `${id} is ${status}, ${rest}`,
            location,
            fix: byHand(`Activate ${id}`, {
              what: "Only an environment that is active has crons",
              next: `platform environment:activate ${id}, or resume it, once somebody needs it`,
            }),
          },
        ];
      const state = deploymentState?.crons;
      // Where the platform doesn't say it, it counts as not read.
      return state === undefined || state === "running"
        ? []
        : [
            {
              message: `The crons of ${id} are ${state}, ${rest}`,
              location,
              fix: runAgain(platform, environment, state),
            },
          ];
    });
  },
});

/** The states of an environment in which nothing runs there. */
const resting = new Set(["inactive", "paused"]);

function runAgain({ project }: PlatformFacts, environment: Environment, state: string): FixPlan {
  const { id, operations } = environment;
  const title = "Have the crons run again";
  if (state !== "paused" || !operations.includes("redeploy"))
    return byHand(title, {
      what: "They start with the next deployment",
      next: `push to ${id}, or redeploy it when that suits the site`,
    });
  return platformFix(
    { title: `${title}: redeploy ${id}`, disposition: "unsafe" },
    { kind: "redeployment", project: project.id, environment: id },
  );
}
