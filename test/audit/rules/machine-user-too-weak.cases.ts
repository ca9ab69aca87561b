import { guarded } from "../app.ts";
import { bot, enough, project, runs, seen, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

const weak = ["viewer", "development:contributor"];

export const cases: RuleCases = {
  fires: {
    "the manual's own example backs up production": {
      given: seen(weak, {}, { access: [bot(weak)] }),
      finds: [
        {
          severity: "error",
          at: "access of bot@example.org",
          message: "bot@example.org lacks production:admin, which backup:create in a cron needs",
          fix: "unsafe: Let bot@example.org be viewer, production:admin, development:contributor",
        },
      ],
      fixed: {
        kind: "access",
        before: weak,
        after: [...enough, "development:contributor"],
      },
    },
    "it has the role through a team": {
      given: seen(weak),
      finds: [
        {
          severity: "error",
          at: "access of bot@example.org",
          message: "bot@example.org lacks production:admin, which backup:create in a cron needs",
          fix: "by hand: Give bot@example.org viewer, production:admin",
        },
      ],
    },
    "a hook asks for more than the cron": {
      given: {
        ...seen(enough),
        text: text.replace(
          "hooks:\n",
          "hooks:\n    post_deploy: platform user:add jane@example.org -yW\n",
        ),
      },
      finds: [
        {
          severity: "error",
          at: "access of bot@example.org",
          message: "bot@example.org lacks admin, which user:add in the post-deploy hook needs",
          fix: "by hand: Give bot@example.org admin",
        },
      ],
    },
    "it isn't on the project": {
      given: seen([]),
      finds: [
        {
          severity: "error",
          at: "access of bot@example.org",
          message:
            "bot@example.org has no access to the project, which backup:create in a cron needs",
          fix: "by hand: Give bot@example.org viewer, production:admin",
        },
      ],
    },
    "it makes backups, and another command needs the project's admin": {
      given: {
        ...project({}, { runs, access: [bot(enough)] }),
        text: guarded(
          "platform backup:create --yes --no-wait",
          "platform user:add jane@example.org --yes --no-wait",
        ),
      },
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "access of bot@example.org",
          message: "bot@example.org lacks admin, which user:add in a cron needs",
          fix: "unsafe: Let bot@example.org be admin, viewer, production:admin",
        },
      ],
      fixed: {
        kind: "access",
        after: ["admin", ...enough],
      },
    },
  },
  quiet: {
    "its role is just enough": seen(enough, {}, { access: [bot(enough)] }),
    "it administers the project": seen(["admin"]),
    "the role on production is enough to see the project": seen(["production:admin"]),
    "the cron is for another environment": {
      ...seen(weak),
      text: guarded("platform backup:create --environment next --yes --no-wait"),
    },
    "the cron is for another project": {
      ...seen(weak),
      text: guarded("platform backup:create --project other --yes --no-wait"),
    },
    "the cron runs elsewhere only": { ...seen(weak), text: text.replace("= main", "= next") },
    "its role can't be seen": project({}, { runs }),
    "no cron calls the CLI": { ...seen(weak), text: guarded("date") },
    "nobody is signed in": text,
  },
};
