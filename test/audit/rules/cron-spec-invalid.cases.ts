import { app, crons, withSpec } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "there is no schedule": {
      given: crons("clean:", "    commands:", "        start: ./clean.sh"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The schedule of clean is missing",
          fix: "by hand: Write a schedule of five fields",
        },
      ],
    },
    "it has six fields": {
      given: withSpec("0 0 5 * * *"),
      finds: [
        {
          severity: "error",
          at: "5:15-5:28",
          message: "The schedule of job '0 0 5 * * *' has 6 fields instead of five",
          fix: "by hand: Write a schedule of five fields",
        },
      ],
    },
    "it is a short name": {
      given: withSpec("@daily"),
      fixed: withSpec("0 0 * * *"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "5:15-5:23",
          message: "The schedule of job '@daily' is a short name, which the manual doesn't know",
          fix: "unsafe: Write the schedule as '0 0 * * *'",
        },
      ],
    },
    "an hour is out of its range": {
      given: withSpec("0 24 * * *"),
      finds: [
        {
          severity: "error",
          at: "5:15-5:27",
          message:
            "The schedule of job '0 24 * * *' has “24” for the hour, and there are only 0 to 23",
          fix: "by hand: Write a schedule of five fields",
        },
      ],
    },
    "a day has a name": {
      given: withSpec("0 5 * * mon"),
      fixed: withSpec("0 5 * * 1"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "5:15-5:28",
          message:
            "The schedule of job '0 5 * * mon' has the name “mon” for the weekday, and the manual knows only numbers there",
          fix: "unsafe: Write the schedule as '0 5 * * 1'",
        },
      ],
    },
    "a field is no number": {
      given: withSpec("0 5 L * *"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "5:15-5:26",
          message:
            "The schedule of job '0 5 L * *' has “L” for the day of the month, which the manual doesn't know",
          fix: "by hand: Write only what the manual knows",
        },
      ],
    },
    "a step is nought": {
      given: withSpec("*/0 * * * *"),
      finds: [
        {
          severity: "error",
          at: "5:15-5:28",
          message:
            "The schedule of job '*/0 * * * *' has “*/0” for the minute, and a step of 0 leads nowhere",
          fix: "by hand: Write a schedule of five fields",
        },
      ],
    },
    "its day never comes": {
      given: withSpec("0 5 30 2 *"),
      finds: [
        {
          severity: "error",
          at: "5:15-5:27",
          message:
            "The schedule of job '0 5 30 2 *' names a day that never comes, so that it never starts",
          fix: "by hand: Choose a day that there is",
        },
      ],
    },
    "it is a number": {
      given: app("crons:", "    clean: { spec: 5, cmd: x }"),
      finds: [
        {
          severity: "error",
          at: "4:14-4:18",
          message: "The schedule of clean is a value that is no text, where one text is expected",
          fix: "by hand: Write a schedule of five fields",
        },
      ],
    },
    "it is a list": {
      given: app("crons:", "    clean: { spec: ['0 5 * * *'], cmd: x }"),
      finds: [
        {
          severity: "error",
          at: "4:14-4:18",
          message: "The schedule of clean is a list, where one text is expected",
          fix: "by hand: Write a schedule of five fields",
        },
      ],
    },
  },
  quiet: {
    "its day comes in leap years": withSpec("0 5 29 2 *"),
    "it has five numbers": withSpec("0 5 1 1 1"),
    "it has steps, lists and ranges": withSpec("*/5 1,13 1-15 */2 1-5"),
    "it starts every minute": withSpec("* * * * *"),
    "the platform chooses the minute": withSpec("H */6 * * *"),
    "it comes from another file": app("crons:", "    clean: { spec: !include spec.yaml, cmd: x }"),
  },
};
