import { deployment } from "./deploy.ts";
import type { Task } from "./task.ts";

/** Backups need the admin role on the environment's type, which includes what a push needs (manual, "User administration"). */
export const backupAndDeploy: Task = {
  id: "backup-and-deploy",
  title: "Back up, then deploy",
  notes: [
    "A backup before each deployment: the job pushes only once the backup is there. These are manual backups, which count against their own quota: when it is used up, the oldest one goes.",
  ],
  ssh: true,
  work: {
    kind: "push",
    commands: () => ["backup:create", "environment:push"],
    script: (binary) => [`${binary} backup:create --yes --wait`, ...deployment(binary)],
  },
  permissions: (type) => ["viewer", `${type}:admin`],
};
