import { named, project, text, token } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

const readAt = new Date("2026-03-09T12:00:00Z");
const changed = (updatedAt: string) =>
  project({}, { readAt, variables: [{ ...named(token), updatedAt }] });

export const cases: RuleCases = {
  fires: {
    "the variable was last changed a year ago": {
      given: changed("2025-03-09T12:00:00Z"),
      finds: [
        {
          severity: "info",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "env:PLATFORMSH_CLI_TOKEN on main was last changed on 2025-03-09, so its token is 365 days old, or older",
          fix: "by hand: Replace the token",
        },
      ],
    },
  },
  quiet: {
    "a day is missing": changed("2025-03-10T12:00:00Z"),
    "the API doesn't say when": project({}, { readAt }),
    "a time that isn't one": changed("once"),
    "the clock is behind": changed("2030-01-01T00:00:00Z"),
    "another variable is old": project(
      {},
      { readAt, variables: [{ ...named("env:OTHER"), updatedAt: "2020-01-01T00:00:00Z" }] },
    ),
    "a parent's variable is old, which is told there": project(
      {},
      {
        readAt,
        variables: [{ ...named(token), inherited: true, updatedAt: "2020-01-01T00:00:00Z" }],
      },
    ),
    "nobody is signed in": text,
  },
};
