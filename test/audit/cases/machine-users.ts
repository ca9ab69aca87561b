import type { PlatformFacts } from "../../../src/audit/rule.ts";
import { guarded } from "../app.ts";
import { bot, ownToken, project, runs, text } from "../project.ts";
import type { RuleCases } from "./case.ts";

const enough = ["viewer", "production:admin"];
const weak = ["viewer", "development:contributor"];

/** The project as its machine user's own token shows it. */
function seen(
  permissions: readonly string[],
  more: Parameters<typeof ownToken>[1] = {},
  platform: Partial<PlatformFacts> = {},
) {
  return project({}, { machineUser: ownToken(permissions, more), ...platform });
}

const laptop = { id: 1, title: "laptop" };
const shared = {
  grants: {
    projects: ["abcdefghijklm", "blog", "wiki", "crm", "erp"].map((id) => ({
      id,
      permissions: enough,
    })),
    organizations: [],
  },
};

/** Whose token the crons use, and what it may do. */
export const machineUserCases: readonly RuleCases[] = [
  {
    rule: "machine-user-too-strong",
    fires: {
      "a cron's backups are an admin's": project({}, { runs, access: [bot(["admin"])] }),
      "its token says so": project({}, { machineUser: ownToken(["admin"]) }),
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
    fixes: {
      "a cron's backups are an admin's": { kind: "access", after: ["viewer", "production:admin"] },
    },
  },
  {
    rule: "machine-user-too-weak",
    fires: {
      "the manual's own example backs up production": seen(weak, {}, { access: [bot(weak)] }),
      "it has the role through a team": seen(weak),
      "it isn't on the project": seen([]),
      "it makes backups, and another command needs the project's admin": {
        ...project({}, { runs, access: [bot(enough)] }),
        text: guarded(
          "platform backup:create --yes --no-wait",
          "platform user:add jane@example.org --yes --no-wait",
        ),
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
    fixes: {
      "the manual's own example backs up production": {
        kind: "access",
        before: weak,
        after: [...enough, "development:contributor"],
      },
      "it makes backups, and another command needs the project's admin": {
        kind: "access",
        after: ["admin", ...enough],
      },
    },
  },
  {
    rule: "machine-user-in-several-projects",
    fires: {
      "its token reaches others": seen(enough, shared),
      "it does the work of another project's crons": project(
        {},
        { runs, access: [bot(enough)], elsewhere: new Map([["u1", ["blog"]]]) },
      ),
    },
    quiet: {
      "its token reaches this one": seen(enough),
      "another account works elsewhere": project(
        {},
        { runs, access: [bot(enough)], elsewhere: new Map([["u2", ["blog"]]]) },
      ),
      "nobody is signed in": text,
    },
  },
  {
    rule: "token-of-a-person",
    fires: {
      "it is the token of whoever is signed in": seen(enough, {}, { operator: "u1" }),
      "the backups are made by whoever is signed in": project({}, { runs, operator: "u1" }),
      "its account has an SSH key": seen(enough, { sshKeys: [laptop] }),
      "its account has rights in an organization": seen(enough, {
        grants: { projects: [], organizations: [{ id: "acme", permissions: ["admin"] }] },
      }),
    },
    quiet: {
      "its account has nothing else": seen(enough, {}, { operator: "u2" }),
      "its account is a mere member of the organization": seen(enough, {
        grants: { projects: [], organizations: [{ id: "acme", permissions: [] }] },
      }),
      "its keys can't be seen": seen(enough, { sshKeys: undefined }),
      "whoever is signed in made a backup by hand": project(
        {},
        { runs: runs.slice(0, 1), operator: "u1" },
      ),
      "nobody is signed in": text,
    },
  },
];
