import { latestRuns } from "../../../src/audit/evidence/cron-work.ts";
import { calling, deployed, job, type ProjectFacts, project, ran, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

const now = new Date("2026-03-05T12:00:00Z");

const { project: shop, environment } = project({}).facts.platform;

/** The project on 5 March at noon, deployed on the 1st; its cron was due at five each morning, and ran never. */
function sinceMarch(more: ProjectFacts, appNow: Partial<typeof calling> = {}, crons = "running") {
  const deploymentState = { successful: true, at: "2026-03-01T12:00:00Z", crons };
  return project(
    {},
    {
      deployment: deployed({ ...calling, ...appNow }),
      environment: { ...environment, deploymentState },
      runs: [],
      readAt: now,
      ...more,
    },
  );
}

export const cases: RuleCases = {
  fires: {
    "it was due on four days": {
      given: sinceMarch({}),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:5-9:8",
          message: "The cron job is deployed on main, and didn't run when it was due, 4 times",
          fix: "by hand: Find out what keeps it from running",
        },
      ],
    },
    "only others ran": {
      given: sinceMarch({ runs: [{ ...ran("success"), cron: "clean" }] }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:5-9:8",
          message: "The cron job is deployed on main, and didn't run when it was due, 4 times",
          fix: "by hand: Find out what keeps it from running",
        },
      ],
    },
    "it ran, and not for days since": {
      given: sinceMarch({ runs: [ran("success")] }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:5-9:8",
          message:
            "The cron job ran last on main on 2026-03-01, and not when it was due after that, 4 times",
          fix: "by hand: Find out what keeps it from running",
        },
      ],
    },
    "it ran, and only others have since": {
      given: sinceMarch({
        runs: [
          ...Array.from({ length: latestRuns - 1 }, () => ({
            ...ran("success"),
            cron: "often",
            createdAt: "2026-03-05T10:00:00Z",
          })),
          ran("failure"),
        ],
      }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:5-9:8",
          message:
            "The cron job ran last on main on 2026-03-01, and not when it was due after that, 4 times",
          fix: "by hand: Find out what keeps it from running",
        },
      ],
    },
    "it was due in another timezone": {
      given: sinceMarch(
        { readAt: new Date("2026-03-09T12:00:00Z") },
        { timezone: "Pacific/Auckland" },
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:5-9:8",
          message: "The cron job is deployed on main, and didn't run when it was due, 8 times",
          fix: "by hand: Find out what keeps it from running",
        },
      ],
    },
  },
  quiet: {
    "it ran this morning": sinceMarch({
      runs: [{ ...ran("success"), createdAt: "2026-03-05T05:00:00Z" }],
    }),
    "it ran, and was due twice since": sinceMarch({
      runs: [{ ...ran("success"), createdAt: "2026-03-03T05:00:00Z" }],
    }),
    "it ran, and was deployed again since": sinceMarch({
      environment: {
        ...environment,
        deploymentState: { successful: true, at: "2026-03-04T12:00:00Z", crons: "running" },
      },
      runs: [ran("success")],
    }),
    "it runs often, and something has held it up for some hours": sinceMarch(
      { runs: [{ ...ran("success"), createdAt: "2026-03-05T03:00:00Z" }] },
      { crons: [{ ...job, spec: "*/5 * * * *" }] },
    ),
    "nobody knows when it ran": sinceMarch({ runs: [{ ...ran("success"), createdAt: undefined }] }),
    "it was due twice": sinceMarch({ readAt: new Date("2026-03-03T12:00:00Z") }),
    "it isn't due yet": sinceMarch({}, { crons: [{ ...job, spec: "0 5 20 * *" }] }),
    "the platform chooses its time": sinceMarch({}, { crons: [{ ...job, spec: "H 5 * * *" }] }),
    "it isn't deployed": sinceMarch({}, { crons: [] }),
    "crons are paused": sinceMarch({}, {}, "paused"),
    "other runs fill the list": sinceMarch({
      runs: Array.from({ length: latestRuns }, () => ({
        ...ran("success"),
        cron: "often",
        createdAt: "2026-03-05T10:00:00Z",
      })),
    }),
    "its runs aren't known": project({}, { deployment: deployed(calling), readAt: now }),
    "the project is suspended": sinceMarch({
      project: { ...shop, suspended: true },
    }),
    "nobody is signed in": text,
  },
};
