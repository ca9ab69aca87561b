import { cronScripts } from "../../automation/scripts.ts";
import { activityWaits } from "../../shell/unattended.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron waits until nothing is under way, and is under way itself. */
export const cronWaitsForItself = rule({
  id: "cron-waits-for-itself",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "A cron loops until no activity is under way; its own run is one.",
  why: "The run of a cron is an activity too, so the loop never ends by itself. As long as it goes round it holds back deployments and every other cron of the app. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before:
      "while platform activity:list --incomplete --format plain | grep -q progress; do sleep 10; done\nplatform backup:create --yes --no-wait",
    after: "platform backup:create --yes --no-wait",
  },
  ignore: "The loop leaves the cron's own run out.",
  check: ({ app }) =>
    cronScripts(app).flatMap((from) =>
      activityWaits(from.script.text).map((place) => ({
        message: `${from.called} loops until no activity is under way, and its own run is one`,
        location: placeIn(from, place),
        fix: byHand("Leave the waiting to the platform", {
          what: "What the loop was to wait for, only you know",
          next: "take the loop out: the platform runs activities one after the other; or ask for the type that is meant, with --type",
        }),
      })),
    ),
});
