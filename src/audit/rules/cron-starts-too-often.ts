import { timesOf } from "../../automation/schedule.ts";
import { shortestGap } from "../../automation/starts.ts";
import { valueIn } from "../../fact.ts";
import { vendorFor } from "../evidence/vendor.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron asks for more starts than most plans give it. */
export const cronStartsTooOften = rule({
  id: "cron-starts-too-often",
  severity: "info",
  confidence: "low",
  needs: "files",
  reads: ["settings"],
  fixable: "by-hand",
  what: "A cron is to start more often than every five minutes, which most plans don't allow.",
  why: "The schedule is taken as it is, but only Elite and Enterprise plans start a cron every minute; all others do so every five minutes at most. What counts on more runs than that falls behind. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: { before: "spec: '* * * * *'", after: "spec: '*/5 * * * *'" },
  ignore: "The plan has crons every minute, or a run more or less doesn't matter.",
  check: (facts) => {
    const { app, platform } = facts;
    const { vendor } = vendorFor(facts);
    const settings = platform && valueIn(platform.settings);
    const allowed = settings?.cronMinimumInterval;
    // Nothing is known to be less than the vendor's shortest time; what the project itself says is better.
    const least = allowed ?? (vendor.cronsEveryMinute ? 1 : 5);
    const many = least === 5 ? "five" : String(least);
    const keeps = allowed === undefined ? "most plans keep" : "the project's settings keep";
    return app.crons.flatMap(({ name, spec, in: file }) => {
      const times = spec && timesOf(spec.value);
      if (spec === undefined || times === undefined) return [];
      const gap = shortestGap(times);
      if (gap >= least) return [];
      return [
        {
          message: `the cron ${name} is to start again after ${gap === 1 ? "a minute" : `${gap} minutes`} ('${spec.value}'), and ${keeps} ${many} minutes between two starts`,
          ...(allowed === undefined ? {} : { confidence: "high" as const }),
          location: placeAt(file, spec.start, spec.end),
          fix: byHand(`Leave ${many} minutes between two starts`, {
            what: "Whether the plan allows more, and the job needs it, only you know",
            next: `write a schedule such as '*/${least} * * * *' or '${least > 20 ? "0" : "*/20"} * * * *', or use a worker for what has to go on all the time`,
          }),
        },
      ];
    });
  },
});
