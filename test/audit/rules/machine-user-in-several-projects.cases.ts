import { bot, enough, project, runs, seen, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

const shared = {
  grants: {
    projects: ["abcdefghijklm", "blog", "wiki", "crm", "erp"].map((id) => ({
      id,
      permissions: enough,
    })),
    organizations: [],
  },
};

export const cases: RuleCases = {
  fires: {
    "its token reaches others": {
      given: seen(enough, shared),
      finds: [
        {
          severity: "warning",
          at: "account bot@example.org",
          message: "bot@example.org reaches other projects too: blog, wiki, crm and 1 more",
          fix: "by hand: Give this project a machine user of its own",
        },
      ],
    },
    "it does the work of another project's crons": {
      given: project({}, { runs, access: [bot(enough)], elsewhere: new Map([["u1", ["blog"]]]) }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "account bot@example.org",
          message: "bot@example.org does the crons' work of other projects too: blog",
          fix: "by hand: Give this project a machine user of its own",
        },
      ],
    },
  },
  quiet: {
    "its token reaches this one": seen(enough),
    "another account works elsewhere": project(
      {},
      { runs, access: [bot(enough)], elsewhere: new Map([["u2", ["blog"]]]) },
    ),
    "nobody is signed in": text,
  },
};
