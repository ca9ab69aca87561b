import { guarded } from "../app.ts";
import type { RuleCases } from "./case.ts";

const backup = "platform backup:create --yes --no-wait";

/** How the CLI's commands are called. */
export const cliCommandCases: readonly RuleCases[] = [
  {
    rule: "no-wait-missing",
    fires: {
      "a backup is waited for": guarded("platform backup:create --yes"),
      "it is asked to wait": guarded("platform backup:create --wait --yes"),
    },
    quiet: {
      "it is not waited for": guarded(backup),
      "the short flag says so": guarded("platform backup:create -yW"),
      "the command can't wait": guarded("platform db:dump --yes"),
    },
    fixes: {
      "a backup is waited for": guarded("platform backup:create --no-wait --yes"),
      "it is asked to wait": guarded("platform backup:create --no-wait --yes"),
    },
  },
  {
    rule: "cli-name-gone",
    fires: {
      "a backup has its old name": guarded("platform snapshot:create --yes --no-wait"),
      "a dump has one": guarded("platform environment:sql-dump --gzip"),
    },
    quiet: {
      "it has its name": guarded(backup),
      "it has a short one": guarded("platform backup -yW"),
      "nobody knows the name": guarded("platform snapshot:make"),
    },
    fixes: { "a backup has its old name": guarded(backup) },
  },
  {
    rule: "no-wait-unknown",
    fires: { "the command has no such flag": guarded("platform db:dump --yes --no-wait") },
    quiet: { "the command has it": guarded(backup) },
    fixes: { "the command has no such flag": guarded("platform db:dump --yes") },
  },
  {
    rule: "confirm-missing",
    fires: { "a backup would ask": guarded("platform backup:create --no-wait") },
    quiet: { "it is told not to ask": guarded(backup) },
    fixes: { "a backup would ask": guarded(backup) },
  },
];
