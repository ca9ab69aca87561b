import type { AppFile, Cron } from "../../appfile/app-file.ts";
import { jobsOf } from "../../automation/job.ts";
import { type Times, timesOf } from "../../automation/schedule.ts";
import { startTogether } from "../../automation/starts.ts";
import { mayMeet } from "../../automation/target.ts";
import { changesPlatform } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
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
  check: ({ app, apps = [app], neighbours = [] }) => {
    const before = apps.slice(0, Math.max(0, apps.indexOf(app)));
    const inOthers = [...before, ...neighbours].flatMap(startingIn);
    const starting = startingIn(app);
    return starting.flatMap((job, index) => {
      const { cron, spec } = job;
      const first =
        starting.slice(0, index).find((other) => areTogether(other, job)) ??
        inOthers.find((other) => areTogether(other, job) && doTheSame(other, job));
      return first === undefined
        ? []
        : [
            {
              message: `${cron.name} starts in the same minute as ${nameOf(first, app)}, and either may come first`,
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

/** A cron that changes something on the platform, with the time at which it does. */
interface Starting {
  readonly app: AppFile;
  readonly cron: Cron;
  readonly spec: NonNullable<Cron["spec"]>;
  readonly times: Times;
  readonly changes: readonly CliCommand[];
}

function startingIn(app: AppFile): readonly Starting[] {
  return jobsOf(app).flatMap(({ entry: cron, calls }) => {
    const times = timesOf(cron?.spec?.value ?? "");
    const changes = calls.filter((call) => call.guard.kind !== "never" && changesPlatform(call));
    return cron?.spec === undefined || times === undefined || changes.length === 0
      ? []
      : [{ app, cron, spec: cron.spec, times, changes }];
  });
}

/** Whether both ever start in one minute on one environment. */
function areTogether(one: Starting, other: Starting): boolean {
  return (
    startTogether(one.times, other.times, [one.app.timezone, other.app.timezone]) &&
    one.changes.some((call) => other.changes.some((another) => mayMeet(call, another)))
  );
}

/** The crons of two apps run at the same time: they get in each other's way where they do the same to one environment. */
function doTheSame(one: Starting, other: Starting): boolean {
  return one.changes.some((call) =>
    other.changes.some((another) => another.name === call.name && mayMeet(call, another)),
  );
}

function nameOf({ app, cron }: Starting, beside: AppFile): string {
  return app === beside ? cron.name : `${cron.name} of the app ${app.name}`;
}
