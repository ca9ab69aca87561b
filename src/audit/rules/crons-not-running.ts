import { cronScripts } from "../../automation/scripts.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, platformFix } from "../fix.ts";
import { type PlatformFacts, rule } from "../rule.ts";

/** No cron of the environment runs. */
export const cronsNotRunning = rule({
  id: "crons-not-running",
  severity: "warning",
  confidence: "high",
  needs: "platform",
  fixable: "unsafe",
  what: "The platform doesn't run the crons of the environment.",
  why: "Crons of an environment that nobody deploys for a while are paused, and start again with its next deployment; until then no backup is made. (Manual: “Crons”, “Paused crons”.)",
  manual: "create-apps/image-properties/crons",
  example: { before: "the crons of main are paused", after: "the crons of main are running" },
  ignore: "The environment rests on purpose.",
  check: ({ app, apps = [app], platform }) => {
    const state = platform?.environment.deploymentState?.crons ?? "running";
    const jobs = apps.flatMap(cronScripts).filter(({ reading }) => reading.commands.length > 0);
    if (platform === undefined || state === "running" || jobs.length === 0) return [];
    const { id } = platform.environment;
    const called = [...new Set(jobs.map((job) => job.called))];
    return [
      {
        message: `The crons of ${id} are ${state}, so ${called.join(" and ")} never run${called.length === 1 ? "s" : ""}`,
        location: { kind: "resource", resource: `crons of ${id}` },
        fix: runAgain(platform, state),
      },
    ];
  },
});

function runAgain({ project, environment }: PlatformFacts, state: string): FixPlan {
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
