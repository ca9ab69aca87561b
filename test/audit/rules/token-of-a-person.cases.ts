import { jobLines, repository } from "../ci.ts";
import { enough, project, runs, seen, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

const laptop = { id: 1, title: "laptop" };

export const cases: RuleCases = {
  fires: {
    "it is the token of whoever is signed in": {
      given: seen(enough, {}, { operator: "u1" }),
      finds: [
        {
          severity: "warning",
          at: "account bot@example.org",
          message: "The cron's work is done as bot@example.org, which is your own account",
          fix: "by hand: Put a machine user's token in its place",
        },
      ],
    },
    "it is the token of whoever is signed in, and only CI uses it": {
      given: repository(
        {
          ".github/workflows/w.yml": `${jobLines("push", ["- run: platform backup:list"]).join("\n")}\n`,
        },
        seen(enough, {}, { operator: "u1" }).facts,
      ),
      finds: [
        {
          severity: "warning",
          at: "account bot@example.org",
          message: "The CI job's work is done as bot@example.org, which is your own account",
          fix: "by hand: Put a machine user's token in its place",
        },
      ],
    },
    "the backups are made by whoever is signed in": {
      given: project({}, { runs, operator: "u1" }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "account u1",
          message: "The cron's work is done as the account u1, which is your own account",
          fix: "by hand: Put a machine user's token in its place",
        },
      ],
    },
    "its account has an SSH key": {
      given: seen(enough, { sshKeys: [laptop] }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "account bot@example.org",
          message: "The cron's work is done as bot@example.org, which has SSH keys (laptop)",
          fix: "by hand: Put a machine user's token in its place",
        },
      ],
    },
    "its account has rights in an organization": {
      given: seen(enough, {
        grants: { projects: [], organizations: [{ id: "acme", permissions: ["admin"] }] },
      }),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "account bot@example.org",
          message:
            "The cron's work is done as bot@example.org, which has rights in an organization: acme (admin)",
          fix: "by hand: Put a machine user's token in its place",
        },
      ],
    },
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
};
