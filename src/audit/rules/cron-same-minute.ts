import type { Cron } from "../../appfile/app-file.ts";
import { timesOf } from "../../automation/schedule.ts";
import { cronScripts, runningCommands } from "../../automation/scripts.ts";
import { startTogether } from "../../automation/starts.ts";
import { changesPlatform } from "../../shell/cli-effects.ts";
import { byHand } from "../fix.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";

/** Two crons that change the platform start in the same minute. */
export const cronSameMinute = rule({
  id: "cron-same-minute",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "Two crons that change something on the platform start in the same minute.",
  why: "One cron runs at a time, each start is put off by up to 20 minutes at random, and what the first one starts holds up the second: which comes first isn't promised. Commands that belong together go into one cron. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `sync:   spec: '0 5 * * *'
backup: spec: '0 5 * * *'`,
    after: `sync:   spec: '0 5 * * *'
backup: spec: '0 6 * * *'`,
  },
  ignore: "The jobs have nothing to do with each other, and may come in any order.",
  check: ({ app }) => {
    const starting = cronScripts(app)
      .filter((from) => runningCommands(from).some(changesPlatform))
      .flatMap(({ script }) => timedCron(app.crons.find((cron) => cron.script === script)));
    return starting.flatMap(({ cron, spec, times }, index) => {
      const before = starting.slice(0, index);
      const first = before.find((other) => startTogether(other.times, times))?.cron;
      return first === undefined
        ? []
        : [
            {
              message: `${cron.name} starts in the same minute as ${first.name}, and either may come first`,
              location: placeAt(cron.in, spec.start, spec.end),
              fix: byHand("Keep the two apart", {
                what: "Whether one needs the other, only you know",
                next: "put their commands into one cron, or leave more than 20 minutes between them",
              }),
            },
          ];
    });
  },
});

function timedCron(cron: Cron | undefined) {
  const times = timesOf(cron?.spec?.value ?? "");
  return cron?.spec === undefined || times === undefined ? [] : [{ cron, spec: cron.spec, times }];
}
