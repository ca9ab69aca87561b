import { guarded } from "../app.ts";
import { bot, enough, ownToken, project, runs, seen, text } from "../project.ts";
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
    "it has a role on another type too": {
      given: project({}, { runs, access: [bot([...enough, "staging:contributor"])] }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "access of bot@example.org",
          message:
            "The cron's work is done as bot@example.org, who is staging:contributor as well; viewer, production:admin is enough for it",
          fix: "unsafe: Let bot@example.org be viewer, production:admin instead",
        },
      ],
      fixed: { kind: "access", after: ["viewer", "production:admin"] },
    },
    "its work in a hook needs a role, and it has more": {
      given: {
        ...seen([...enough, "development:admin"]),
        text: text.replace("hooks:\n", "hooks:\n    post_deploy: platform activity:list\n"),
      },
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "access of bot@example.org",
          message:
            "The cron's work is done as bot@example.org, who is development:admin as well; viewer, production:admin is enough for it",
          fix: "by hand: Let bot@example.org be viewer, production:admin instead",
        },
      ],
    },
  },
  quiet: {
    "its role is what its jobs need, and that is to see it": {
      ...seen(enough),
      text: guarded("platform backup:create -yW", "platform activity:list"),
    },
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
