import type { Task } from "./task.ts";

/** Redeploying is one of the actions that only an admin of the environment's type may execute (manual, "User administration"). */
export const redeploy: Task = {
  id: "redeploy",
  title: "Redeploy",
  notes: [
    "Certificates renew by themselves 28 days before they expire, so a redeploy is no longer needed for that.",
    "A redeploy without a change does not build again: it restarts the containers and runs the deploy hooks.",
  ],
  doubt: {
    title: "Add a redeploy, although certificates renew by themselves?",
    why: "Older manuals had a monthly redeploy to renew certificates. Since the end of 2020 the platform does that itself, and each redeploy restarts the site for nothing.",
  },
  ssh: false,
  work: {
    kind: "cron",
    // Not on a few days of a month, as the manual had it for certificates.
    schedule: "0 5 * * 0",
    cronName: "redeploy",
    commands: () => ["environment:redeploy"],
    script: (binary) => [`${binary} environment:redeploy --yes --no-wait`],
  },
  permissions: (type) => ["viewer", `${type}:admin`],
};
