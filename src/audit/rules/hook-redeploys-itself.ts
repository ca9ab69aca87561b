import { runningCommands, scriptsOf } from "../../automation/scripts.ts";
import { targetOf } from "../../automation/target.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The post-deploy hook starts the deployment that runs it again. */
export const hookRedeploysItself = rule({
  id: "hook-redeploys-itself",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "The post-deploy hook redeploys the environment that it runs on.",
  why: "The post-deploy hook runs after every deployment, and after a redeployment that changes nothing, too: each one starts the next, without an end. (Manual: “Hooks”, “Build and deploy”.)",
  manual: "create-apps/hooks",
  example: {
    before: `hooks:
    post_deploy: |
        php bin/warm-up.php
        platform redeploy --yes --no-wait`,
    after: `hooks:
    post_deploy: |
        php bin/warm-up.php`,
  },
  ignore: "Something that can't be seen here ends it after the first time.",
  check: ({ app }) =>
    scriptsOf(app)
      .filter(({ kind }) => kind === "post_deploy")
      .flatMap((from) =>
        runningCommands(from)
          .filter((command) => command.name === redeploy && targetOf(command).kind === "own")
          .map((command) => ({
            message: `${from.called} redeploys its own environment, which runs it again`,
            location: placeIn(from, command),
            fix: byHand("Take the redeployment out", {
              what: "What it was to bring about, only you know",
              next: "take it out; what needs a redeployment from time to time is a cron's work",
            }),
          })),
      ),
});

const redeploy = "environment:redeploy";
