import { app, guarded, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const redeploy = "platform redeploy --yes --no-wait";

const withHook = (hook: "deploy" | "post_deploy", ...lines: readonly string[]) =>
  app(...hooks({ [hook]: lines }));

export const cases: RuleCases = {
  fires: {
    "the hook redeploys on one branch": {
      given: withHook(
        "post_deploy",
        "make warm",
        `if [ "$PLATFORM_BRANCH" = main ]; then ${redeploy}; fi`,
      ),
      finds: [
        {
          severity: "error",
          at: "6:48-6:81",
          message: "the post-deploy hook redeploys its own environment, which runs it again",
          fix: "by hand: Take the redeployment out",
        },
      ],
    },
    "the hook redeploys everywhere": {
      given: withHook("post_deploy", redeploy),
      finds: [
        {
          severity: "error",
          at: "5:9-5:42",
          message: "the post-deploy hook redeploys its own environment, which runs it again",
          fix: "by hand: Take the redeployment out",
        },
      ],
    },
  },
  quiet: {
    "the hook redeploys another environment": withHook("post_deploy", `${redeploy} -e staging`),
    "a guard keeps it from running anywhere": withHook(
      "post_deploy",
      `if [ "$PLATFORM_ENVIRONMENT_TYPE" = prod ]; then ${redeploy}; fi`,
    ),
    "a redeployment that changes nothing doesn't run the deploy hook": withHook("deploy", redeploy),
    "a cron redeploys": guarded(redeploy),
  },
};
