import type { Task } from "./task.ts";

/** Pushing needs the contributor role on the environment's type (manual, "User administration"). */
export const deploy: Task = {
  id: "deploy",
  title: "Deploy the branch",
  notes: [
    "A job of your CI system pushes the branch to the platform and waits, so that it is green only once the deployment has worked. It is for a project that nothing deploys yet: with a source integration, a push to the Git host does that already.",
  ],
  ssh: true,
  work: {
    kind: "push",
    commands: () => ["environment:push"],
    script: (binary) => deployment(binary),
  },
  permissions: (type) => ["viewer", `${type}:contributor`],
};

/**
 * The lines that deploy, and fail where a deployment has failed: the push by itself is done once the code is there
 * (source of the CLI, 5.11, `EnvironmentPushCommand`).
 */
export function deployment(binary: string): readonly string[] {
  return [
    `${binary} environment:push --yes --wait`,
    `result=$(${binary} activity:list --type environment.push --limit 1 --format plain --no-header --columns result)`,
    '[ "$result" = success ] || { echo "The deployment ended with: $result"; exit 1; }',
  ];
}
