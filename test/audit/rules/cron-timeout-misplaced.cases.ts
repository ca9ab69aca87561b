import { cronJob, crons } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "shutdown_timeout is below commands": {
      given: crons(...cronJob("clean", "0 5 * * *", "./clean.sh"), "        shutdown_timeout: 18"),
      finds: [
        {
          severity: "error",
          at: "8:13-8:29",
          message: "The cron clean has shutdown_timeout below commands, where it isn't allowed",
          fix: "safe: Put shutdown_timeout beside the commands of clean",
        },
      ],
      fixed: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    shutdown_timeout: 18",
        "    commands:",
        "        start: ./clean.sh",
      ),
    },
    "timeout is, before start": {
      given: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        timeout: 600 # ten minutes",
        "        start: ./clean.sh",
      ),
      finds: [
        {
          severity: "error",
          at: "7:13-7:20",
          message: "The cron clean has timeout below commands, where it isn't allowed",
          fix: "safe: Put timeout beside the commands of clean",
        },
      ],
      fixed: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    timeout: 600 # ten minutes",
        "    commands:",
        "        start: ./clean.sh",
      ),
    },
    "timeout is, with a comment behind it and after a script": {
      given: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        start: |",
        "            # all of it",
        "            ./clean.sh",
        "        timeout: 600  # ten minutes",
      ),
      finds: [
        {
          severity: "error",
          at: "10:13-10:20",
          message: "The cron clean has timeout below commands, where it isn't allowed",
          fix: "safe: Put timeout beside the commands of clean",
        },
      ],
      fixed: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    timeout: 600  # ten minutes",
        "    commands:",
        "        start: |",
        "            # all of it",
        "            ./clean.sh",
      ),
    },
    "timeout is, behind another comment": {
      given: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        start: ./clean.sh # all of it",
        "        timeout: 600 # ten minutes",
      ),
      finds: [
        {
          severity: "error",
          at: "8:13-8:20",
          message: "The cron clean has timeout below commands, where it isn't allowed",
          fix: "by hand: Put timeout beside the commands of clean",
        },
      ],
    },
    "the cron is written in braces": {
      given: crons("clean: { spec: '0 5 * * *', commands: { start: ./clean.sh, timeout: 60 } }"),
      finds: [
        {
          severity: "error",
          at: "4:64-4:71",
          message: "The cron clean has timeout below commands, where it isn't allowed",
          fix: "safe: Put timeout beside the commands of clean",
        },
      ],
      fixed: crons("clean: { spec: '0 5 * * *', timeout: 60, commands: { start: ./clean.sh } }"),
    },
  },
  quiet: {
    "they stand beside commands": crons(
      ...cronJob("clean", "0 5 * * *", "./clean.sh"),
      "    shutdown_timeout: 18",
      "    timeout: 600",
    ),
  },
};
