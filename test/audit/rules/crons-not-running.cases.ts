import { guarded } from "../app.ts";
import { text, withCrons } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "they are paused": {
      given: withCrons("paused"),
      finds: [
        {
          severity: "warning",
          at: "crons of main",
          message: "The crons of main are paused, so the cron job never runs",
          fix: "by hand: Have the crons run again",
        },
      ],
    },
    "they are paused, and the account may redeploy": {
      given: withCrons("paused", ["redeploy"]),
      finds: [
        {
          severity: "warning",
          at: "crons of main",
          message: "The crons of main are paused, so the cron job never runs",
          fix: "unsafe: Have the crons run again: redeploy main",
        },
      ],
      fixed: {
        kind: "redeployment",
        environment: "main",
      },
    },
    "they are switched off": {
      given: withCrons("off", ["redeploy"]),
      finds: [
        {
          severity: "warning",
          at: "crons of main",
          message: "The crons of main are off, so the cron job never runs",
          fix: "by hand: Have the crons run again",
        },
      ],
    },
  },
  quiet: {
    "they run": withCrons("running"),
    "no cron calls the CLI": { ...withCrons("paused"), text: guarded("date") },
    "nobody is signed in": text,
  },
};
