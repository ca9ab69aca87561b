import type { Cron } from "../../appfile/app-file.ts";
import { cronScripts, runningCommands } from "../../automation/scripts.ts";
import { changesPlatform } from "../../shell/cli-effects.ts";
import { byHand } from "../fix.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";
import { meet, readSpec } from "../spec.ts";

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
      .flatMap(({ script }) => app.crons.find((cron) => cron.script === script) ?? []);
    return starting.flatMap((cron, index) => {
      const first = starting.slice(0, index).find((other) => areTogether(other, cron));
      const { spec } = cron;
      return first === undefined || spec === undefined
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

function areTogether(one: Cron, other: Cron): boolean {
  if (one.spec === undefined || other.spec === undefined) return false;
  const [first, second] = [readSpec(one.spec.value), readSpec(other.spec.value)];
  return first.kind === "times" && second.kind === "times" && meet(first.times, second.times);
}
