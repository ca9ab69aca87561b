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
    "the hook gives a variable the time": {
      given: withHook(
        "post_deploy",
        'platform variable:update env:DEPLOYED_AT --value "$(date +%s)" --no-wait',
      ),
      finds: [
        {
          severity: "error",
          at: "5:9-5:81",
          message:
            "the post-deploy hook gives a variable of its own environment another value each time, and so redeploys it, which runs it again",
          fix: "by hand: Take the variable out",
        },
      ],
    },
    "it takes the time from a variable of the script": {
      given: withHook(
        "post_deploy",
        "NOW=$(date -u +%FT%TZ)",
        'platform variable:create -u -l e --name env:DEPLOYED_AT --value "$NOW" --no-wait',
      ),
      finds: [
        {
          severity: "error",
          at: "6:9-6:89",
          message:
            "the post-deploy hook gives a variable of its own environment another value each time, and so redeploys it, which runs it again",
          fix: "by hand: Take the variable out",
        },
      ],
    },
    "it gives a variable a number by chance, by the older command": {
      given: withHook("post_deploy", "platform vset SALT `openssl rand -hex 8` --no-wait"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:59",
          message:
            "the post-deploy hook gives a variable of its own environment another value each time, and so redeploys it, which runs it again",
          fix: "by hand: Take the variable out",
        },
      ],
    },
    "it synchronizes its environment": {
      given: withHook(
        "post_deploy",
        'if [ "$PLATFORM_BRANCH" = staging ]; then platform sync data --yes --no-wait; fi',
      ),
      finds: [
        {
          severity: "error",
          at: "5:51-5:85",
          message:
            "the post-deploy hook synchronizes its own environment, and so redeploys it, which runs it again",
          fix: "by hand: Take the synchronization out",
        },
      ],
    },
    "it restores a backup": {
      given: withHook("post_deploy", "platform backup:restore --yes --no-wait"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:48",
          message:
            "the post-deploy hook restores a backup on its own environment, and so redeploys it, which runs it again",
          fix: "by hand: Take the restoration out",
        },
      ],
    },
    "it runs a source operation": {
      given: withHook("post_deploy", "platform source-operation:run update --no-wait"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "5:9-5:55",
          message:
            "the post-deploy hook runs a source operation on its own environment, and what that commits is deployed, which runs it again",
          fix: "by hand: Take the source operation out",
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
    "the variable gets the same value each time": withHook(
      "post_deploy",
      "platform variable:update env:STATE --value deployed --no-wait",
      'platform variable:update env:AT --value "$PLATFORM_TREE_ID" --no-wait',
    ),
    "the variable is made once": withHook(
      "post_deploy",
      'platform variable:create -l e --name env:SALT --value "$(openssl rand -hex 8)" --no-wait',
    ),
    "the variable is one of the project, for which nothing is redeployed": withHook(
      "post_deploy",
      'platform variable:update env:AT -l project --value "$(date)" --no-wait',
    ),
    "the variable is one of another environment": withHook(
      "post_deploy",
      'platform variable:update env:AT -e staging --value "$(date)" --no-wait',
    ),
    "the backup is restored elsewhere": withHook(
      "post_deploy",
      "platform backup:restore --target staging --yes --no-wait",
    ),
    "nobody says what to synchronize": withHook("post_deploy", "platform sync --no-wait"),
    "a domain is added, which is done once": withHook(
      "post_deploy",
      "platform domain:add example.org --no-wait",
    ),
    "a cron redeploys": guarded(redeploy),
  },
};
