import { app, cron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron is called on": {
      given: app(...cron(["make"]).map((line) => line.replace("job:", "on:"))),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "4:5-4:7",
          message: "The name on is true or false to some readers of YAML",
          fix: "safe: Put on in quotes",
        },
      ],
      fixed: app(...cron(["make"]).map((line) => line.replace("job:", "'on':"))),
    },
    "a worker is called no": {
      given: app("workers:", "    no:", "        disk: 256"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "4:5-4:7",
          message: "The name no is true or false to some readers of YAML",
          fix: "safe: Put no in quotes",
        },
      ],
    },
    "the app is called Y": {
      given: {
        text: "Y:\n    type: 'php:8.3'\n",
        place: { form: "map", path: ["Y"], shown: ".platform/applications.yaml" },
      },
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "1:1-1:2",
          message: "The name Y is true or false to some readers of YAML",
          fix: "safe: Put Y in quotes",
        },
      ],
      fixed: "'Y':\n    type: 'php:8.3'\n",
    },
  },
  quiet: {
    "it is in quotes": app(...cron(["make"]).map((line) => line.replace("job:", "'on':"))),
    "it only starts so": app(...cron(["make"]).map((line) => line.replace("job:", "only:"))),
  },
};
