import { project, ran, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "its last run failed": {
      given: project({}, { runs: [ran("failure"), ran("success")] }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:5-9:8",
          message:
            "The cron job failed when it ran last, on 2026-03-01; its log is in the activity a1",
        },
      ],
    },
  },
  quiet: {
    "it failed before, and not since": project({}, { runs: [ran("success"), ran("failure")] }),
    "another cron failed": project({}, { runs: [{ ...ran("failure"), cron: "x" }] }),
    "it never ran": project({}, { runs: [] }),
    "nobody is signed in": text,
  },
};
