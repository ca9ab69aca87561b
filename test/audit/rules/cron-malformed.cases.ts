import { app, cronJob, crons } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the timezone stands among the crons": {
      given: crons("timezone: Europe/London", ...cronJob("clean", "0 5 * * *", "./clean.sh")),
      finds: [
        {
          severity: "error",
          at: "4:5-4:13",
          message:
            "crons has timezone with a single value, where a cron with spec and commands is expected; timezone belongs beside crons, as a key of the app",
          fix: "by hand: Make it a cron, or move it",
        },
      ],
    },
    "a cron is only a command": {
      given: crons("clean: ./clean.sh"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message:
            "crons has clean with a single value, where a cron with spec and commands is expected",
          fix: "by hand: Make it a cron, or move it",
        },
      ],
    },
    "a cron is a list": {
      given: crons("clean: [./clean.sh]"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "crons has clean with a list, where a cron with spec and commands is expected",
          fix: "by hand: Make it a cron, or move it",
        },
      ],
    },
    "a cron holds nothing": {
      given: crons("clean:"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "crons has clean with nothing, where a cron with spec and commands is expected",
          fix: "by hand: Make it a cron, or move it",
        },
      ],
    },
    "crons is a text": {
      given: app("crons: none"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:6",
          message: "crons holds a single value, where a mapping of crons is expected",
          fix: "by hand: Write the crons below it",
        },
      ],
    },
    "crons is a list": {
      given: app("crons:", "    - ./clean.sh"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:6",
          message: "crons holds a list, where a mapping of crons is expected",
          fix: "by hand: Write the crons below it",
        },
      ],
    },
  },
  quiet: {
    "each cron is a mapping": crons(...cronJob("clean", "0 5 * * *", "./clean.sh")),
    "crons holds nothing": app("crons:"),
    "crons stands in another file": app("crons: !include crons.yaml"),
    "a cron stands in another file": crons("clean: !include clean.yaml"),
    "a cron has an anchor's value": app(
      "x-clean: &clean",
      ...cronJob("clean", "0 5 * * *", "./clean.sh").slice(1),
      "crons:",
      "    clean: *clean",
    ),
  },
};
