import type { Task } from "./task.ts";

/** Synchronizing is an action that only an admin of the child's type may execute (manual, "Synchronize environments"). */
export const sync: Task = {
  id: "sync",
  title: "Copy the parent's data",
  notes: [
    "The cron runs on the environment that receives the data, as staging does from production: it replaces the databases and files there.",
    "Personal data of production come along: sanitize them in the deploy hook of the environment that receives them.",
  ],
  ssh: false,
  work: {
    kind: "cron",
    schedule: "0 3 * * 1-5",
    cronName: "sync",
    commands: () => ["environment:synchronize"],
    what: () => ["data"],
    script: (binary) => [`${binary} environment:synchronize data --yes --no-wait`],
  },
  permissions: (type) => ["viewer", `${type}:admin`],
  unsuited: ({ type, parent }) =>
    type === "production" || parent === undefined
      ? "it has no parent to copy the data from"
      : undefined,
};
