/** How a command that otherwise only reads is told to set something. */
export type WayToSet =
  /** By so many arguments: property and value, as in `environment:info title Shop`, where one alone reads. */
  | { readonly arguments: number }
  /** By one of these options. */
  | { readonly options: readonly string[] };

/**
 * The commands that read or set, by what they are given (source of the CLI, 5.11). `user:get` isn't among them: it still
 * has the `--role` that set one, and refuses it.
 */
export const waysToSet: ReadonlyMap<string, WayToSet> = new Map<string, WayToSet>([
  ["environment:deploy:type", { arguments: 1 }],
  ["environment:http-access", { options: ["--access", "--auth", "--enabled"] }],
  ["environment:info", { arguments: 2 }],
  ["project:info", { arguments: 2 }],
  ["subscription:info", { arguments: 2 }],
]);

/** Commands that change a project and have nothing to wait for, or don't wait for it (source of the CLI, 5.11). */
export const changingAtOnce: ReadonlySet<string> = new Set([
  "activity:cancel",
  "autoscaling:set",
  "blue-green:conclude",
  "blue-green:deploy",
  "blue-green:enable",
  "project:clear-build-cache",
  "project:delete",
  "resources:build:set",
]);

/** Commands that only show what they would change where `--dry-run` is given (source of the CLI, 5.11). */
export const withDryRun: ReadonlySet<string> = new Set(["autoscaling:set", "resources:set"]);
