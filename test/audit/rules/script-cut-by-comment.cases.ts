import { app, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "an option is behind it": {
      given: app("hooks:", "    build: ./deliver.sh --to #releases --quiet"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "4:30-4:47",
          message: "the build hook ends before #releases --quiet, which is a comment to YAML",
          fix: "by hand: Put the command in quotes",
        },
      ],
    },
    "a word is": {
      given: app(
        "crons:",
        "    a:",
        "        spec: '0 5 * * *'",
        "        cmd: platform backup -y #no-wait",
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "6:33-6:41",
          message: "the cron a ends before #no-wait, which is a comment to YAML",
          fix: "by hand: Put the command in quotes",
        },
      ],
    },
  },
  quiet: {
    "it is a comment": app("hooks:", "    build: make # all of it"),
    "the command is in quotes": app("hooks:", "    build: 'make #all'"),
    "the comment is on the next line": app("hooks:", "    build: make", "    #deploy: make"),
    "the shell gets to see it": app(...hooks({ build: ["make #all"] })),
  },
};
