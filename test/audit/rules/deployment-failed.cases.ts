import { guarded } from "../app.ts";
import { text, withDeployment } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

const failed = { app: "shop", hook: "post_deploy", exitCode: 3 };

export const cases: RuleCases = {
  fires: {
    "a hook ended with another code than 0": {
      given: withDeployment({ successful: false, failed: [failed] }),
      finds: [
        {
          severity: "warning",
          at: "deployment of main",
          message:
            "The latest deployment of main failed: the post_deploy hook of shop ended with 3",
          fix: "by hand: Put the hook right",
        },
      ],
    },
    "it failed at something else than a hook": {
      given: withDeployment({ successful: false, failed: [], reason: "error" }),
      finds: [
        {
          severity: "warning",
          at: "deployment of main",
          message:
            "The latest deployment of main failed: at something other than a hook, which its log names",
          fix: "by hand: Put the hook right",
        },
      ],
    },
    "the API doesn't say at what it failed": {
      given: withDeployment({ successful: false, failed: [] }),
      finds: [
        {
          severity: "warning",
          at: "deployment of main",
          message: "The latest deployment of main failed: the platform doesn't say at what",
          fix: "by hand: Put the hook right",
        },
      ],
    },
  },
  quiet: {
    "it was successful": withDeployment({ successful: true, failed: [failed] }),
    "nothing calls the CLI": {
      ...withDeployment({ successful: false, failed: [failed] }),
      text: guarded("date"),
    },
    "nobody is signed in": text,
  },
};
