import { app, hooks } from "../app.ts";
import type { Example, RuleCases } from "../rule-cases.ts";

/** An app with a source operation of these lines. */
function operation(...lines: readonly string[]): Example {
  return app(
    "source:",
    "    operations:",
    "        renew:",
    "            command: |",
    ...lines.map((line) => `                ${line}`),
  );
}

export const cases: RuleCases = {
  fires: {
    "the commit is the last command": {
      given: operation("npm update", "git add -A", "git commit --message 'Renew'"),
      finds: [
        {
          severity: "warning",
          at: "9:17-9:45",
          message: "the source operation renew fails when there is nothing to commit",
          fix: "by hand: Commit only what has changed",
        },
      ],
    },
    "a failure ends the script": {
      given: operation("set -e", "npm update", "git commit -am Renew", "echo renewed"),
      finds: [
        {
          severity: "warning",
          at: "9:17-9:37",
          message: "the source operation renew fails when there is nothing to commit",
          fix: "by hand: Commit only what has changed",
        },
      ],
    },
    "it is chained to the others": {
      given: operation("npm update && git add . && git commit -m Renew"),
      finds: [
        {
          severity: "warning",
          at: "7:44-7:63",
          message: "the source operation renew fails when there is nothing to commit",
          fix: "by hand: Commit only what has changed",
        },
      ],
    },
  },
  quiet: {
    "it asks for changes before": operation(
      "npm update",
      "git add .",
      "git diff --cached --quiet || git commit -m Renew",
    ),
    "its failure is minded": operation("npm update", "git commit -am Renew || true"),
    "it asks by the commit itself": operation("if git commit -am Renew; then echo renewed; fi"),
    "an empty commit is meant": operation("git commit --allow-empty -m Again"),
    "the script goes on whatever comes of it": operation("git commit -am Renew", "echo renewed"),
    "it is a hook": app(...hooks({ build: ["git commit -am Renew"] })),
  },
};
