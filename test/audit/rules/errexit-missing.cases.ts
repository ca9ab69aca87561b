import { app, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the first of two commands may fail": {
      given: app(...hooks({ build: ["npm ci", "npm test"] })),
      finds: [
        {
          severity: "info",
          at: "5:9-5:15",
          message: "the build hook goes on when npm ci fails",
          fix: "unsafe: End the build at the first failure",
        },
      ],
      fixed: app(...hooks({ build: ["set -e", "npm ci", "npm test"] })),
    },
    "set -e is only a comment": {
      given: app(...hooks({ build: ["# set -e", "npm ci", "npm test"] })),
      finds: [
        {
          severity: "info",
          at: "6:9-6:15",
          message: "the build hook goes on when npm ci fails",
          fix: "unsafe: End the build at the first failure",
        },
      ],
    },
  },
  quiet: {
    "it ends at the first failure": app(...hooks({ build: ["set -e", "npm ci", "npm test"] })),
    "each failure is minded": app(...hooks({ build: ["npm ci || exit 1", "npm test"] })),
    "they are chained": app(...hooks({ build: ["npm ci && npm test"] })),
    "there is only one command that may": app(...hooks({ build: ["export A=b", "npm ci"] })),
    "the first only tells something": app(...hooks({ build: ["node -v", "file x", "npm ci"] })),
    "it is the deploy hook": app(...hooks({ deploy: ["npm ci", "npm test"] })),
  },
};
