import { guarded } from "../app.ts";
import { bot, ownToken, project, runs, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron's backups are an admin's": {
      given: project({}, { runs, access: [bot(["admin"])] }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "access of bot@example.org",
          message:
            "The cron's work is done as bot@example.org, who administers the project; viewer, production:admin is enough for it",
          fix: "unsafe: Let bot@example.org be viewer, production:admin instead",
        },
      ],
      fixed: { kind: "access", after: ["viewer", "production:admin"] },
    },
    "its token says so": {
      given: project({}, { machineUser: ownToken(["admin"]) }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "access of bot@example.org",
          message:
            "The cron's work is done as bot@example.org, who administers the project; viewer, production:admin is enough for it",
          fix: "by hand: Let bot@example.org be viewer, production:admin instead",
        },
      ],
    },
  },
  quiet: {
    "the backup was begun by a cron that makes none": project(
      {},
      { runs: runs.map((run) => ({ ...run, cron: "clean" })), access: [bot(["admin"])] },
    ),
    "its role is on production only": project(
      {},
      { runs, access: [bot(["viewer", "production:admin"])] },
    ),
    "the backup was made by hand": project(
      {},
      { runs: runs.slice(0, 1), access: [bot(["admin"])] },
    ),
    "the admin is somebody else": project(
      {},
      { runs, access: [{ ...bot(["admin"]), user: "u2" }] },
    ),
    "a command needs the project's admin": {
      ...project({}, { runs, access: [bot(["admin"])] }),
      text: guarded("platform user:add jane@example.org --yes --no-wait"),
    },
    "nobody is signed in": text,
  },
};
