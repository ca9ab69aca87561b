import type { Task } from "./task.ts";

/**
 * Running a source operation is an action that only an admin of the environment's type may execute (manual,
 * "Source operations" and "User administration").
 */
export const sourceOperation: Task = {
  id: "source-operation",
  title: "Run a source operation",
  notes: [
    "A source operation changes the code of its environment and pushes the result, as an update of the dependencies does. It is part of the higher plans.",
    "The manual advises an environment of its own for it, so that what was changed is looked at before it is merged into production.",
  ],
  dedicated: true,
  ssh: false,
  work: {
    kind: "cron",
    schedule: "0 4 * * 1",
    cronName: "source-operation",
    commands: () => ["source-operation:run"],
    what: ({ operation }) => [operation],
    script: (binary, { operation }) => [`${binary} source-operation:run ${operation} --no-wait`],
  },
  permissions: (type) => ["viewer", `${type}:admin`],
  lacking: ({ sourceOperations, name }) =>
    sourceOperations.length === 0 ? `${name} has no source.operations` : undefined,
};
