import { calling, deployed, idle, job, project, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it isn't deployed": {
      given: project({}, { deployment: deployed(idle) }),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "9:5-9:8",
          message: "The cron job is not deployed on main",
        },
      ],
    },
    "it runs at another time": {
      given: project(
        {},
        { deployment: deployed({ ...calling, crons: [{ ...job, spec: "0 6 * * *" }] }) },
      ),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "9:5-9:8",
          message: "The cron job is deployed at another time on main",
        },
      ],
    },
    "it runs something else": {
      given: project(
        {},
        { deployment: deployed({ ...calling, crons: [{ ...job, command: "date" }] }) },
      ),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "9:5-9:8",
          message: "The cron job is deployed with another command on main",
        },
      ],
    },
  },
  quiet: {
    "it is deployed as the file has it": project({}, { deployment: deployed(calling) }),
    "the app isn't deployed": project({}, { deployment: deployed() }),
    "nobody is signed in": text,
  },
};
