import { jobsOf } from "../../automation/job.ts";
import { failureOfDeployment } from "../../platform/environments.ts";
import { environmentsOf } from "../evidence/at-home.ts";
import { byHand } from "../findings/fix.ts";
import { rule } from "../rule.ts";

/** The latest deployment of the environment failed, so what runs there is older or half of it. */
export const deploymentFailed = rule({
  id: "deployment-failed",
  severity: "warning",
  confidence: "high",
  needs: "platform",
  fixable: "by-hand",
  what: "The latest deployment of the environment failed.",
  why: "What was pushed may run in part or not at all, and a hook that fails does so again with the next push. (Upsun's API: `deployment_state` of an environment.)",
  manual: "learn/overview/build-deploy",
  example: {
    before: "the deploy hook of shop ended with 1",
    after: "the deployment of main was successful",
  },
  ignore: "The deployment is repeated right now.",
  check: ({ app, apps = [app], platform }) => {
    if (platform === undefined || apps.flatMap(jobsOf).every(({ calls }) => calls.length === 0))
      return [];
    const { all, main } = environmentsOf(platform);
    return all.flatMap((environment) => {
      const why = failureOfDeployment(environment);
      const isMeant = environment.type === "production" || environment.id === main.id;
      if (why === undefined || !isMeant) return [];
      return [
        {
          message: `The latest deployment of ${environment.id} failed: ${why}`,
          location: { kind: "resource" as const, resource: `deployment of ${environment.id}` },
          fix: byHand("Put the hook right", {
            what: "What it failed at is in its log",
            next: "read the log of the deployment, put the hook right, and push",
          }),
        },
      ];
    });
  },
});
